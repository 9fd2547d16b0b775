"""The briefing that is being put together: a list of items in a cookie, so that no account is
needed and nothing is kept here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from kb.errors import QuestionError

if TYPE_CHECKING:
    from datasette.utils.asgi import Request, Response

COOKIE = "kb_briefing"
MAX_BYTES = 3800  # browsers keep 4096 of a cookie with its name
KEPT = 30 * 24 * 3600  # seconds


def read_basket(request: Request | None) -> list[str]:
    """The items of a briefing, in its order: "quote:12", "answer:Who ...?"."""
    held = unquote(request.cookies.get(COOKIE, "")) if request else ""
    return [item for item in held.split("\n") if item]


def write_basket(response: Response, items: list[str]) -> None:
    """Keep the items in the reader's browser.

    :raises QuestionError: they are too many for a cookie.
    """
    held = quote("\n".join(dict.fromkeys(items)), safe="")
    if len(held) > MAX_BYTES:
        raise QuestionError(
            f"The briefing has {len(items)} items, more than a browser keeps ({len(held)} of "
            f"{MAX_BYTES} bytes). Download it, take some out, and go on."
        )
    response.set_cookie(COOKIE, held, max_age=KEPT if items else 0, path="/", samesite="lax")


def changed(items: list[str], act: str, item: str) -> list[str]:
    """The items after one was added, removed, or moved up or down.

    :raises QuestionError: there is no such act.
    """
    if act == "add":
        return items if item in items else [*items, item]
    if act == "clear":
        return []
    if item not in items:
        return items
    at = items.index(item)
    rest = items[:at] + items[at + 1 :]
    if act == "remove":
        return rest
    if act not in ("up", "down"):
        raise QuestionError(f"“{act[:20]}” cannot be done; add, remove, up, down or clear can.")
    to = max(0, at - 1) if act == "up" else at + 1
    return [*rest[:to], item, *rest[to:]]

"""The briefing that is being put together: a list of items in a cookie, so that no account is
needed and nothing is kept here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from kb.errors import QuestionError

if TYPE_CHECKING:
    from datasette.utils.asgi import Request, Response

COOKIE = "kb_briefing"
MAX_BYTES = 3800  # browsers keep 4096 of a cookie with its name
KEPT = 30 * 24 * 3600  # seconds
ACTS = ("add", "remove", "up", "down", "clear", "keep")


@dataclass(frozen=True, slots=True)
class Basket:
    """Items in the reader's order: "quote:12", "answer:Who ...?". sources: the beginning of the
    hash of the passages that they were chosen from, as numbers mean others in another build.
    """

    sources: str = ""
    items: tuple[str, ...] = ()


def read_basket(request: Request | None) -> Basket:
    """The basket in a reader's browser."""
    held = unquote(request.cookies.get(COOKIE, "")) if request else ""
    sources, _, items = held.partition("\n")
    return Basket(sources, tuple(item for item in items.split("\n") if item))


def write_basket(response: Response, basket: Basket) -> None:
    """Keep a basket in the reader's browser.

    :raises QuestionError: it is too large for a cookie.
    """
    held = quote("\n".join((basket.sources, *basket.items)), safe="")
    if len(held) > MAX_BYTES:
        raise QuestionError(
            f"The briefing has {len(basket.items)} items, more than a browser keeps ({len(held)} "
            f"of {MAX_BYTES} bytes). Download it, take some out, and go on."
        )
    kept = KEPT if basket.items else 0
    response.set_cookie(COOKIE, held, max_age=kept, path="/", httponly=True, samesite="lax")


def changed(basket: Basket, act: str, item: str) -> Basket:
    """The basket after one of ACTS.

    :raises QuestionError: there is no such act.
    """
    if act not in ACTS:
        raise QuestionError(f"“{act[:20]}” cannot be done here; {', '.join(ACTS)} can.")
    items = list(basket.items)
    if act == "clear":
        items = []
    elif act == "keep":  # somebody else's, whole
        items = list(dict.fromkeys([*items, *filter(None, item.splitlines())]))
    elif act == "add" and item not in items:
        items.append(item.replace("\n", " "))
    elif act == "remove" and item in items:
        items.remove(item)
    elif act in ("up", "down") and item in items:
        at = items.index(item)
        to = max(0, at - 1) if act == "up" else at + 1
        items.insert(to, items.pop(at))
    return replace(basket, items=tuple(items))

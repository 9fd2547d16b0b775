"""Which language a page speaks: that of its switch, else of the browser, else English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.core import negotiate_locale

from kb.language import LANGUAGES, Words, words_in

if TYPE_CHECKING:
    from datasette.utils.asgi import Request

COOKIE = "kb_lang"


def words_of_request(request: Request | None) -> Words:
    """The words in which to answer a request."""
    return words_in(_language_of(request) if request else "en")


def _language_of(request: Request) -> str:
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    wanted = [part.partition(";")[0].strip() for part in
              request.headers.get("accept-language", "").split(",")]  # fmt: skip
    return negotiate_locale([w for w in wanted if w], LANGUAGES, sep="-") or "en"

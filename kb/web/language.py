"""Which language a page speaks: that of its switch, else of the browser, else English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import localedata
from babel.core import negotiate_locale

from kb.language import LANGUAGES, Words, words_in

if TYPE_CHECKING:
    from datasette.utils.asgi import Request

COOKIE = "kb_lang"


def words_of_request(request: Request | None) -> Words:
    """The words in which to answer a request, with numbers as the reader's country writes them."""
    if request is None:
        return words_in("en")
    header = request.headers.get("accept-language", "").split(",")
    wanted = [part.partition(";")[0].strip() for part in header]
    chosen = request.cookies.get(COOKIE)
    negotiated = negotiate_locale([w for w in wanted if w], LANGUAGES, sep="-")
    language = chosen if chosen in LANGUAGES else negotiated or "en"
    regional = [w.replace("-", "_") for w in wanted if w.startswith(f"{language}-")]
    locale = next((tag for tag in regional if tag in localedata.locale_identifiers()), "")
    return words_in(language, locale)

"""Quotes: what people are quoted with, narrowed down by who they are and what they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from index.lexical import content_words
from kb.facets import Values, divide, unmet
from kb.records import Quote
from kb.service import Service
from kb.text import fold, language_of, stemmed, tokens
from kb.web.facets import facet_links, lifted
from kb.web.page import number_in, page, query, show
from kb.web.rows import quote_row
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette

SIZE = 20
FACETS = ("sector", "region", "speaker", "document", "section")


@page
async def quotes(datasette: Datasette, request: Request) -> Response:
    """GET /-/quotes?q=&sector=&region=&speaker= and so on: quotations, in order of reading."""
    service = service_of(datasette)
    searcher = service.searcher
    asked = request.args.get("q", "").strip()
    offset = number_in(request, "_next", 0)
    filters = {name: request.args[name] for name in FACETS if request.args.get(name)}
    with searcher.lock:
        stored = searcher.store.all(Quote, "kind <> 'turn'")
    own = [(q, _values(service, q)) for q in stored if _holds(q, asked)]
    wanted = {name: fold(value) for name, value in filters.items()}
    missed = [(q, values, unmet(values, wanted)) for q, values in own]
    found = [q for q, _, names in missed if not names]
    kept = {"q": asked, **filters}
    following = offset + SIZE
    return await show(
        datasette, request, "kb_quotes.html",
        asked=asked,
        filters=filters,
        lifted=lifted(filters, kept),
        count=len(found),
        rows=[quote_row(datasette, service, q) for q in found[offset:following]],
        facets=facet_links(divide(((v, names) for _, v, names in missed), FACETS), kept),
        table_url=datasette.urls.path("/kb/quotes"),
        back_url=query(**kept, _next=max(0, offset - SIZE) or None) if offset else None,
        next_url=query(**kept, _next=following) if following < len(found) else None,
    )  # fmt: skip


def _holds(quote: Quote, asked: str) -> bool:
    """Whether all words that are looked for stand in a quotation, inflected or not."""
    language = language_of(asked)
    wanted = stemmed(content_words(asked, language), language)
    there = set(stemmed(tokens(quote.text), language))
    return all(word in there for word in wanted)


def _values(service: Service, quote: Quote) -> Values:
    values = service.searcher.facet_values(service.searcher.passages[quote.passage_id])
    return {**values, "speaker": (quote.speaker,)}

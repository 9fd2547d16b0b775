"""Quotes: what people are quoted with, narrowed down by who they are and what they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from index.search import MAX_QUESTION
from kb.facets import Values
from kb.question import Query
from kb.records import Person, Quote
from kb.service import Service
from kb.text import stemmed, tokens
from kb.web.facets import narrowed
from kb.web.page import as_csv, page, query, show
from kb.web.rows import quote_row
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette

SIZE = 20
CSV_COLUMNS = (
    "id", "text", "speaker", "role", "organisation", "document", "section", "page", "url",
)  # fmt: skip
FACETS = ("sector", "region", "speaker", "document", "section")


@page
async def quotes(datasette: Datasette, request: Request) -> Response:
    """GET /-/quotes?q=&sector=&region=&speaker= and so on, .json and .csv (all pages of them):
    quotations, in order of reading.
    """
    service = service_of(datasette)
    asked = request.args.get("q", "").strip()
    looked_for = service.searcher.read(asked[:MAX_QUESTION])
    stored = (q for q in service.shelf.all(Quote) if q.kind != "turn")
    own = [(q, _values(service, q)) for q in stored if not asked or _holds(service, q, looked_for)]
    found = narrowed(request, own, FACETS, SIZE)
    if request.url_vars.get("format") == ".csv":
        rows = [quote_row(datasette, service, q) for q in found.all]
        return as_csv(rows, CSV_COLUMNS, "quotes.csv")
    return await show(
        datasette, request, "kb_quotes.html",
        asked=asked,
        rows=[quote_row(datasette, service, q) for q in found.rows],
        table_url=datasette.urls.path("/kb/quotes"),
        csv_url=datasette.urls.path("/-/quotes.csv") + query(q=asked, **found.filters),
        **found.shown,
    )  # fmt: skip


def _holds(service: Service, quote: Quote, query: Query) -> bool:
    """Whether all words that are looked for stand in a quotation, inflected or not, in the
    quotation's language.
    """
    reading = query.reading(service.searcher.passages[quote.passage_id].language)
    there = set(stemmed(tokens(quote.text), reading.language))
    return all(word in there for word in stemmed(reading.words, reading.language))


def _values(service: Service, quote: Quote) -> Values:
    values = service.searcher.facet_values(service.searcher.passages[quote.passage_id])
    person = service.shelf.get(Person, quote.person_id)
    return {**values, "speaker": (person.name if person else quote.speaker,)}

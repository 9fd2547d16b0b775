"""Use cases: all as cards; each with its words, its numbers, its notes and what lies near it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from kb.profiles.use_cases import use_case, use_cases
from kb.web.page import not_there, page, show
from kb.web.rows import near_rows, place_row
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette


@page
async def list_use_cases(datasette: Datasette, request: Request) -> Response:
    """GET /-/use-cases: cards in order of reading."""
    service = service_of(datasette)
    cards = [(card, place_row(datasette, service, card.place.hit)) for card in use_cases(service)]
    return await show(datasette, request, "kb_use_cases.html", cards=cards)


@page
async def one_use_case(datasette: Datasette, request: Request) -> Response:
    """GET /-/use-cases/<id>: a case with its words in context."""
    service = service_of(datasette)
    found = use_case(service, int(request.url_vars["id"]))
    if found is None:
        return await not_there(datasette, request, "use case")
    return await show(
        datasette, request, "kb_use_case.html",
        case=found.use_case,
        place=place_row(datasette, service, found.place.hit),
        results=[(r.record, place_row(datasette, service, r.place.hit, r.place.span))
                 for r in found.results],
        passages=[place_row(datasette, service, hit) for hit in found.passages],
        notes=[note.footnote for note in found.notes],
        people=found.people,
        near=near_rows(datasette, service, found.near),
    )  # fmt: skip

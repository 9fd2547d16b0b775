"""Recommendations: all by area; each with its items, its actor, its brief form and what lies near
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from kb.profiles.recommendations import recommendation, recommendations
from kb.web.page import not_there, page, show
from kb.web.rows import near_rows, place_row
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette


@page
async def list_recommendations(datasette: Datasette, request: Request) -> Response:
    """GET /-/recommendations: by document and area, brief and full form as one."""
    programmes = recommendations(service_of(datasette))
    return await show(datasette, request, "kb_recommendations.html", programmes=programmes)


@page
async def one_recommendation(datasette: Datasette, request: Request) -> Response:
    """GET /-/recommendations/<id>: one, with quotes, views, cases and numbers nearest to it."""
    service = service_of(datasette)
    found = recommendation(service, int(request.url_vars["id"]))
    if found is None:
        return await not_there(datasette, request, "recommendation")
    place = lambda sourced: place_row(datasette, service, sourced.place.hit)  # noqa: E731
    return await show(
        datasette, request, "kb_recommendation.html",
        found=found,
        place=place_row(datasette, service, found.place.hit, found.place.span),
        brief=found.brief and (found.brief.record, place(found.brief)),
        parent=found.parent and found.parent.record,
        items=[(item.record, place(item)) for item in found.items],
        passages=[place_row(datasette, service, p.hit) for p in found.passages],
        notes=[note.footnote for note in found.notes],
        near=near_rows(datasette, service, found.near),
    )  # fmt: skip

"""Recommendations: all by area; each with its items, its actor, its brief form and what lies near
it.
"""

from __future__ import annotations

from functools import partial
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
    service = service_of(datasette)
    return await show(
        datasette, request, "kb_recommendations.html",
        programmes=recommendations(service),
        languages={d.id: d.language for d in service.searcher.documents.values()},
    )  # fmt: skip


@page
async def one_recommendation(datasette: Datasette, request: Request) -> Response:
    """GET /-/recommendations/<id>: one, with quotes, views, cases and numbers nearest to it."""
    service = service_of(datasette)
    found = recommendation(service, int(request.url_vars["id"]))
    if found is None:
        return await not_there(datasette, request, "recommendation")
    place = partial(place_row, datasette, service)
    return await show(
        datasette, request, "kb_recommendation.html",
        found=found,
        place=place(found.place.hit, found.place.span),
        brief=found.brief and (found.brief.record, place(found.brief.place.hit)),
        parent=found.parent and found.parent.record,
        items=[(item.record, place(item.place.hit)) for item in found.items],
        passages=[place(p.hit) for p in found.passages],
        notes=[note.footnote for note in found.notes],
        near=near_rows(datasette, service, found.near),
    )  # fmt: skip

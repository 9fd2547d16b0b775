"""Regions: all as cards; each as a profile; two side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from kb.profiles.regions import RegionProfile, compare, region, regions
from kb.profiles.shelf import Sourced
from kb.records import RegionFact
from kb.web.page import not_there, number_in, page, show
from kb.web.rows import place_row
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette


@page
async def list_regions(datasette: Datasette, request: Request) -> Response:
    """GET /-/regions: cards in order of reading."""
    cards = regions(service_of(datasette))
    return await show(datasette, request, "kb_regions.html", cards=cards)


@page
async def one_region(datasette: Datasette, request: Request) -> Response:
    """GET /-/regions/<id>?with=<other>: a profile, or two side by side."""
    service = service_of(datasette)
    id, other = int(request.url_vars["id"]), number_in(request, "with", 0)
    if other:
        pair = compare(service, id, other)
        if pair is None:
            missing = other if region(service, id) else id
            return await not_there(datasette, request, "region", missing)
        kinds = [(p.kind, _facts(datasette, p.left), _facts(datasette, p.right))
                 for p in pair.kinds]  # fmt: skip
        return await show(
            datasette, request, "kb_region_pair.html",
            left=pair.left.region, right=pair.right.region, kinds=kinds,
        )  # fmt: skip
    found = region(service, id)
    if found is None:
        return await not_there(datasette, request, "region")
    return await show(
        datasette, request, "kb_region.html",
        found=found,
        place=found.place and place_row(datasette, service, found.place.hit),
        facts=[(group.kind, _facts(datasette, group.facts)) for group in found.facts],
        participants=[row.record for row in found.participants],
        cases=[row.record for row in found.use_cases],
        naming=[(n.recommendation, place_row(datasette, service, n.hit))
                for n in found.recommendations],
        others=_others(datasette, found),
    )  # fmt: skip


def _facts(
    datasette: Datasette, facts: Sequence[Sourced[RegionFact]]
) -> list[tuple[RegionFact, dict[str, Any]]]:
    service = service_of(datasette)
    return [(f.record, place_row(datasette, service, f.place.hit, f.place.span)) for f in facts]


def _others(datasette: Datasette, found: RegionProfile) -> list[tuple[int, str]]:
    cards = regions(service_of(datasette))
    return [(c.region.id, c.region.name) for c in cards if c.region.id != found.region.id]

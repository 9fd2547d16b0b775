"""People: all of them as cards, narrowed down by who they are; each with everything they said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from kb.facets import Values
from kb.profiles.people import PersonCard, PersonProfile, people, person
from kb.text import fold
from kb.web.facets import narrowed
from kb.web.page import not_there, page, query, show
from kb.web.rows import place_row, quote_row
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette

FACETS = ("sector", "region", "organisation", "document")
SIZE = 60


@page
async def list_people(datasette: Datasette, request: Request) -> Response:
    """GET /-/people?q=&sector=&region=&organisation=&document=: cards by name."""
    service = service_of(datasette)
    titles = {d.id: d.title for d in service.searcher.documents.values()}
    asked = request.args.get("q", "").strip()
    own = [(c, _values(c, titles)) for c in people(service) if _is_asked(c, asked)]
    found = narrowed(request, own, FACETS, SIZE)
    return await show(
        datasette, request, "kb_people.html",
        asked=asked,
        cards=found.rows,
        table_url=datasette.urls.path("/kb/participants") + _exact(found.filters),
        **found.shown,
    )  # fmt: skip


@page
async def one_person(datasette: Datasette, request: Request) -> Response:
    """GET /-/people/<id>: a person with everything they said and in what role."""
    service = service_of(datasette)
    found = person(service, int(request.url_vars["id"]))
    if found is None:
        return await not_there(datasette, request, "person")
    place = partial(place_row, datasette, service)
    return await show(
        datasette, request, "kb_person.html",
        person=found,
        rows=[(row.record, place(row.place.hit)) for row in found.rows],
        sayings=[(quote_row(datasette, service, s.quote), [place(p.hit, p.span) for p in s.places])
                 for s in found.sayings],
        views=[(v.record, place(v.place.hit, v.place.span)) for v in found.views],
        conversations=[(c, [(place(r.hit), place(r.asked) if r.asked else None)
                            for r in c.replies]) for c in found.conversations],
        mentions=[place(hit) for hit in found.mentions],
        said=_said(found),
    )  # fmt: skip


def _said(found: PersonProfile) -> int:
    """How many quotations and turns are theirs."""
    return len(found.sayings) + sum(len(c.replies) for c in found.conversations)


def _is_asked(card: PersonCard, asked: str) -> bool:
    """Whether all words that are looked for stand in a name, post or body."""
    there = fold(" ".join(filter(None, (card.name, card.role, card.organisation))))
    return all(word in there for word in fold(asked).split())


def _values(card: PersonCard, titles: dict[int, str]) -> Values:
    return {
        "sector": card.sectors,
        "region": (card.region,) if card.region else (),
        "organisation": (card.organisation,) if card.organisation else (),
        "document": tuple(titles[id] for id in card.documents),
    }


def _exact(filters: Mapping[str, str]) -> str:
    """The same narrowing for Datasette's table of participants, where it has the column."""
    columns = {"sector": "sector__contains", "region": "region", "organisation": "organisation"}
    return query(**{columns[name]: value for name, value in filters.items() if name in columns})

"""People: all of them as cards, narrowed down by who they are; each with everything they said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from kb.facets import Values, divide, unmet
from kb.profiles.people import PersonCard, PersonProfile, people, person
from kb.text import fold
from kb.web.facets import facet_links, lifted
from kb.web.page import not_there, number_in, page, query, show
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
    asked, offset = request.args.get("q", "").strip(), number_in(request, "_next", 0)
    filters = {name: request.args[name] for name in FACETS if request.args.get(name)}
    wanted = {name: fold(value) for name, value in filters.items()}
    rows = [(c, _values(c, titles)) for c in people(service) if _is_asked(c, asked)]
    missed = [(c, values, unmet(values, wanted)) for c, values in rows]
    found = [c for c, _, names in missed if not names]
    kept = {"q": asked, **filters}
    following = offset + SIZE
    return await show(
        datasette, request, "kb_people.html",
        asked=asked,
        filters=filters,
        lifted=lifted(filters, kept),
        count=len(found),
        cards=found[offset:following],
        facets=facet_links(divide(((v, names) for _, v, names in missed), FACETS), kept),
        table_url=datasette.urls.path("/kb/participants") + _exact(filters),
        back_url=query(**kept, _next=max(0, offset - SIZE) or None) if offset else None,
        next_url=query(**kept, _next=following) if following < len(found) else None,
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


def _exact(filters: dict[str, str]) -> str:
    """The same narrowing for Datasette's table of participants, where it has the column."""
    columns = {"sector": "sector__contains", "region": "region", "organisation": "organisation"}
    return query(**{columns[name]: value for name, value in filters.items() if name in columns})

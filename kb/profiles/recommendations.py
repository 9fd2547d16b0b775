"""Recommendations: brief and full form as one, in printed order, and what lies near them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kb.profiles.nearest import Neighbours
from kb.profiles.shelf import Note, Place, Shelf, Sourced
from kb.records import Recommendation
from kb.service import Service
from kb.text import fold


@dataclass(frozen=True, slots=True)
class RecommendationCard:
    """A recommendation in a list. `shown` is the full form, the brief one where it stands alone."""

    shown: Recommendation
    brief: Recommendation | None  # its brief form, if it has both
    items: tuple[Recommendation, ...]  # lettered
    place: Place
    actor: str | None  # as either form gives it
    timeframe: str | None


@dataclass(frozen=True, slots=True)
class Area:
    """Recommendations under one heading, in printed order. name is None for those under none."""

    name: str | None
    recommendations: tuple[RecommendationCard, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """The recommendations of one document."""

    document_id: int
    document: str  # title
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class RecommendationProfile:
    """A recommendation, or a lettered item of one (then parent is there)."""

    shown: Recommendation
    place: Place
    brief: Sourced[Recommendation] | None
    parent: Sourced[Recommendation] | None
    items: tuple[Sourced[Recommendation], ...]
    actor: str | None
    timeframe: str | None
    passages: tuple[Place, ...]  # of all its forms and items, in order; without stretch
    notes: tuple[Note, ...]  # cited in these passages
    near: Neighbours


def recommendations(service: Service) -> tuple[Programme, ...]:
    """All recommendations by document and area, in printed order."""
    shelf = service.shelf
    by_document: dict[int, list[RecommendationCard]] = defaultdict(list)
    for row in shelf.all(Recommendation):
        if row.parent_id is None and shelf.full_form(row) == row and (made := _card(shelf, row)):
            by_document[row.document_id].append(made)
    documents = shelf.searcher.documents
    return tuple(
        Programme(id, documents[id].title, _areas(cards))
        for id, cards in sorted(by_document.items())
    )


def recommendation(service: Service, id: int) -> RecommendationProfile | None:
    """A recommendation's profile, by the id of its full form, its brief form or a lettered item;
    None if there is none with this id.
    """
    shelf = service.shelf
    found = shelf.get(Recommendation, id)
    made = _card(shelf, shelf.full_form(found)) if found else None
    if made is None:
        return None
    parent = shelf.get(Recommendation, made.shown.parent_id)
    passages = _passages(shelf, made)
    whole = _card(shelf, parent) if parent else None
    return RecommendationProfile(
        made.shown,
        made.place,
        _one(shelf, made.brief),
        _one(shelf, parent),
        shelf.sourced(made.items),
        made.actor,
        made.timeframe,
        tuple(Place(shelf.hit(p), None) for p in passages),
        shelf.notes(passages),
        service.atlas.near(passages, Recommendation, _passages(shelf, whole) if whole else ()),
    )


def _passages(shelf: Shelf, card: RecommendationCard) -> list[int]:
    """Of all its forms and items, in the order of the document."""
    forms = (card.shown, *card.items, *((card.brief,) if card.brief else ()))
    own = {p for form in forms for p in shelf.passages_of(form)}
    return [p.id for p in shelf.in_order if p.id in own]


def _card(shelf: Shelf, shown: Recommendation) -> RecommendationCard | None:
    place = shelf.place(shown)
    if place is None:
        return None
    brief = shelf.get(Recommendation, shown.matches_id)
    return RecommendationCard(
        shown,
        brief,
        tuple(r for r in shelf.all(Recommendation) if r.parent_id == shown.id),
        place,
        shown.actor or (brief.actor if brief else None),
        shown.timeframe or (brief.timeframe if brief else None),
    )


def _one(shelf: Shelf, record: Recommendation | None) -> Sourced[Recommendation] | None:
    found = shelf.sourced([record] if record else [])
    return found[0] if found else None


def _areas(cards: Sequence[RecommendationCard]) -> tuple[Area, ...]:
    """Areas as the chapter prints them; what only the summary list has comes last."""
    groups: dict[str, list[RecommendationCard]] = defaultdict(list)
    for card in sorted(cards, key=lambda c: (c.shown.form == "brief", c.shown.spans)):
        groups[fold(card.shown.area or "")].append(card)
    return tuple(Area(own[0].shown.area, tuple(own)) for own in groups.values())

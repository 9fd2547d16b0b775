"""Use cases: what one tells, in its passages, and what lies near it."""

from __future__ import annotations

from dataclasses import dataclass

from kb.profiles import names
from kb.profiles.nearest import Neighbours
from kb.profiles.people import PersonCard, people
from kb.profiles.shelf import Note, Place, Shelf, Sourced
from kb.records import Hit, Passage, Section, Statistic, UseCase, UseCaseResult
from kb.service import Service


@dataclass(frozen=True, slots=True)
class UseCaseCard:
    """A use case in a list; its record has name, body, place and level."""

    use_case: UseCase
    place: Place  # where its words begin
    results: int


@dataclass(frozen=True, slots=True)
class UseCaseProfile:
    """A use case with all that its section holds."""

    use_case: UseCase
    place: Place
    section: Section | None
    results: tuple[Sourced[UseCaseResult], ...]
    passages: tuple[Hit, ...]  # of its section in order, headings apart
    statistics: tuple[Sourced[Statistic], ...]
    notes: tuple[Note, ...]  # cited in its passages
    people: tuple[PersonCard, ...]  # of its organisation
    near: Neighbours


def use_cases(service: Service) -> tuple[UseCaseCard, ...]:
    """All use cases, as the documents have them."""
    shelf = service.shelf
    results = [result.use_case_id for result in shelf.all(UseCaseResult)]
    placed = shelf.sourced(shelf.all(UseCase))
    return tuple(UseCaseCard(s.record, s.place, results.count(s.record.id)) for s in placed)


def use_case(service: Service, id: int) -> UseCaseProfile | None:
    """A use case's profile; None if there is none with this id."""
    shelf = service.shelf
    found = shelf.get(UseCase, id)
    place = shelf.place(found) if found else None
    if found is None or place is None:
        return None
    passages = [p.id for p in _passages(shelf, found)]
    held = frozenset(passages)
    return UseCaseProfile(
        found,
        place,
        shelf.searcher.sections.get(found.section_id),
        shelf.sourced([r for r in shelf.all(UseCaseResult) if r.use_case_id == id]),
        tuple(map(shelf.hit, passages)),
        shelf.sourced([s for s in shelf.all(Statistic) if s.passage_id in held]),
        shelf.notes(passages),
        tuple(c for c in people(service) if _works_there(shelf, c.organisation, found)),
        service.atlas.near(shelf.passages_of(found), UseCase),
    )


def _passages(shelf: Shelf, case: UseCase) -> list[Passage]:
    """Of its section and those that hold its words, in order, headings apart."""
    own = set(shelf.passages_of(case)) | {p.id for p in shelf.in_section.get(case.section_id, ())}
    return [p for p in shelf.in_order if p.id in own and p.kind != "heading"]


def _works_there(shelf: Shelf, organisation: str | None, case: UseCase) -> bool:
    if not organisation:
        return False
    spellings = shelf.bodies.get(names.key(organisation), (organisation,))
    return any(names.mentions(name, case.title) for name in spellings)

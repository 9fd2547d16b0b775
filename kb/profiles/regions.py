"""Regions: what their profiles state, who is from there, and what is placed or proposed there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.profiles import names
from kb.profiles.people import PersonCard, people
from kb.profiles.shelf import Place, Shelf, Sourced
from kb.records import Acronym, Hit, Participant, Recommendation, Region, RegionFact, UseCase
from kb.service import Service


@dataclass(frozen=True, slots=True)
class RegionCard:
    """A region in a list, with how many facts of each kind its profile states."""

    region: Region
    place: Place | None
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one kind, in printed order."""

    kind: str
    facts: tuple[Sourced[RegionFact], ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """A recommendation that names a region, and a passage of it with the name highlighted."""

    recommendation: Recommendation
    hit: Hit


@dataclass(frozen=True, slots=True)
class RegionProfile:
    """A region: its record has population and share of the product."""

    region: Region
    place: Place | None  # None if no passage stands under its heading
    facts: tuple[Facts, ...]
    participants: tuple[Sourced[Participant], ...]
    quoted: tuple[PersonCard, ...]  # of the participants, those whose words are printed
    use_cases: tuple[Sourced[UseCase], ...]
    recommendations: tuple[Naming, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What two regions state of one kind; a side may be empty, not both."""

    kind: str
    left: tuple[Sourced[RegionFact], ...]
    right: tuple[Sourced[RegionFact], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two regions, side by side."""

    left: RegionProfile
    right: RegionProfile
    kinds: tuple[Pair, ...]


def regions(service: Service) -> tuple[RegionCard, ...]:
    """All regions with a profile, as the documents have them."""
    shelf = service.shelf
    return tuple(
        RegionCard(region, shelf.place(region), _counts(shelf, region))
        for region in shelf.all(Region)
    )


def region(service: Service, id: int) -> RegionProfile | None:
    """A region's profile; None if there is none with this id."""
    shelf = service.shelf
    found = shelf.get(Region, id)
    if found is None:
        return None
    called = _names(shelf, found)
    rows = [p for p in shelf.all(Participant) if _named(called, p.region)]
    there = {row.person_id for row in rows}
    cases = [c for c in shelf.all(UseCase) if _named(called, c.place) or _named(called, c.title)]
    return RegionProfile(
        found,
        shelf.place(found),
        _facts(shelf, found),
        shelf.sourced(rows),
        tuple(c for c in people(service) if c.id in there and (c.quotes or c.turns)),
        shelf.sourced(cases),
        _naming(shelf, called),
    )


def compare(service: Service, id: int, other: int) -> Comparison | None:
    """Two regions by kind of fact, kinds that only one has too; None if one is unknown."""
    left, right = region(service, id), region(service, other)
    if left is None or right is None:
        return None
    a, b = ({f.kind: f.facts for f in side.facts} for side in (left, right))
    kinds = dict.fromkeys(fact.kind for fact in service.shelf.all(RegionFact))
    pairs = (Pair(kind, a.get(kind, ()), b.get(kind, ())) for kind in kinds)
    return Comparison(left, right, tuple(p for p in pairs if p.left or p.right))


def _counts(shelf: Shelf, region: Region) -> tuple[tuple[str, int], ...]:
    kinds = Counter(fact.kind for fact in shelf.all(RegionFact) if fact.region_id == region.id)
    return tuple(kinds.items())


def _facts(shelf: Shelf, region: Region) -> tuple[Facts, ...]:
    own = shelf.sourced([f for f in shelf.all(RegionFact) if f.region_id == region.id])
    kinds = dict.fromkeys(fact.record.kind for fact in own)
    return tuple(Facts(k, tuple(f for f in own if f.record.kind == k)) for k in kinds)


def _names(shelf: Shelf, region: Region) -> tuple[str, ...]:
    """The name, and what a document gives it as an acronym of or for."""
    pairs = [(a.acronym, a.expansion) for a in shelf.all(Acronym)]
    also = [e for a, e in pairs if names.same(a, region.name)]
    also += [a for a, e in pairs if names.same(e, region.name)]
    return tuple(dict.fromkeys([region.name, *also]))


def _named(called: Sequence[str], text: str | None) -> bool:
    return any(names.mentions(name, text or "") for name in called)


def _naming(shelf: Shelf, called: Sequence[str]) -> tuple[Naming, ...]:
    """The first passage of each recommendation that names the region, of either form, its heading
    too.
    """
    marks = {passage.id: spans for passage, spans in shelf.naming(called)}
    found: dict[int, Naming] = {}
    for row in sorted(shelf.all(Recommendation), key=lambda r: r.form == "brief"):
        headings = () if row.parent_id else shelf.headings(row.section_id)
        passage = next((p for p in (*headings, *shelf.passages_of(row)) if p in marks), None)
        if passage:
            shown = shelf.full_form(row)
            hit = replace(shelf.hit(passage), highlights=marks[passage])
            found.setdefault(shown.id, Naming(shown, hit))
    return tuple(found.values())

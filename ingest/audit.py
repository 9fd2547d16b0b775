"""The audit: places of a document that contradict each other, cited side by side.

Precision first: each check reports only what two stretches of the document show by themselves.
A check is a function from what was read and extracted to pairs of places; a new one is a function
and an entry in CHECKS.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import TypeVar

from ingest.blocks import PROSE
from ingest.entities import person_key
from ingest.extract.regions import kind_of
from ingest.reading import Ids, Reading
from kb.records import (
    DataTable,
    Discrepancy,
    Figure,
    Footnote,
    Participant,
    Passage,
    Quote,
    Recommendation,
    Record,
    Region,
    Section,
)
from kb.text import fold, letters, sentences, tokens

LEAST_SOURCE = 4  # words of a note, below which it names no source
LEAST_PARAGRAPH = 15  # words; shorter texts may well stand twice
_COUNTS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
}  # fmt: skip
_COUNTED = re.compile(
    rf"\b(?P<count>{'|'.join(_COUNTS)})\s+(?:\w+\s+)?(?P<things>[a-zà-ÿ]+s)\b", re.IGNORECASE
)
_ENUMERATES = re.compile(
    r"(?:these|they) (?:are|include):\s*|(?:estos|estas|son) son:\s*", re.IGNORECASE
)
_NEAR = re.compile(
    r"\b(?P<what>table|figure|tabla|figura)\s+(?P<number>\d{1,2})\s+(?:below|above|abajo|arriba)\b",
    re.IGNORECASE,
)
_TWICE_SCALED = re.compile(
    r"\d[\d,]*,000\s+(?:thousand|mil)\b|\d(?:bn|m|mn)\s+(?:billion|million)\b", re.IGNORECASE
)
_SHARE_OF = re.compile(r"\d[\d.,]*\s?%\s+of\s+(?:\w+\s+){1,4}?\w+")
_AMOUNT = re.compile(
    r"(?P<number>\d[\d.,]*)\s+(?P<unit>(?:million|thousand|billion)\s+\w+)", re.IGNORECASE
)
_NAME = re.compile(
    r"[A-ZÀ-Þ][\wÀ-ÿ’'´-]*(?:\s+(?:(?:de|del|la|y|of|the)\s+)*[A-ZÀ-Þ][\wÀ-ÿ’'´-]*)+"
)
_ACRONYM = re.compile(r"\b[A-Z]{4,}\b")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of words, and the passage and page it stands on."""

    text: str
    passage_id: int | None
    page: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Two places and what is wrong between them."""

    kind: str
    statement: str
    left: Place
    right: Place


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was read from one document, by kind."""

    reading: Reading
    records: Sequence[Record]

    @property
    def prose(self) -> list[Passage]:
        return [p for p in self.reading.passages if p.kind in PROSE]


R = TypeVar("R", bound=Record)
Check = Callable[[Extracted], Iterator[Finding]]


def audit(reading: Reading, records: Sequence[Record], ids: Ids) -> list[Discrepancy]:
    """Everything that a document contradicts itself in, as far as the checks see."""
    extracted = Extracted(reading, records)
    found = {(f.kind, f.statement, f.left.text): f for check in CHECKS for f in check(extracted)}
    return [
        Discrepancy(
            ids.next(Discrepancy), reading.document.id, f.kind, f.statement, f.left.text,
            f.right.text, f.left.passage_id, f.right.passage_id, f.left.page, f.right.page,
        )
        for f in {(f.kind, f.statement, f.right.text): f for f in found.values()}.values()
    ]  # fmt: skip


def repeated_paragraphs(x: Extracted) -> Iterator[Finding]:
    """A paragraph, or the greater part of one, that stands in two places."""
    seen: dict[tuple[str, ...], Passage] = {}
    for passage in x.prose:
        words = tuple(tokens(passage.clean))
        if len(words) < LEAST_PARAGRAPH:
            continue
        for start, end in sentences(passage.clean):
            key = tuple(tokens(passage.clean[start:end]))
            other = seen.setdefault(key, passage)
            if other is not passage and len(key) >= LEAST_PARAGRAPH:
                yield Finding(
                    "repeated paragraph", "The same words stand in two places.",
                    _place(other), _place(passage),
                )  # fmt: skip
                break


def repeated_notes(x: Extracted) -> Iterator[Finding]:
    """Two footnotes that name one source."""
    notes = {note.id: note for note in _of(x, Footnote)}
    for note in notes.values():
        first = notes.get(note.same_as_id or 0)
        if first and len(tokens(note.text)) >= LEAST_SOURCE:
            yield Finding(
                "duplicated footnote",
                f"Footnotes {first.number} and {note.number} name the same source.",
                Place(f"{first.number}. {first.text}", first.passage_id, first.page),
                Place(f"{note.number}. {note.text}", note.passage_id, note.page),
            )


def repeated_captions(x: Extracted) -> Iterator[Finding]:
    """Two figures or two tables with one caption."""
    seen: dict[tuple[str, str], DataTable | Figure] = {}
    for record in x.records:
        if isinstance(record, DataTable | Figure):
            other = seen.setdefault((record.table, letters(record.caption)), record)
            if other is not record:
                what = "Tables" if isinstance(record, DataTable) else "Figures"
                yield Finding(
                    "repeated caption",
                    f"{what} {other.number} and {record.number} have one caption.",
                    Place(other.caption, other.passage_id, other.page),
                    Place(record.caption, record.passage_id, record.page),
                )  # fmt: skip


def numbering(x: Extracted) -> Iterator[Finding]:
    """Headings beside each other whose numbers do not follow, or that bear one number."""
    by_parent: dict[int | None, list[tuple[int, Section]]] = defaultdict(list)
    for section in x.reading.sections:
        number = re.match(r"(\d{1,2})[.)]\s", section.heading)
        if number:
            by_parent[section.parent_id].append((int(number.group(1)), section))
    for siblings in by_parent.values():
        seen: dict[int, Section] = {}
        for value, section in siblings:
            other = seen.setdefault(value, section)
            if other is not section:
                statement = f"Two headings of one section are numbered {value}."
                yield _headings("numbering", statement, other, section)
        for (a, first), (b, second) in pairwise(siblings):
            if b != a + 1:
                yield _headings("numbering", f"Number {b} follows number {a}.", first, second)


def references(x: Extracted) -> Iterator[Finding]:
    """Find "Table 5 below" where another table stands below, and table 5 pages away."""
    captions = [r for r in x.records if isinstance(r, DataTable | Figure)]
    for passage in x.prose:
        for found in _NEAR.finditer(passage.clean):
            kind = DataTable if found["what"][0].casefold() == "t" else Figure
            same = [c for c in captions if isinstance(c, kind) and c.page is not None]
            named = next((c for c in same if c.number == found["number"]), None)
            near = [
                c
                for c in same
                if passage.page is not None and c.page in (passage.page, passage.page + 1)
            ]
            is_far = named is None or named not in near
            if is_far and near and passage.page is not None:
                nearest = near[-1]
                yield Finding(
                    "cross-reference",
                    f"{found.group()} is referred to, but {found['what']} {nearest.number} stands "
                    f"there.",
                    Place(_sentence(passage.clean, found.start()), passage.id, passage.page),
                    Place(nearest.caption, nearest.passage_id, nearest.page),
                )


def counts(x: Extracted) -> Iterator[Finding]:
    """Find "six components. These are: ..." with five named."""
    for passage in x.prose:
        spans = sentences(passage.clean)
        for (a, b), (c, d) in pairwise(spans):
            counted = list(_COUNTED.finditer(passage.clean[a:b]))
            listed = _ENUMERATES.match(passage.clean[c:d])
            if not counted or not listed:
                continue
            members = [
                m
                for m in re.split(
                    r"\s*[,;]\s*(?:and\s+|y\s+)?|\s+(?:and|y)\s+",
                    passage.clean[c + listed.end() : d],
                )
                if m
            ]
            said = _COUNTS[counted[-1]["count"].casefold()]
            if len(members) >= 2 and len(members) != said:
                yield Finding(
                    "count", f"{counted[-1].group()} are announced, {len(members)} are listed.",
                    Place(passage.clean[a:b], passage.id, passage.page),
                    Place(passage.clean[c:d], passage.id, passage.page),
                )  # fmt: skip


def scales(x: Extracted) -> Iterator[Finding]:
    """Find "20,000 thousand" or "1bn billion": a number that was scaled twice."""
    for passage in x.prose:
        for found in _TWICE_SCALED.finditer(passage.clean):
            sentence = _sentence(passage.clean, found.start())
            yield Finding(
                "impossible number", f"“{found.group()}” is scaled twice.",
                Place(sentence, passage.id, passage.page),
                Place(found.group(), passage.id, passage.page),
            )  # fmt: skip


def amounts(x: Extracted) -> Iterator[Finding]:
    """One share of one thing that comes to two amounts."""
    seen: dict[tuple[str, str], tuple[str, Passage, str]] = {}
    for passage in x.prose:
        for start, end in sentences(passage.clean):
            sentence = passage.clean[start:end]
            for share in _SHARE_OF.finditer(sentence):
                amount = _AMOUNT.search(sentence, share.end(), share.end() + 40)
                if not amount:
                    continue
                key = (fold(share.group()), fold(amount["unit"]))
                number, other, words = seen.setdefault(key, (amount["number"], passage, sentence))
                if number != amount["number"]:
                    yield Finding(
                        "two numbers for one thing",
                        f"{share.group()} is {number} {amount['unit']} in one place and "
                        f"{amount['number']} in another.",
                        Place(words, other.id, other.page),
                        Place(sentence, passage.id, passage.page),
                    )  # fmt: skip


def wording(x: Extracted) -> Iterator[Finding]:
    """A recommendation whose brief and full titles hold the same words in another order."""
    rows = {r.id: r for r in _of(x, Recommendation)}
    for brief in rows.values():
        full = rows.get(brief.matches_id or 0)
        if brief.form != "brief" or full is None:
            continue
        a, b = tokens(brief.title), tokens(full.title)
        if a != b and sorted(a) == sorted(b):
            yield Finding(
                "recommendation wording",
                "Brief and full title have the same words in another order.",
                Place(brief.title, None, brief.page), Place(full.title, None, full.page),
            )  # fmt: skip


def stray_headings(x: Extracted) -> Iterator[Finding]:
    """A sub-heading of the regions' profiles that stands under something else."""
    profiled = {r.section_id for r in _of(x, Region)}
    if not profiled:
        return
    inside = {fold(s.heading): s for s in x.reading.sections if s.parent_id in profiled}
    used: dict[str, int] = defaultdict(int)
    for section in x.reading.sections:
        used[fold(section.heading)] += section.parent_id in profiled
    for section in x.reading.sections:
        key = fold(section.heading)
        is_stray = section.parent_id not in profiled and section.id not in profiled
        if is_stray and used[key] >= 2 and kind_of(section.heading):
            statement = "A sub-heading of the profiles stands under another chapter."
            yield _headings("misplaced heading", statement, section, inside[key])


def spellings(x: Extracted) -> Iterator[Finding]:
    """A name of several words that is written in two ways: accents, capitals or apostrophes."""
    found: dict[str, dict[str, Place]] = defaultdict(dict)
    for passage in x.reading.passages:
        for match in _NAME.finditer(passage.clean):
            name = re.sub(r"^(?:The|El|La|Los|Las)\s+", "", match.group())
            if not name.isupper() and " " in name:
                place = Place(name, passage.id, passage.page)
                found[letters(name)].setdefault(" ".join(name.split()), place)
    for forms in found.values():
        for a, b in combinations(list(forms.values())[:4], 2):
            yield Finding("name variant", f"“{a.text}” is also written “{b.text}”.", a, b)


def affiliations(x: Extracted) -> Iterator[Finding]:
    """An acronym of the same person's organisation that differs by a letter from place to place."""
    said = [
        (
            person_key(q.speaker),
            q.organisation or "",
            Place(q.organisation or "", q.passage_id, q.page),
        )
        for q in _of(x, Quote)
    ]
    listed = [
        (person_key(p.name), p.organisation or "", Place(p.row_text, p.passage_id, p.page))
        for p in _of(x, Participant)
    ]
    for name, body, place in said:
        for other, other_body, other_place in listed:
            if name != other:
                continue
            for a, b in product(_ACRONYM.findall(body), _ACRONYM.findall(other_body)):
                if (a.startswith(b) or b.startswith(a)) and abs(len(a) - len(b)) == 1:
                    yield Finding(
                        "name variant", f"“{a}” is also written “{b}”.", place, other_place
                    )


CHECKS: tuple[Check, ...] = (
    numbering, references, counts, amounts, scales, wording, stray_headings, repeated_captions,
    repeated_paragraphs, repeated_notes, spellings, affiliations,
)  # fmt: skip


def _of(x: Extracted, kind: type[R]) -> list[R]:
    return [r for r in x.records if isinstance(r, kind)]


def _place(passage: Passage) -> Place:
    return Place(passage.clean, passage.id, passage.page)


def _headings(kind: str, statement: str, a: Section, b: Section) -> Finding:
    return Finding(kind, statement, Place(a.heading, None, a.page), Place(b.heading, None, b.page))


def _sentence(text: str, at: int) -> str:
    return next((text[a:b] for a, b in sentences(text) if a <= at < b), text)

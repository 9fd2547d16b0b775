"""All records of a loaded knowledge base, read once, and where each of them stands."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar, cast

from index.search import Searcher
from kb.excerpt import Span, Spans, located
from kb.profiles import names
from kb.proof import Spanned
from kb.records import (
    Acronym,
    DataTable,
    Discrepancy,
    Figure,
    Footnote,
    FootnoteCitation,
    Hit,
    Interview,
    Organisation,
    Participant,
    Passage,
    Person,
    Quote,
    Recommendation,
    Record,
    Region,
    RegionFact,
    Statistic,
    UseCase,
    UseCaseResult,
    View,
)  # fmt: skip

KEPT: tuple[type[Record], ...] = (
    Person, Organisation, Participant, Quote, View, UseCase, UseCaseResult, Recommendation,
    Footnote, FootnoteCitation, Interview, Region, RegionFact, Acronym, Statistic, Discrepancy,
    Figure, DataTable,
)  # fmt: skip
# What is shown beside the passage it came from, in this order.
SHOWN: tuple[type[Record], ...] = (
    Quote, View, Statistic, Acronym, Participant, Recommendation, UseCase, DataTable, Figure,
    Region, RegionFact, Discrepancy,
)  # fmt: skip

R = TypeVar("R", bound=Record)
P = TypeVar("P", Participant, Quote)
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Place:
    """A passage, and the stretch of its text that holds a record's words. span is None where the
    words begin outside any passage, as a heading does: then the first passage under it.
    """

    hit: Hit
    span: Span | None

    @property
    def words(self) -> str:
        """The stretch; the whole passage where there is none."""
        text = self.hit.passage.text
        return text[slice(*self.span)] if self.span else text


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T_co]):
    """A record and where its words stand."""

    record: T_co
    place: Place


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, and a place that cites it: the stretch is the mark."""

    footnote: Footnote
    place: Place


@dataclass(frozen=True, repr=False)
class Shelf:
    """Records by table and id. Nothing is read from the database after it was made."""

    searcher: Searcher
    rows: Mapping[str, Mapping[int, Record]]

    @classmethod
    def of(cls, searcher: Searcher) -> Shelf:
        """Read all records of KEPT."""
        with searcher.lock:
            read = {kind: searcher.store.all(kind) for kind in KEPT}
        return cls(
            searcher, {kind.table: {row.id: row for row in own} for kind, own in read.items()}
        )

    def all(self, kind: type[R]) -> Sequence[R]:
        """Records of one of KEPT, by id."""
        return cast("list[R]", list(self.rows[kind.table].values()))

    def get(self, kind: type[R], id: int | None) -> R | None:
        """One record, or None."""
        return cast("R | None", self.rows[kind.table].get(id or 0))

    def hit(self, passage_id: int) -> Hit:
        """A passage and where it stands."""
        return self.searcher.place(passage_id)

    def passages_of(self, record: Spanned) -> tuple[int, ...]:
        """Ids of the passages that a record's spans begin in, in the order of its spans; the first
        passage of its section where its words stand in none.
        """
        starts, ids = self._begins.get(record.document_id, ((), ()))
        passages = self.searcher.passages
        found = [(ids[bisect_right(starts, a) - 1], a) for a, _ in record.spans if ids]
        held = (p for p, a in found if any(x <= a < y for x, y in passages[p].spans))
        kept = tuple(dict.fromkeys(held))
        section = getattr(record, "section_id", None)
        return kept or tuple(p.id for p in self.in_section.get(section, ())[:1])

    @cached_property
    def _begins(self) -> Mapping[int, tuple[Sequence[int], Sequence[int]]]:
        """Document -> where the spans of its passages start, in order, and whose they are."""
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for passage in self.searcher.passages.values():
            spans[passage.document_id] += [(start, passage.id) for start, _ in passage.spans]
        ordered = {document: sorted(own) for document, own in spans.items()}
        return {d: ([a for a, _ in own], [p for _, p in own]) for d, own in ordered.items()}

    @cached_property
    def in_section(self) -> Mapping[int | None, Sequence[Passage]]:
        """Section -> its passages in order, those of its sub-sections apart."""
        found: dict[int | None, list[Passage]] = defaultdict(list)
        for passage in self.in_order:
            found[passage.section_id].append(passage)
        return found

    def headings(self, section_id: int | None) -> tuple[int, ...]:
        """Ids of the passages that are a section's heading."""
        own = self.in_section.get(section_id, ())
        return tuple(p.id for p in own if p.kind == "heading")

    def held_by(self, record: Record) -> tuple[int, ...]:
        """Ids of the passages that hold a record: the one it names, else those of its spans."""
        named: int | None = getattr(record, "passage_id", None)
        return (named,) if named else self.passages_of(cast(Spanned, record))

    def place(self, record: Record) -> Place | None:
        """Where a record's words begin; None if neither they nor its section are in a passage."""
        ids = self.held_by(record)
        if not ids:
            return None
        return Place(self.hit(ids[0]), self._span(ids[0], getattr(record, "spans", ())))

    def _span(self, passage_id: int, spans: Spans) -> Span | None:
        passage = self.searcher.passages[passage_id]
        source = self.searcher.documents[passage.document_id].text
        return located(passage.text, passage.spans, source, spans)

    def sourced(self, records: Sequence[R]) -> tuple[Sourced[R], ...]:
        """Records with their places; they keep their order."""
        placed = ((record, self.place(record)) for record in records)
        return tuple(Sourced(record, place) for record, place in placed if place)

    def by_person(self, kind: type[P], person_id: int) -> Sequence[P]:
        """Rows of lists, or quotations, of one person, by id."""
        return cast("Sequence[P]", self._persons[kind.table].get(person_id, ()))

    @cached_property
    def _persons(self) -> Mapping[str, Mapping[int | None, Sequence[Record]]]:
        rows, quotes = defaultdict(list), defaultdict(list)
        for row in self.all(Participant):
            rows[row.person_id].append(row)
        for quote in self.all(Quote):
            quotes[quote.person_id].append(quote)
        return {Participant.table: rows, Quote.table: quotes}

    @cached_property
    def turns(self) -> Mapping[str, Sequence[Passage]]:
        """Key of a speaker's name (see names.key) -> the turns, in the order of the documents."""
        found: dict[str, list[Passage]] = defaultdict(list)
        for passage in self.in_order:
            if passage.kind == "turn" and passage.speaker:
                found[names.key(passage.speaker)].append(passage)
        return found

    @cached_property
    def in_order(self) -> Sequence[Passage]:
        """All passages, as the documents have them. A passage of kind heading has no position of
        its own (-1); it comes before the first other one of its section.
        """
        passages = sorted(self.searcher.passages.values(), key=lambda p: -p.position)
        firsts = {p.section_id: p.position for p in passages if p.kind != "heading"}

        def place(passage: Passage) -> tuple[int, int, bool]:
            is_heading = passage.kind == "heading"
            position = firsts.get(passage.section_id, -1) if is_heading else passage.position
            return passage.document_id, position, not is_heading

        return sorted(passages, key=place)

    @cached_property
    def before(self) -> Mapping[int, Passage]:
        """Passage -> the one before it in its document."""
        pairs = zip(self.in_order, self.in_order[1:], strict=False)
        return {b.id: a for a, b in pairs if a.document_id == b.document_id}

    @cached_property
    def _keys(self) -> Sequence[tuple[str, Passage]]:
        return [(names.key(p.text), p) for p in self.in_order]

    def naming(self, called: Sequence[str]) -> tuple[tuple[Passage, Spans], ...]:
        """Passages that name somebody or something in one of these ways, and where, in order."""
        wanted = [names.key(name) for name in called]
        near = (p for text, p in self._keys if any(w in text for w in wanted))
        found = ((p, {m for name in called for m in names.mentions(name, p.text)}) for p in near)
        return tuple((p, tuple(sorted(marks))) for p, marks in found if marks)

    @cached_property
    def bodies(self) -> Mapping[str, Sequence[str]]:
        """Key of a spelling -> all spellings of the organisation."""
        spellings = ((o.name, *o.variants.split("; ")) for o in self.all(Organisation))
        return {names.key(s): [n for n in own if n] for own in spellings for s in own if s}

    @cached_property
    def records_at(self) -> Mapping[int, Sequence[Record]]:
        """Passage -> the records that came from it, by kind and id; a record of several passages
        at the first.
        """
        found: dict[int, list[Record]] = defaultdict(list)
        for record in (record for kind in SHOWN for record in self.all(kind)):
            places = (
                (record.left_passage_id, record.right_passage_id)
                if isinstance(record, Discrepancy)
                else self.held_by(record)[:1]
            )
            for passage in dict.fromkeys(p for p in places if p):
                found[passage].append(record)
        return found

    def full_form(self, row: Recommendation) -> Recommendation:
        """The full form of a matched pair; else the row itself."""
        other = self.get(Recommendation, row.matches_id)
        return other if other and row.form == "brief" else row

    def notes(self, passages: Sequence[int]) -> tuple[Note, ...]:
        """Footnotes that passages cite, in the order of the marks."""
        cited = [c for p in passages for c in self._citations.get(p, ())]
        return tuple(
            Note(note, Place(self.hit(c.passage_id), (c.start, c.end)))
            for c in cited
            if (note := self.get(Footnote, c.footnote_id))
        )

    @cached_property
    def _citations(self) -> Mapping[int, Sequence[FootnoteCitation]]:
        found: dict[int, list[FootnoteCitation]] = defaultdict(list)
        for citation in sorted(self.all(FootnoteCitation), key=lambda c: (c.passage_id, c.start)):
            found[citation.passage_id].append(citation)
        return found

"""A loaded knowledge base that searches and answers: what the command line and the pages call."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path

from index.countries import also_called
from index.encode import Encoder, Vectors
from index.likeness import Cover
from index.rank import FOUND
from index.reading import other_names
from index.search import MAX_QUESTION, Page, Searcher, check, check_filters
from kb.answer.compare import is_on_both, joined, sides
from kb.answer.compose import Knowledge, answer
from kb.answer.counted import counted
from kb.answer.extract import Context
from kb.answer.follow import carried_on, leans, names_any, quoted, understood
from kb.answer.known import Known
from kb.answer.sheets import Sheet
from kb.answer.tabled import Tables
from kb.excerpt import Span, Spans, located
from kb.profiles.nearest import Atlas
from kb.profiles.shelf import Shelf
from kb.question import Query, Question, labels_said, read_labels
from kb.records import (
    Acronym,
    Answer,
    DataCell,
    DataTable,
    Document,
    Figure,
    Footnote,
    FootnoteCitation,
    Passage,
    Quote,
    Recommendation,
    Region,
    Turn,
    UseCase,
    View,
)  # fmt: skip
from kb.store import Store, rows_by_owner
from kb.text import fold, language_of, stemmed, tokens

_CODE = re.compile(r"\bR(\d{1,2})\b")  # of a recommendation
ASKED_WORDS = 256  # whose likeness to the documents' words is kept
EXAMPLES = 2  # of each kind
TOPIC = 0.15  # of the passages
ANSWER_HITS = 10  # passages that an answer is drawn from and that are listed with it


@dataclass(frozen=True, repr=False)  # a traceback would print the knowledge base
class Service:
    """Search and answers over one knowledge base."""

    searcher: Searcher
    knowledge: Knowledge
    footnotes: Mapping[int, Footnote]  # by id of the passage that holds the note
    notes: Mapping[int, Sequence[Footnote]]  # by id of the passage where their marks stand
    examples: Sequence[tuple[str, str, str]]  # what it can be asked about: ("speaker", "Ana Ruiz")

    @classmethod
    def load(cls, db: Path, encoder: Encoder) -> Service:
        """Open a knowledge base with its index.

        :raises KBError: see Searcher.load.
        """
        searcher = Searcher.load(db, encoder)
        store = searcher.store
        footnotes = {f.passage_id: f for f in store.all(Footnote)}
        notes = _notes(store, {f.id: f for f in footnotes.values()})
        return cls(searcher, _knowledge(searcher), footnotes, notes, _examples(store))

    def search(
        self,
        question: str,
        size: int,
        offset: int = 0,
        filters: Mapping[str, str] | None = None,
        sort: str = "relevance",
    ) -> Page:
        """Hits for a question; see Searcher.search. Where rows of our records answer it, the
        passages that hold them come first.
        """
        check(question, size, offset, filters or {}, sort)
        query = self.searcher.read(question)
        found = counted(query.texts, query.language, self.knowledge.tables.ask)
        query = replace(query, proven=found.passages if found and found.is_shown else ())
        return self.searcher.find(query, size, offset, filters, sort)

    def ask(
        self,
        question: str,
        filters: Mapping[str, str] | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """A cited answer, or a refusal with its reason.

        :param history: earlier turns of the conversation, oldest first.
        """
        asked = understood(question, history, self.searcher.names, self.is_place, self.topics)
        check_filters(filters or {})
        said = quoted(history[-1]) if history and leans(question) else ()
        goes_on = bool(said) or asked != question
        given = self._answer(asked, filters, said, goes_on)
        if history and not goes_on and not names_any(question, self.searcher.names, self.topics):
            given = self._likelier(given, question, filters, history)
        return replace(given, question=question)

    def _likelier(
        self,
        given: Answer,
        question: str,
        filters: Mapping[str, str] | None,
        history: Sequence[Turn],
    ) -> Answer:
        """An answer, or the likelier one to the question with the subject of the turn before: it
        may go on from that without a word that says so.
        """
        if _odds(given) >= FOUND:
            return given
        asked = carried_on(question, history, self.searcher.names, self.is_place, self.topics)
        other = self._answer(asked, filters, quoted(history[-1]), goes_on=False)
        return other if _odds(other) > _odds(given) else given

    def _answer(
        self, asked: str, filters: Mapping[str, str] | None, said: Sequence[str], goes_on: bool
    ) -> Answer:
        """What is answered to a question that stands alone.

        :param said: what was quoted in answer to the turn that it goes on from, if it does.
        """
        query = self.searcher.read(asked[:MAX_QUESTION])
        query = replace(query, text=asked, said=tuple(said), goes_on=goes_on)
        given = self._found(query, filters)
        if not is_on_both(query.own, given):
            each = [self._found(self.searcher.read(side), filters) for side in sides(query.own)]
            given = joined(query.own, given, each)
        return replace(given, understood=asked)

    def _found(self, query: Query, filters: Mapping[str, str] | None) -> Answer:
        query = replace(query, named=self._named(query.own))
        hits = self.searcher.nearest(query, ANSWER_HITS, filters)
        return answer(query, hits, self.knowledge)

    def _named(self, question: Question) -> tuple[int, ...]:
        """The passages of the recommendations whose number a question gives; of several documents
        those of the one that calls them so: "propuesta 5".
        """
        numbers = [number for kind, number in question.labels if kind == "recommendation"]
        numbers += _CODE.findall(question.text)
        found = [(i, r) for i, r in self.knowledge.recommendations.items() if r.number in numbers]
        said, passages = labels_said(question.text), self.searcher.passages
        called = {r.id for i, r in found if fold(passages[i].text).startswith(said)}
        return tuple(i for i, r in found if not called or r.id in called)

    @cached_property
    def topics(self) -> frozenset[str]:
        """Folded words that stand in so many passages that the documents are about them, and the
        documents' titles.
        """
        least = TOPIC * len(self.searcher.passages)
        words = (w for w, n in self.searcher.frequency.items() if n >= least)
        return frozenset({*words, *(fold(d.title) for d in self.searcher.documents.values())})

    def is_place(self, name: str) -> bool:
        """Whether a name is one of a region that has a profile, or of a country."""
        regions = {fold(place) for place in self.knowledge.known.places}
        return fold(name) in regions or bool(also_called(name))

    @cached_property
    def shelf(self) -> Shelf:
        """All records, read when a page of a record is first asked for."""
        return Shelf.of(self.searcher)

    @cached_property
    def atlas(self) -> Atlas:
        """Where records lie in meaning, made likewise."""
        return Atlas.of(self.shelf)

    def marks(self, passage_id: int) -> Sequence[Span]:
        """Where footnote marks stand in a passage's text."""
        return self.knowledge.context.marks.get(passage_id, ())


def _odds(given: Answer) -> float:
    """The log odds of the likeliest stretch that an answer quotes; of a refusal none. Cells and
    counts are not read by the reranker, and answer.
    """
    read = [
        part.odds
        for c in given.citations
        for part in c.hit.parts
        if part.stretch.start < c.end and c.start < part.stretch.end
    ]
    return max([*read, FOUND if given.rows else -math.inf])


def _knowledge(searcher: Searcher) -> Knowledge:
    store = searcher.store
    context = Context(
        following=partial(_following, _by_section(searcher)),
        quotes=_quotes(searcher),
        weight=searcher.vocabulary.weight,
        place=searcher.place,
        marks=_marks(store),
    )
    return Knowledge(
        known=Known(
            searcher.frequency + _labels_of_rows(searcher),
            _labels(searcher),
            {fold(a.acronym): a.expansion for a in store.all(Acronym)},
            other_names,
            [r.name for r in store.all(Region)],
            _holders(store),
            _likeness(searcher),
        ),
        context=context,
        roles={q.passage_id: q.role for q in store.all(Quote) if q.role},
        recommendations=_recommendations(searcher),
        tables=Tables(
            partial(_asked, searcher),
            _sheets(searcher),
            searcher.place,
            partial(_located, searcher),
            partial(_alike, searcher.encoder),
        ),
        sole=next(d.title for d in searcher.documents.values())
        if len(searcher.documents) == 1
        else "",
    )


def _holders(store: Store) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for view in store.all(View):
        found[view.passage_id].append(view.holder)
    return dict(found)


def _likeness(searcher: Searcher) -> Callable[[str, str, Collection[str] | None], float]:
    """How like a word the likest of the documents' words is, or of those given; see Cover."""

    @lru_cache(ASKED_WORDS)
    def row(word: str, language: str) -> Vectors:
        cover = Cover.of([word], language, searcher.vocabulary, searcher.encoder)
        likeness: Vectors = cover.likeness[0]
        return likeness

    def likeness(word: str, language: str, others: Collection[str] | None) -> float:
        if others is None:
            return float(row(word, language).max())
        stems = stemmed(list(others), language)
        places = [i for stem in stems for i in searcher.vocabulary.stems.get((language, stem), ())]
        return float(row(word, language)[places].max()) if places else 0.0

    return likeness


def _labels_of_rows(searcher: Searcher) -> Counter[str]:
    """Words of tables' and charts' labels, which may stand in no passage."""
    rows = (s for own in searcher.stretches.values() for s in own if s.kind == "row")
    return Counter(word for row in rows for word in set(tokens(row.reading)))


def _asked(searcher: Searcher, sql: str, values: Sequence[object]) -> Sequence[Sequence[object]]:
    with searcher.lock:
        return [tuple(row) for row in searcher.store.rows(sql, values)]


def _located(searcher: Searcher, passage_id: int, spans: Spans) -> Span | None:
    passage = searcher.passages[passage_id]
    source = searcher.documents[passage.document_id].text
    return located(passage.text, passage.spans, source, spans)


def _alike(encoder: Encoder, text: str, others: Sequence[str]) -> Sequence[float]:
    """Cosines of a text and others; all encoders share one space."""
    asked, *rows = encoder.encode([text, *others], language_of(text))
    return [float(asked @ row) for row in rows]


def _sheets(searcher: Searcher) -> Sequence[Sheet]:
    store = searcher.store
    cells = rows_by_owner(store.all(DataCell))
    owners: list[DataTable | Figure] = [*store.all(DataTable), *store.all(Figure)]
    made = []
    for sheet in owners:
        rows = tuple(tuple(row) for row in cells.get((sheet.table, sheet.id), []))
        label, sql_table = (
            ("Table", sheet.sql_table) if isinstance(sheet, DataTable) else ("Figure", None)
        )
        caption = f"{label} {sheet.number}. {sheet.caption}" if sheet.number else sheet.caption
        above = searcher.passages[sheet.passage_id].context
        made.append(Sheet(sheet.passage_id, caption, rows, sql_table, above))
    return made


def _recommendations(searcher: Searcher) -> Mapping[int, Recommendation]:
    """Passage -> the recommendation whose words begin it, a lettered item before its parent."""
    begins = {
        (p.document_id, start): p.id for p in searcher.passages.values() for start, _ in p.spans
    }
    rows = sorted(searcher.store.all(Recommendation), key=lambda r: r.label is not None)
    return {
        begins[row.document_id, start]: row
        for row in rows
        for start, _ in row.spans
        if (row.document_id, start) in begins
    }


def _by_section(searcher: Searcher) -> Mapping[tuple[int, int | None], Sequence[Passage]]:
    found: dict[tuple[int, int | None], list[Passage]] = defaultdict(list)
    for passage in sorted(searcher.passages.values(), key=lambda p: p.position):
        found[passage.document_id, passage.section_id].append(passage)
    return found


def _following(
    sections: Mapping[tuple[int, int | None], Sequence[Passage]], passage: Passage
) -> Sequence[Passage]:
    own = sections[passage.document_id, passage.section_id]
    return own[own.index(passage) + 1 :]


def _quotes(searcher: Searcher) -> Mapping[int, Sequence[tuple[Span, Quote]]]:
    found: dict[int, list[tuple[Span, Quote]]] = defaultdict(list)
    for quote in searcher.store.all(Quote):
        if at := _located(searcher, quote.passage_id, quote.spans):
            found[quote.passage_id].append((at, quote))
    return found


def _labels(searcher: Searcher) -> frozenset[tuple[str, str]]:
    """Tables, figures and annexes that the documents have: where a passage or section begins."""
    beginnings = [p.text[:40] for p in searcher.passages.values()]
    headings = [s.heading for s in searcher.sections.values()]
    numbers = [f"recommendation {r.number}" for r in searcher.store.all(Recommendation) if r.number]
    texts = (*beginnings, *headings, *numbers)
    return frozenset(label for text in texts for label in read_labels(text))


def _examples(store: Store) -> list[tuple[str, str, str]]:
    """What questions can be made of, two of each kind: ("speaker", "Ana Ruiz", ""). The last is the
    language of the words, "" for names.
    """
    names = [u.name for u in store.all(UseCase) if u.name and u.name != u.organisation]
    languages = {d.id: d.language for d in store.all(Document)}
    areas = [r.area.lower() for r in store.all(Recommendation) if r.area]
    (spoken,) = set(languages.values()) if len(set(languages.values())) == 1 else ("",)
    speakers = [q.speaker for q in store.all(Quote) if not q.speaker.isupper()]
    made = {"area": areas, "speaker": speakers, "case": names}
    return [
        (kind, name, spoken if kind == "area" else "")
        for kind, own in made.items()
        for name in list(dict.fromkeys(own))[:EXAMPLES]
    ]


def _notes(store: Store, footnotes: Mapping[int, Footnote]) -> dict[int, list[Footnote]]:
    notes: dict[int, list[Footnote]] = defaultdict(list)
    for mark in store.all(FootnoteCitation):
        notes[mark.passage_id].append(footnotes[mark.footnote_id])
    return dict(notes)


def _marks(store: Store) -> dict[int, list[Span]]:
    marks: dict[int, list[Span]] = defaultdict(list)
    for mark in store.all(FootnoteCitation):
        marks[mark.passage_id].append((mark.start, mark.end))
    return dict(marks)

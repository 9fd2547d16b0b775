"""Question -> hits: words, meaning, cover and the words each in its place, added up; for each hit
why it is there.
"""

from __future__ import annotations

import math
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path

from index import lexical
from index.encode import Encoder
from index.late import TokenIndex
from index.likeness import Vocabulary
from index.make import PARTS, PASSAGES, STRETCHES, TOKEN_PARTS
from index.rank import LEAST_MEANING, Candidate, Ranker
from index.reading import Reader
from index.reranker import reranker_for
from index.vectors import VectorIndex
from index.words import WordTable
from kb.errors import QuestionError
from kb.excerpt import Spans
from kb.facets import divide, unmet
from kb.question import Query
from kb.records import (
    UNREAD,
    Acronym,
    Build,
    Document,
    Hit,
    Organisation,
    Part,
    Participant,
    Passage,
    Person,
    Quote,
    Region,
    Section,
    Stretch,
    UseCase,
    Word,
)  # fmt: skip
from kb.store import Store, vectors_folder
from kb.text import fold

MAX_QUESTION = 1000  # characters
MAX_SIZE = 100  # hits a page
PROVEN = "record that answers"  # of Hit.why
FACETS = ("kind", "document", "section", "sector", "region", "speaker")
FILTERS = (*FACETS, "lang")
SORTS = ("relevance", "place", "speaker")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of hits, how many there are in all, and how the result divides by facet. A facet's
    numbers are under the other filters, so that they say what choosing another value would give.
    """

    hits: tuple[Hit, ...]
    count: int
    facets: Mapping[str, list[tuple[str, int]]]


@dataclass(repr=False)  # a traceback would print every passage
class Searcher:
    """A loaded knowledge base that can be searched from several threads."""

    store: Store
    encoder: Encoder
    vectors: VectorIndex
    stretch_vectors: VectorIndex
    stretch_tokens: TokenIndex
    passage_tokens: TokenIndex
    vocabulary: Vocabulary
    names: Collection[str] = ()  # of people, bodies and places; no translation touches them
    passages: dict[int, Passage] = field(default_factory=dict)
    stretches: dict[int, list[Stretch]] = field(default_factory=dict)  # by passage
    sections: dict[int, Section] = field(default_factory=dict)
    documents: dict[int, Document] = field(default_factory=dict)
    groups: dict[int, tuple[Participant, ...]] = field(
        default_factory=dict
    )  # by passage: who says it
    speakers: dict[int, str] = field(default_factory=dict)  # by passage: the person's name
    frequency: Counter[str] = field(default_factory=Counter)  # folded word -> passages it stands in
    lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def reader(self) -> Reader:
        """What reads the questions."""
        return Reader(self.store, self.lock, self.names, self.languages, self.frequency)

    @cached_property
    def ranker(self) -> Ranker:
        """What ranks the passages."""
        return Ranker(
            self.store, self.lock, self.encoder, reranker_for(self.encoder), self.vectors,
            self.stretch_vectors, self.stretch_tokens, self.passage_tokens, self.vocabulary,
            self.passages, self.stretches, self.sections, self.languages, lambda: self.table,
        )  # fmt: skip

    @property
    def table(self) -> WordTable:
        """The word table."""
        return self.reader.table

    @cached_property
    def build(self) -> Build:
        """How the knowledge base was made."""
        with self.lock:
            return self.store.build()

    @cached_property
    def languages(self) -> frozenset[str]:
        """Languages of the documents."""
        return frozenset(d.language for d in self.documents.values())

    def warm(self) -> None:
        """Read what the first question of each language would wait for."""
        for text in ("What data is there?", "¿Qué datos hay?"):
            self.rank(self.read(text))

    @classmethod
    def load(cls, path: Path, encoder: Encoder) -> Searcher:
        """Open a knowledge base and its index.

        :raises KBError: the file is no knowledge base, or the index is not its own.
        """
        store = Store.open(path)
        build = store.build()
        folder = vectors_folder(path, build.passages_sha256)
        of_passages, of_stretches, of_words = (VectorIndex.load(folder / p, build) for p in PARTS)
        tokens_of = {p: TokenIndex.load(folder / name, build) for p, name in TOKEN_PARTS.items()}
        passages, words = store.all(Passage), store.all(Word)
        vocabulary = Vocabulary.of(words, of_words, passages)
        made = cls(
            store,
            encoder,
            of_passages,
            of_stretches,
            tokens_of[STRETCHES],
            tokens_of[PASSAGES],
            vocabulary,
            names_of(store),
        )
        made.passages = {p.id: p for p in passages}
        made.stretches = {
            id: list(own) for id, own in groupby(store.all(Stretch), key=lambda s: s.passage_id)
        }
        made.sections = {s.id: s for s in store.all(Section)}
        made.documents = {d.id: d for d in store.all(Document)}
        for word in words:
            made.frequency[word.word] += word.passages
        made.groups = _groups(store)
        made.speakers = _speakers(store)
        return made

    def search(
        self,
        question: str,
        size: int = 10,
        offset: int = 0,
        filters: Mapping[str, str] | None = None,
        sort: str = "relevance",
    ) -> Page:
        """Hits for a question, best first.

        :param size: hits on a page, at most MAX_SIZE.
        :param filters: of FILTERS; a hit has to meet all of them.
        :param sort: of SORTS; place is the order of reading.
        :raises QuestionError: the question is too long, or the page, a filter or the order is
            unknown or out of bounds.
        """
        check(question, size, offset, filters or {}, sort)
        return self.find(self.read(question), size, offset, filters, sort)

    def find(
        self,
        query: Query,
        size: int,
        offset: int = 0,
        filters: Mapping[str, str] | None = None,
        sort: str = "relevance",
    ) -> Page:
        """Hits for a question that was read; see Searcher.search."""
        ranked, missed = self._found(query, filters)
        found = [c for c, names in zip(ranked, missed, strict=True) if not names]
        if sort != "relevance":
            found.sort(key=self._by_speaker if sort == "speaker" else self._by_place)
        hits = [
            self._hit(c, rank, query)
            for rank, c in enumerate(found[offset : offset + size], start=offset + 1)
        ]
        return Page(tuple(hits), len(found), self._facets(ranked, missed))

    def nearest(
        self, query: Query, size: int, filters: Mapping[str, str] | None = None
    ) -> list[Hit]:
        """The first hits for a question that was read."""
        ranked, missed = self._found(query, filters)
        found = [c for c, names in zip(ranked, missed, strict=True) if not names]
        return [self._hit(c, rank, query) for rank, c in enumerate(found[:size], start=1)]

    def _found(
        self, query: Query, filters: Mapping[str, str] | None
    ) -> tuple[list[Candidate], list[tuple[str, ...]]]:
        """Every passage that is found, best first, and the filters that each does not meet."""
        wanted = {name: fold(value) for name, value in (filters or {}).items() if value}
        ranked = self.rank(query)
        return ranked, [self._unmet(self.passages[c.passage_id], wanted) for c in ranked]

    def read(self, text: str) -> Query:
        """A question in its own language and in those of the documents; see Reader.read."""
        return self.reader.read(text)

    def language(self, text: str) -> str:
        """The language of a question; see Reader.language."""
        return self.reader.language(text)

    def rank(self, query: Query) -> list[Candidate]:
        """Every passage that is found, best first; see Ranker.rank."""
        return self.ranker.rank(query)

    def _hit(self, candidate: Candidate, rank: int, query: Query) -> Hit:
        passage = self.passages[candidate.passage_id]
        marks = highlight(passage.text, query.reading(passage.language).words)
        matched = list(dict.fromkeys(fold(passage.text[a:b]) for a, b in marks))
        why = (
            [f"words: {', '.join(matched)}"]
            if matched
            else ["words: in the headings above"]
            if candidate.words
            else []
        )
        if passage.id in query.proven:
            why.insert(0, PROVEN)
        if candidate.cosine >= LEAST_MEANING:
            why.append(f"meaning {candidate.cosine:.2f}")
        if candidate.late:
            why.append(f"word by word {candidate.late:.2f}")
        if candidate.odds:
            likely = 1 / (1 + math.exp(-max(candidate.odds.values())))
            why.append(f"answers {likely:.2f}")
        own = self.stretches.get(passage.id, ())
        return replace(
            self.place(passage.id),
            rank=rank,
            score=candidate.score,
            why=tuple(why),
            highlights=marks,
            parts=tuple(
                Part(
                    s,
                    candidate.stretches[s.id],
                    *candidate.late_stretches.get(s.id, (0.0, 1.0)),
                    candidate.odds.get(s.id, UNREAD),
                )
                for s in own
            ),
        )

    def place(self, passage_id: int) -> Hit:
        """A passage as a hit that no ranking found: where it stands."""
        passage = self.passages[passage_id]
        section = self.sections.get(passage.section_id or 0)
        document = self.documents[passage.document_id].title
        return Hit(passage, document, section.path if section else None, 1, 1.0, (), ())

    def _by_place(self, candidate: Candidate) -> tuple[int, int]:
        passage = self.passages[candidate.passage_id]
        return passage.document_id, passage.position

    def _by_speaker(self, candidate: Candidate) -> tuple[bool, str, tuple[int, int]]:
        speaker = self.passages[candidate.passage_id].speaker or ""
        return not speaker, fold(speaker), self._by_place(candidate)

    def _speaker(self, passage: Passage) -> str | None:
        """Who says a passage, by the name of the person where it is known whose it is."""
        return self.speakers.get(passage.id, passage.speaker)

    def facet_values(self, passage: Passage) -> dict[str, tuple[str, ...]]:
        """What a passage counts as under each facet."""
        section = self.sections.get(passage.section_id or 0)
        rows, speaker = self.groups.get(passage.id, ()), self._speaker(passage)
        return {
            "kind": (passage.kind,),
            "document": (self.documents[passage.document_id].title,),
            "section": (section.path.split(" > ")[0],) if section else (),
            "sector": tuple(
                dict.fromkeys(s for r in rows for s in (r.sector or "").split("; ") if s)
            ),
            "region": tuple(dict.fromkeys(r.region for r in rows if r.region)),
            "speaker": (speaker,) if speaker else (),
        }

    def _unmet(self, passage: Passage, wanted: Mapping[str, str]) -> tuple[str, ...]:
        """The filters that a passage does not meet; a section may be any of its path, a document
        its number.

        :param wanted: filter -> folded value.
        """
        if not wanted:
            return ()
        section = self.sections.get(passage.section_id or 0)
        own = {**self.facet_values(passage), "lang": (passage.language,)}
        own["document"] += (str(passage.document_id),)
        own["speaker"] += (passage.speaker or "",)  # as printed
        own["section"] += (section.path, *section.path.split(" > ")) if section else ()
        return unmet(own, wanted)

    def _facets(
        self, ranked: Sequence[Candidate], missed: Sequence[tuple[str, ...]]
    ) -> dict[str, list[tuple[str, int]]]:
        rows = (
            (self.facet_values(self.passages[c.passage_id]), names)
            for c, names in zip(ranked, missed, strict=True)
            if len(names) < 2
        )
        return divide(rows, FACETS)


def _speakers(store: Store) -> dict[int, str]:
    """Passage -> the name of the person who says it, however it is printed there."""
    names = {p.id: p.name for p in store.all(Person)}
    passages = {q.passage_id: q.person_id for q in store.all(Quote) if q.kind != "inline"}
    return {id: names[person] for id, person in passages.items() if person in names}


def _groups(store: Store) -> dict[int, tuple[Participant, ...]]:
    """Passage -> the rows of the list of participants it is, or whose people it quotes."""
    rows = store.all(Participant)
    of_person: dict[int, list[Participant]] = defaultdict(list)
    for row in rows:
        if row.person_id is not None:
            of_person[row.person_id].append(row)
    found: dict[int, list[Participant]] = defaultdict(list)
    for row in rows:
        found[row.passage_id].append(row)
    for quote in store.all(Quote):
        found[quote.passage_id] += of_person.get(quote.person_id or 0, [])
    return {id: tuple(dict.fromkeys(own)) for id, own in found.items()}


def names_of(store: Store) -> frozenset[str]:
    """Names that the documents give: people, bodies, places, acronyms, cases."""
    found = [
        *(name for p in store.all(Person) for name in (p.name, *p.variants.split("; "))),
        *(name for o in store.all(Organisation) for name in (o.name, *o.variants.split("; "))),
        *(r.name for r in store.all(Region)),
        *(a.acronym for a in store.all(Acronym)),
        *(u.name for u in store.all(UseCase) if u.name),
    ]
    return frozenset(name for name in found if name)


def highlight(text: str, words: Sequence[str]) -> Spans:
    """Where words that match the question's stand in a text."""
    prefixes = tuple(
        lexical.stem(w) for w in words if len(w) >= lexical.LEAST_PREFIX and not w.isdigit()
    )
    marks = []
    for found in re.finditer(r"\w[\w’'.-]*\w|\w", text):
        word = fold(found.group())
        if word in words or (prefixes and word.startswith(prefixes)):
            marks.append(found.span())
    return tuple(marks)


def check(question: str, size: int, offset: int, filters: Mapping[str, str], sort: str) -> None:
    """Make sure that a search can be made.

    :raises QuestionError: see Searcher.search.
    """
    if len(question) > MAX_QUESTION:
        raise QuestionError(
            f"The question has {len(question)} characters; at most {MAX_QUESTION} are read. "
            f"Shorten it."
        )
    if not 1 <= size <= MAX_SIZE or offset < 0:
        raise QuestionError(
            f"_size is {size} and the offset {offset}; give a size from 1 to {MAX_SIZE} and no "
            f"negative offset."
        )
    if sort not in SORTS:
        raise QuestionError(f"There is no order “{sort[:40]}”. Known orders: {', '.join(SORTS)}.")
    check_filters(filters)


def check_filters(filters: Mapping[str, str]) -> None:
    """Make sure that filters are of FILTERS.

    :raises QuestionError: one is not.
    """
    unknown = sorted(set(filters) - set(FILTERS))
    if unknown:
        raise QuestionError(
            f"There is no filter “{unknown[0]}”. Known filters: {', '.join(FILTERS)}."
        )

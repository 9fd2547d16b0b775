"""Question -> passages, best first: words, meaning, cover, the words each in its place, and whether
a stretch reads like an answer, added up.
"""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from index import lexical
from index.encode import Encoder, TokenVectors, Vectors
from index.late import Late, Packed, TokenIndex
from index.likeness import Cover, Vocabulary
from index.reranker import Read, Reranker
from index.vectors import VectorIndex
from index.words import WordTable
from kb.excerpt import BREAK
from kb.question import Query, Question
from kb.records import Passage, Section, Stretch
from kb.store import Store
from kb.text import fold, is_asking, tokens

DEPTH = 200  # candidates of each ranker
# A source's title repeats the words of the sentence that cites it, and says less.
KIND_WEIGHTS = {"footnote": 0.5}
# Words count by their share of the best passage's BM25, meaning by cosine, what is covered by the
# share of the question's words. Fitted on the three invented reports' questions and on 400 of
# SQuAD 2.0, where the first hit is right in 0.86 and by fusion of ranks in 0.78 (2026-11).
WORDS, MEANING, COVERED = 0.7, 1.1, 1.5
PEOPLE = 0.4  # what a row of a list of people gains where people are asked for, else loses
SECTION = 0.3  # of the mean of the three best scores in a passage's section
NAMED_PART = 2.0  # what a passage gains in a part of the document that the question names
PROVEN = 10.0  # what a passage gains whose record answers
# What a passage gains of which, or beside which, the answer before was quoted.
SAME_PASSAGE, SAME_SECTION = 0.5, 0.5
PHRASE = 8  # words by which a quotation is found again
MEANINGS, LEAST_SHARE = 3, 0.15  # of an asked word in another language, beside its translation
LATE = 5.0  # of the late score
REREAD = 60  # best passages that are compared with the question word by word
# What the reranker reads: stretches of the best passages, by their late score and so much of the
# passage's share of the best score; so many at a time, until one answers. The first 4 hold the
# answer in 0.85 to 0.93 of the questions that have one (documents held out, two sets on a real
# report), the first 8 in 0.94 to 0.96.
READ_PASSAGES, READ_STRETCHES, TOGETHER = 10, 9, 3
OF_PASSAGE, FOUND = 0.5, 1.0
# What a passage gains for each unit of its best log odds above the lowest.
ODDS = 0.2
LEAST_MEANING = 0.25  # below this cosine a passage is not found by meaning alone


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with what speaks for it: its share of the best BM25 score, its own cosine, and the
    cosines of its stretches, and how well it meets the question word by word, whole and in each
    stretch, with what is unmet of it there (none if it was not reread), and the log odds that a
    stretch answers, of those that the reranker read.
    """

    passage_id: int
    score: float
    words: float
    cosine: float
    stretches: Mapping[int, float]  # id -> cosine
    late: float = 0.0
    late_stretches: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    odds: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)  # a traceback would print every passage
class Ranker:
    """What ranks the passages of a loaded knowledge base; from several threads."""

    store: Store
    lock: threading.Lock
    encoder: Encoder
    reranker: Reranker | None
    vectors: VectorIndex
    stretch_vectors: VectorIndex
    stretch_tokens: TokenIndex
    passage_tokens: TokenIndex
    vocabulary: Vocabulary
    passages: Mapping[int, Passage]
    stretches: Mapping[int, Sequence[Stretch]]  # by passage
    sections: Mapping[int, Section]
    languages: frozenset[str]  # of the documents
    table: Callable[[], WordTable]  # read when a question in another language is met

    def rank(self, query: Query) -> list[Candidate]:
        """Every passage that words or meaning find, best first."""
        readings = [q for q in query.readings.values() if q.language in self.languages and q.words]
        if not readings:
            return []
        words = list(dict.fromkeys(word for q in readings for word in self._looked_for(query, q)))
        with self.lock:
            by_words = dict(lexical.search(self.store, words, DEPTH))
        best = max(by_words.values(), default=1.0)
        compared = sorted(self.languages | {"en"})
        read = {c: self.encoder.tokens([query.readings[c].meant], c)[0] for c in compared}
        vector = self._vector(query, read)
        near = {i for i, c in self.vectors.search(vector, DEPTH) if c >= LEAST_MEANING}
        found = []
        for question in readings:
            cover = Cover.of(question.words, question.language, self.vocabulary, self.encoder)
            # A passage is compared with the question in its own language.
            ids = [
                i
                for i in sorted(near | by_words.keys() | set(query.named))
                if query.reading(self.passages[i].language) is question
            ]
            own = [s.id for i in ids for s in self.stretches.get(i, ())]
            parts = dict(zip(own, self.stretch_vectors.cosines(vector, own), strict=True))
            for i, cosine in zip(ids, self.vectors.cosines(vector, ids), strict=True):
                share = by_words.get(i, 0.0) / best
                found.append(self._candidate(i, parts, share, cosine, cover.share(i)))
        found = [self._as_person(self._in_part(c, query), query) for c in found]
        found = [_as_proven(c, query) for c in found]
        found = self._by_section(found)
        if query.said:
            found = list(self._going_on(found, query.said))
        found.sort(key=_order)
        nearest = sorted(self._reread(found[:REREAD], query, read), key=_order)
        answering = self._answering(nearest[:READ_PASSAGES], query)
        return sorted([*answering, *nearest[READ_PASSAGES:], *found[REREAD:]], key=_order)

    def _reread(
        self, found: Sequence[Candidate], query: Query, read: Mapping[str, TokenVectors]
    ) -> Iterator[Candidate]:
        """Candidates with their late scores; each is compared with the question in its language.

        :param read: language -> the question in it.
        """
        for language in self.languages:
            own = [c for c in found if self.passages[c.passage_id].language == language]
            reading = query.readings[language]
            late = Late.of(reading, read[language], self.vocabulary.weight)
            parts = [part for c in own for part in self._parts(c)]
            cosines = late.cosines(parts)
            first = 0
            for candidate in own:
                last = first + 1 + len(candidate.stretches)
                yield _with_late(candidate, late, cosines[first:last])
                first = last

    def _answering(self, found: Sequence[Candidate], query: Query) -> Sequence[Candidate]:
        """Candidates with the odds that their stretches answer, as far as the reranker reads them;
        as they are if there is none. No odds put one behind those that are not read.
        """
        if self.reranker is None:
            return found
        reads = {s.id: r for c in found for s, r in self.reads(c)}
        best = max((c.score for c in found), default=1.0)
        shares = {id: OF_PASSAGE * c.score / best for c in found for id in c.stretches}
        order = sorted(reads, key=lambda id: (-reads[id].late - shares[id], id))
        nearest = order[:READ_STRETCHES]
        odds: dict[int, float] = {}
        for language in self.languages:
            own = [id for id in nearest if reads[id].language == language]
            asked = [(query.readings[language].meant, language)]
            if language != query.language:
                asked.append((query.own.meant, query.language))
            for first in range(0, len(own), TOGETHER):
                few = own[first : first + TOGETHER]
                made = self.reranker.log_odds(asked, [reads[id] for id in few])
                odds.update(zip(few, map(float, made), strict=True))
                if max(made) >= FOUND:
                    break
        lowest = min(odds.values(), default=0.0)
        return [_with_odds(c, odds, lowest) for c in found]

    def reads(self, candidate: Candidate) -> Iterator[tuple[Stretch, Read]]:
        """The stretches of a candidate that may answer, as the reranker reads them; a question
        answers none.
        """
        passage = self.passages[candidate.passage_id]
        for stretch in self.stretches.get(passage.id, ()):
            near = (candidate.stretches[stretch.id], *candidate.late_stretches[stretch.id])
            own = passage.text[stretch.start : stretch.end]
            if not is_asking(own):
                is_row = stretch.kind == "row"
                read = _with_speaker(stretch.reading, own.replace(BREAK, ""), passage.speaker)
                yield stretch, Read(read, passage.language, *near, is_row)

    def _parts(self, candidate: Candidate) -> Iterator[Packed]:
        """The token vectors of what stands above a passage, and of each of its stretches."""
        yield self.passage_tokens.rows(candidate.passage_id)
        yield from (self.stretch_tokens.rows(id) for id in candidate.stretches)

    def _as_person(self, candidate: Candidate, query: Query) -> Candidate:
        """Rows of people share words with any question that names a body or a post."""
        if self.passages[candidate.passage_id].kind != "participant":
            return candidate
        if query.own.of_itself:  # those who took part are not those who made it
            return replace(candidate, score=candidate.score - 2 * PEOPLE)
        asked = any(q.asks_people for q in query.readings.values())
        gain = PEOPLE if asked else 0.0 if query.own.wants == "who" else -PEOPLE
        return replace(candidate, score=candidate.score + gain)

    def _in_part(self, candidate: Candidate, query: Query) -> Candidate:
        """What a question says of the closing chapter is looked for there first."""
        section = self.sections.get(self.passages[candidate.passage_id].section_id or 0)
        within = query.own.part and section and re.search(query.own.part, fold(section.path))
        return replace(candidate, score=candidate.score + NAMED_PART) if within else candidate

    def _by_section(self, found: Sequence[Candidate]) -> list[Candidate]:
        """A passage gains from what stands beside it in its section."""
        scores: dict[tuple[int, int | None], list[float]] = defaultdict(list)
        for candidate in sorted(found, key=lambda c: -c.score):
            scores[self._section_of(candidate)].append(candidate.score)
        means = {place: sum(own[:3]) / len(own[:3]) for place, own in scores.items()}
        return [replace(c, score=c.score + SECTION * means[self._section_of(c)]) for c in found]

    def _going_on(self, found: Sequence[Candidate], said: Sequence[str]) -> Iterator[Candidate]:
        """What is asked next mostly stands where the answer before was quoted from."""
        with self.lock:
            ids = {i for q in said for i in lexical.with_phrase(self.store, tokens(q)[:PHRASE])}
        places = {(p.document_id, p.section_id) for i in ids if (p := self.passages.get(i))}
        for c in found:
            gain = SAME_PASSAGE if c.passage_id in ids else 0.0
            gain += SAME_SECTION if self._section_of(c) in places else 0.0
            yield replace(c, score=c.score + gain)

    def _section_of(self, candidate: Candidate) -> tuple[int, int | None]:
        passage = self.passages[candidate.passage_id]
        return passage.document_id, passage.section_id

    def _looked_for(self, query: Query, reading: Question) -> list[str]:
        """The words of a reading, and what else the asked words may mean in its language."""
        if reading.language == query.language:
            return list(reading.words)
        known = self.table().words
        meant = [
            other
            for word in query.own.words
            for other, share in known(word, query.language, reading.language)[:MEANINGS]
            if share >= LEAST_SHARE
        ]
        return [*reading.words, *(w for other in meant for w in tokens(other))]

    def _vector(self, query: Query, read: Mapping[str, TokenVectors]) -> Vectors:
        """Where a question lies: the mean of its readings, as all encoders share one space.
        English is read always: the other encoders were learnt from it and are not as sharp.
        """
        vectors = [
            read[code].whole if code in read else self.encoder.encode([q.meant], code)[0]
            for code, q in query.readings.items()
        ]
        mean: Vectors = np.mean(vectors, axis=0, dtype=np.float32)
        return mean / np.linalg.norm(mean)

    def _candidate(
        self, id: int, parts: Mapping[int, float], words: float, cosine: float, covered: float
    ) -> Candidate:
        stretches = {s.id: parts[s.id] for s in self.stretches.get(id, ())}
        meaning = cosine + max(stretches.values(), default=cosine)
        weight = KIND_WEIGHTS.get(self.passages[id].kind, 1.0)
        score = weight * (WORDS * words + MEANING * meaning + COVERED * covered)
        return Candidate(id, score, words, cosine, stretches)


def _with_speaker(reading: str, own: str, speaker: str | None) -> str:
    """What is read of somebody's words: with who says them.

    :param own: the words, with which the reading ends, but for that of a row.
    """
    if not speaker or not reading.endswith(own):
        return reading
    return f"{reading.removesuffix(own)}{speaker}: “{own}”"


def _as_proven(candidate: Candidate, query: Query) -> Candidate:
    is_proven = candidate.passage_id in (*query.proven, *query.named)
    return replace(candidate, score=candidate.score + PROVEN) if is_proven else candidate


def _with_late(candidate: Candidate, late: Late, cosines: Vectors) -> Candidate:
    """A candidate with its late scores.

    :param cosines: of what stands above the passage, and of its stretches (1 + n, question tokens).
    """
    (whole,) = late.scores(cosines.max(axis=0, keepdims=True))
    framed = np.maximum(cosines[1:], cosines[0])
    own = zip(late.scores(framed), late.unmet(framed), strict=True)
    return replace(
        candidate,
        score=candidate.score + LATE * float(whole),
        late=float(whole),
        late_stretches={
            id: (float(score), float(unmet))
            for id, (score, unmet) in zip(candidate.stretches, own, strict=True)
        },
    )


def _with_odds(candidate: Candidate, odds: Mapping[int, float], lowest: float) -> Candidate:
    """A candidate with the odds of its stretches.

    :param lowest: of all that were read.
    """
    own = {id: odds[id] for id in candidate.stretches if id in odds}
    gain = ODDS * (max(own.values(), default=lowest) - lowest)
    return replace(candidate, score=candidate.score + gain, odds=own)


def _order(candidate: Candidate) -> tuple[float, int]:
    """Best first, ties by id."""
    return -candidate.score, candidate.passage_id

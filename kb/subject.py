"""Is what somebody said on a subject? By the words that they share, and how near they are in
meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.encode import Vectors
from index.rank import Candidate
from index.search import MAX_QUESTION, Searcher
from kb.excerpt import Span
from kb.question import Query, Question
from kb.records import Stretch
from kb.text import fold, stemmed, tokens

# Words are on a subject if a sentence of them holds most of the subject's words and is near it in
# meaning; with fewer of its words it has to be nearer, and so have the words alone, without the
# headings above them that the index reads too; with none, the words alone have to be near. Fitted
# on what is said in the three invented reports: 42 of 46 voices on 51 subjects are right.
MOST, SOME = 0.6, 0.4  # of the subject's words, by how much each tells
LEAST_NEAR, NEAR = 0.3, 0.5  # cosine of subject and sentence
ALONE, ALONE_NEAR = 0.35, 0.6  # of subject and words alone: with some shared words, with none
TOUCHED, TOUCHED_NEAR = 0.3, 0.45  # share of words or cosine, from which nobody is called silent
LEAST_MEANING = 0.15  # share of a word's occurrences, below which a translation is not meant


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject in one language: its words, for each the stems that stand for it, and how much it
    tells.
    """

    words: tuple[str, ...]
    stems: tuple[frozenset[str], ...]
    weights: tuple[float, ...]
    language: str
    text: str

    def share(self, there: Collection[str]) -> float:
        """How much of the subject these stems hold, 0 to 1."""
        found = set(there)
        held = (w for w, own in zip(self.weights, self.stems, strict=True) if own & found)
        return sum(held) / sum(self.weights)

    def worded(self, text: str) -> tuple[str, ...]:
        """The subject's words as a text has them, each in its own form where the text has it."""
        found = tokens(text)
        stems = stemmed(found, self.language)
        return tuple(
            next((t for t, stem in zip(found, stems, strict=True) if stem in own), word)
            for word, own in zip(self.words, self.stems, strict=True)
        )


@dataclass(frozen=True)
class Judge:
    """A subject put to a knowledge base: what of it is near."""

    searcher: Searcher
    aliases: Mapping[str, str]  # folded acronym -> what it stands for
    subjects: Mapping[str, Subject]  # by language
    candidates: Mapping[int, Candidate]  # by passage

    @classmethod
    def of(cls, searcher: Searcher, aliases: Mapping[str, str], text: str) -> Judge:
        """Look a subject up; nothing is near where it has no words."""
        query = searcher.read(text.strip()[:MAX_QUESTION])
        made = {language: subject_of(searcher, query, language) for language in searcher.languages}
        subjects = {language: subject for language, subject in made.items() if subject}
        return cls(searcher, aliases, subjects, {c.passage_id: c for c in searcher.rank(query)})

    def score(self, passage_id: int, at: Span, holder: str = "") -> float:
        """How much words of a passage are on the subject: 0 if they are not, else up to 2.

        :param holder: of a view; the words that name who holds it say nothing of its subject.
        """
        passage = self.searcher.passages[passage_id]
        subject, candidate = self.subjects.get(passage.language), self.candidates.get(passage_id)
        if subject is None or candidate is None:
            return 0.0
        scores = (
            self._score(
                subject, passage.text[a:b].replace(holder, "", 1), candidate.stretches[s.id]
            )
            for s, (a, b) in _within(self.searcher.stretches.get(passage_id, ()), at)
        )
        return max(scores, default=0.0)

    def touches(self, passage_id: int, at: Span, holder: str = "") -> bool:
        """Whether words of a passage hold some of the subject's words, or come near it, on it or
        not: enough not to call who said them silent.
        """
        passage = self.searcher.passages[passage_id]
        subject, candidate = self.subjects.get(passage.language), self.candidates.get(passage_id)
        if subject is None:
            return False
        words = passage.text[at[0] : at[1]].replace(holder, "", 1)
        if subject.share(self._stems(words, subject.language)) >= TOUCHED:
            return True
        own = _within(self.searcher.stretches.get(passage_id, ()), at) if candidate else ()
        return any(candidate and candidate.stretches[s.id] >= TOUCHED_NEAR for s, _ in own)

    def _score(self, subject: Subject, words: str, cosine: float) -> float:
        share = subject.share(self._stems(words, subject.language))
        if share >= MOST:
            return share + cosine if cosine >= LEAST_NEAR else 0.0
        if cosine < NEAR:
            return 0.0
        least = ALONE if share >= SOME else ALONE_NEAR
        (alone,) = self.searcher.encoder.encode([words], subject.language)
        return share + cosine if float(self._vectors[subject.language] @ alone) >= least else 0.0

    @cached_property
    def _vectors(self) -> Mapping[str, Vectors]:
        """The subject in each language, without the other one's words."""
        encode = self.searcher.encoder.encode
        return {code: encode([s.text], code)[0] for code, s in self.subjects.items()}

    def _stems(self, words: str, language: str) -> set[str]:
        """The stems of words, acronyms in full and in short among them."""
        plain = fold(words)
        own = tokens(words)
        full = [t for w in own if w in self.aliases for t in tokens(self.aliases[w])]
        short = [a for a, expansion in self.aliases.items() if fold(expansion) in plain]
        return set(stemmed([*own, *full, *short], language))


def subject_of(searcher: Searcher, query: Query, language: str) -> Subject | None:
    """A subject in a language of the documents; None if it has no words."""
    own, reading = _words(searcher, query.own), _words(searcher, query.reading(language))
    words = reading if language == query.language else own
    if not words or not reading:
        return None
    stems = [frozenset(stemmed([word], language)) for word in words]
    if language != query.language:
        stems = _translated(searcher, query.language, language, own, reading)
    known = searcher.vocabulary
    # A translation that the documents do not use says nothing of how much the word tells here.
    there = [[s for s in group if s in known.spread] or group for group in stems]
    weights = tuple(max(map(known.weight, group)) for group in there)
    return Subject(tuple(words), tuple(stems), weights, language, query.reading(language).text)


def _words(searcher: Searcher, question: Question) -> list[str]:
    """The words of a reading; a mended word stands only for one that nobody knows."""
    given = set(tokens(question.text))
    mended = [w for w in question.words if w not in given]
    strange = [
        w
        for w in question.words
        if w in given
        and w not in searcher.frequency
        and not searcher.table.is_common(w, question.language)
    ]
    if len(mended) < len(strange) or not strange:
        mended, strange = [], []
    return [w for w in question.words if w not in strange and (w in given or w in mended)]


def _translated(
    searcher: Searcher, source: str, target: str, own: Sequence[str], reading: Sequence[str]
) -> list[frozenset[str]]:
    """For each word the stems of its translations: the word table's, and those of the reading that
    no word's stand for.
    """
    meant = [
        {
            stem
            for other, share in searcher.table.words(word, source, target)
            if share >= LEAST_MEANING
            for stem in stemmed(tokens(other), target)
        }
        for word in own
    ]
    read = set(stemmed(reading, target))
    left = read - set().union(*meant)
    return [
        frozenset(group if group & read else {*group, *left, *stemmed([word], target)})
        for word, group in zip(own, meant, strict=True)
    ]


def _within(stretches: Sequence[Stretch], at: Span) -> Iterator[tuple[Stretch, Span]]:
    """The stretches that words stand in, and what of the words stands in each."""
    for stretch in stretches:
        a, b = max(at[0], stretch.start), min(at[1], stretch.end)
        if a < b:
            yield stretch, (a, b)

"""A loaded knowledge base that searches and answers: what the command line and the pages call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.encode import Encoder
from index.search import MAX_QUESTION, Page, Searcher
from kb.answer.compose import Knowledge, Likeness, answer
from kb.excerpt import Span
from kb.question import read_labels, read_question
from kb.records import Answer, Footnote, FootnoteCitation, Quote, Recommendation, Turn, UseCase
from kb.store import Store

EXAMPLES = 2  # of each kind
ANSWER_HITS = 10  # passages that an answer is drawn from and that are listed with it


@dataclass(frozen=True)
class Service:
    """Search and answers over one knowledge base."""

    searcher: Searcher
    knowledge: Knowledge
    footnotes: Mapping[int, Footnote]  # by id of the passage that holds the note
    examples: Sequence[str]  # questions that this knowledge base can be asked

    @classmethod
    def load(cls, db: Path, encoder: Encoder) -> Service:
        """Open a knowledge base with its index.

        :raises KBError: see Searcher.load.
        """
        searcher = Searcher.load(db, encoder)
        knowledge = Knowledge(
            total=len(searcher.passages),
            frequency=searcher.frequency,
            likeness=_likeness(encoder),
            labels=_labels(searcher),
            roles={q.passage_id: q.role for q in searcher.store.all(Quote) if q.role},
            marks=_marks(searcher.store),
        )
        footnotes = {f.passage_id: f for f in searcher.store.all(Footnote)}
        return cls(searcher, knowledge, footnotes, _examples(searcher.store))

    def search(
        self, question: str, size: int, offset: int = 0, filters: Mapping[str, str] | None = None
    ) -> Page:
        """Hits for a question; see Searcher.search."""
        return self.searcher.search(question, size, offset, filters)

    def ask(
        self,
        question: str,
        filters: Mapping[str, str] | None = None,
        history: Sequence[Turn] = (),
    ) -> Answer:
        """A cited answer, or a refusal with its reason.

        :param history: earlier turns of the conversation, oldest first.
        """
        read = question[:MAX_QUESTION]
        hits = self.searcher.search(read, ANSWER_HITS, 0, filters).hits
        return answer(read_question(question, self.searcher.words(read)), hits, self.knowledge)

    def marks(self, passage_id: int) -> Sequence[Span]:
        """Where footnote marks stand in a passage's text."""
        return self.knowledge.marks.get(passage_id, ())


def _likeness(encoder: Encoder) -> Likeness:
    def likeness(question: str, texts: Sequence[str]) -> Sequence[float]:
        vectors = encoder.encode([question, *texts])
        return [float(cosine) for cosine in vectors[1:] @ vectors[0]]

    return likeness


def _labels(searcher: Searcher) -> frozenset[tuple[str, str]]:
    """Tables, figures and annexes that the documents have: where a passage or section begins."""
    beginnings = [p.text[:40] for p in searcher.passages.values()]
    headings = [s.heading for s in searcher.sections.values()]
    return frozenset(label for text in (*beginnings, *headings) for label in read_labels(text))


def _examples(store: Store) -> list[str]:
    """Questions made of the knowledge base's own names and headings, two of each kind."""
    names = [u.name for u in store.all(UseCase) if u.name]
    areas = [r.area.lower() for r in store.all(Recommendation) if r.area]
    speakers = [q.speaker for q in store.all(Quote) if not q.speaker.isupper()]
    made = (
        [f"What did {speaker} say?" for speaker in dict.fromkeys(speakers)][:EXAMPLES],
        [f"What is {name}?" for name in dict.fromkeys(names)][:EXAMPLES],
        [f"What is recommended on {area}?" for area in dict.fromkeys(areas)][:EXAMPLES],
    )
    return [example for group in made for example in group]


def _marks(store: Store) -> dict[int, list[Span]]:
    marks: dict[int, list[Span]] = defaultdict(list)
    for mark in store.all(FootnoteCitation):
        marks[mark.passage_id].append((mark.start, mark.end))
    return dict(marks)

"""A loaded knowledge base that searches and answers: what the command line and the pages call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.encode import Encoder
from index.search import MAX_QUESTION, Page, Searcher
from kb.answer.compose import Knowledge, answer
from kb.answer.question import read_labels, read_question
from kb.excerpt import Span
from kb.records import Answer, FootnoteCitation, Quote

ANSWER_HITS = 10  # passages that an answer is drawn from and that are listed with it


@dataclass(frozen=True)
class Service:
    """Search and answers over one knowledge base."""

    searcher: Searcher
    knowledge: Knowledge

    @classmethod
    def load(cls, db: Path, encoder: Encoder) -> Service:
        """Open a knowledge base with its index.

        :raises KBError: see Searcher.load.
        """
        searcher = Searcher.load(db, encoder)

        def likeness(question: str, texts: Sequence[str]) -> Sequence[float]:
            vectors = encoder.encode([question, *texts])
            return [float(cosine) for cosine in vectors[1:] @ vectors[0]]

        roles = {q.passage_id: q.role for q in searcher.store.all(Quote) if q.role}
        marks: dict[int, list[Span]] = {}
        for mark in searcher.store.all(FootnoteCitation):
            marks.setdefault(mark.passage_id, []).append((mark.start, mark.end))
        named = [p.text[:40] for p in searcher.passages.values()] + [
            s.heading for s in searcher.sections.values()
        ]
        labels = frozenset(label for text in named for label in read_labels(text))
        return cls(
            searcher,
            Knowledge(len(searcher.passages), searcher.frequency, likeness, labels, roles, marks),
        )

    def search(
        self,
        question: str,
        size: int = 10,
        offset: int = 0,
        filters: Mapping[str, str] | None = None,
    ) -> Page:
        """Hits for a question; see Searcher.search."""
        return self.searcher.search(question, size, offset, filters)

    def ask(self, question: str, filters: Mapping[str, str] | None = None) -> Answer:
        """A cited answer, or a refusal with its reason."""
        hits = self.searcher.search(question[:MAX_QUESTION], ANSWER_HITS, 0, filters).hits
        return answer(
            read_question(question, self.searcher.words(question[:MAX_QUESTION])),
            hits,
            self.knowledge,
        )

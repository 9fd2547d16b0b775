"""A document as extractors see it: blocks with sections and passages, notes with their marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from ingest.blocks import Block
from ingest.notes import Note
from ingest.outline import Outline
from kb.excerpt import Excerpt, Span, Spans, unbroken
from kb.records import Document, Passage, Record, Section


@dataclass
class Ids:
    """Running numbers for the rows of each table of one build, from 1."""

    _counters: dict[str, Iterator[int]] = field(default_factory=dict)

    def next(self, record_type: type[Record]) -> int:
        return next(self._counters.setdefault(record_type.table, count(1)))


@dataclass(frozen=True, slots=True)
class Skip:
    """Words that are in no table, and why."""

    reason: str
    spans: Spans
    page: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote's mark: stretch of the text of the block with this index."""

    note: int  # index into Reading.notes
    block: int
    stretch: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read from one document. Sections are numbered as the outline's headings,
    passages by block.
    """

    document: Document
    outline: Outline
    notes: tuple[Note, ...]
    note_ids: tuple[int, ...]  # of the notes' rows
    marks: tuple[Mark, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    passage_of: dict[int, Passage]  # index of block -> its passage
    note_passages: tuple[Passage, ...]
    skips: tuple[Skip, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.outline.blocks

    def section(self, block: int) -> Section | None:
        """The section a block stands in."""
        at = self.outline.section_of[block]
        return None if at is None else self.sections[at]

    def blocks_of(self, heading: int, deep: bool = False) -> list[int]:
        """Indexes of the blocks under a heading (and, if deep, under its sub-headings), the heading
        itself left out.
        """
        wanted = {heading}
        if deep:
            for i, other in enumerate(self.outline.headings):
                if other.parent in wanted:
                    wanted.add(i)
        return [
            i
            for i, at in enumerate(self.outline.section_of)
            if at in wanted and self.blocks[i].kind != "heading"
        ]

    def clean(self, block: int) -> Excerpt:
        """A block's words as they are read: without footnote marks, broken words put together."""
        return unbroken(
            self.blocks[block].words.without(m.stretch for m in self.marks if m.block == block)
        )

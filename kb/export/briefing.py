"""What is a briefing? Chosen entries in order, with numbered sources. Frozen, no input or output.

Words of a source stand in `Quoted` and `Cell`, and nowhere else but in headings, captions and
names; `lead`, `Statement.text`, `refusal` and the labels of facts are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.export.items import Item


@dataclass(frozen=True, slots=True)
class Source:
    """One numbered citation: a stretch of a passage. quote is passage text[start:end]."""

    number: int
    document: str  # title
    section: str | None  # heading path
    page: int | None
    speaker: str | None
    passage_id: int
    document_id: int
    start: int
    end: int
    quote: str
    file: str  # name of the document's file

    @property
    def address(self) -> str:
        """Of the reading page, with the passage marked."""
        return f"/-/document/{self.document_id}?passage={self.passage_id}"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a source, wraps undone, with who says them and the numbers of their sources."""

    text: str
    sources: tuple[int, ...]
    language: str  # of the document
    kind: str = "paragraph"  # paragraph, quote, view, item
    speaker: str | None = None  # of a view its holder
    role: str | None = None
    organisation: str | None = None
    label: str | None = None  # of a lettered item: a, b
    lead: str = ""  # our words before them


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer that is made of our words and the sources' (a count, cells of a
    table), and what bears it out.
    """

    text: str
    sources: tuple[int, ...]
    words: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed; value is there if it is a number."""

    text: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: of a document with its source line, or the rows that an answer was counted from with
    their query.
    """

    name: str  # "Table 1"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source_line: str | None = None
    sources: tuple[int, ...] = ()
    language: str = ""  # of the document
    sql: str = ""

    @property
    def title(self) -> str:
        """Name and caption in one line."""
        return ". ".join(part for part in (self.name, self.caption) if part)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the basket, ready to be written.

    An answer has a question and statements, quoted words, or a refusal; facts are label and value
    ("Actor", "Ministry of Harbours").
    """

    item: Item
    heading: str
    lead: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    statements: tuple[Statement, ...] = ()
    words: tuple[Quoted, ...] = ()
    grid: Grid | None = None
    question: str = ""
    refusal: str = ""

    @property
    def kind(self) -> str:
        return self.item.kind

    @property
    def quoted(self) -> Iterator[Quoted]:
        """All words of sources but a table's, in order."""
        for statement in self.statements:
            yield from statement.words
        yield from self.words


@dataclass(frozen=True, slots=True)
class Work:
    """A document that is cited."""

    document_id: int
    kind: str  # report, interview
    title: str
    language: str
    file: str
    sha256: str  # of the file's bytes
    date: str | None = None  # of an interview, as printed
    interviewee: str | None = None
    interviewer: str | None = None


@dataclass(frozen=True, slots=True)
class Briefing:
    """Entries in the reader's order. sources[n - 1] is number n."""

    title: str
    language: str  # of our words
    entries: tuple[Entry, ...]
    sources: tuple[Source, ...]
    works: tuple[Work, ...]
    made: str  # date, ISO 8601
    passages_sha256: str  # of the build that it was taken from

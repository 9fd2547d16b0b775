"""The data model, to be read in one sitting. Frozen, no input or output.

A class with a `table` is a row of that SQLite table: its fields are the columns, in order. `spans`
point into `documents.text` (code points); the characters they select, white space removed, are the
record's own words. `page` is the printed page number, None where the source gives no basis for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kb.excerpt import Spans


@dataclass(frozen=True, slots=True)
class Document:
    """A source, with its text exactly as the reader gave it."""

    table: ClassVar[str] = "documents"
    id: int
    kind: str  # report, interview
    title: str
    path: str  # file name, as cited; never the folder of the machine that built it
    media_type: str
    language: str
    sha256: str  # of the file's bytes
    page_basis: str  # printed, inferred, none
    added_at: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its place in the outline. level 1 is a chapter."""

    table: ClassVar[str] = "sections"
    id: int
    document_id: int
    parent_id: int | None
    position: int
    level: int
    heading: str
    path: str  # "Recommendations > Ethics and regulation"
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is found and cited. `context` and `clean` are what the index reads; `text` is
    what is shown.
    """

    table: ClassVar[str] = "passages"
    id: int
    document_id: int
    section_id: int | None
    position: int
    kind: str  # paragraph, list_item, quote, table, figure, footnote, turn, participant, heading
    text: (
        str  # as the source has it; a word that the source breaks at a hyphen keeps the line break
    )
    clean: str  # as it is read: without footnote marks and such breaks
    context: (
        str  # title of the section path, caption or columns: words that say what the text is about
    )
    speaker: str | None
    language: str
    page: int | None
    spans: Spans
    also: str = ""  # other forms of its words, for the index: acronyms written out, stems

    @property
    def read(self) -> str:
        """What is read of it word by word: what stands above, its words, who says them."""
        return f"{self.context} {self.clean} {self.speaker or ''}"

    @property
    def frame(self) -> str:
        """What stands above it, and who says it."""
        return f"{self.context} {self.speaker or ''}".strip()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a passage that can answer on its own: a sentence, or a row of a table. The index
    finds it, an answer quotes it.
    """

    table: ClassVar[str] = "stretches"
    id: int
    document_id: int
    passage_id: int
    kind: str  # sentence, row
    start: int  # in the passage's text
    end: int
    reading: str  # what the index reads: the words, and what says what they are about


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the documents, folded, for the index: questions are matched with words of like
    meaning, and misspelt ones mended.
    """

    table: ClassVar[str] = "words"
    id: int
    word: str
    language: str  # of the passages
    passages: int  # in how many it stands


@dataclass(frozen=True, slots=True)
class Person:
    """One person over all documents."""

    table: ClassVar[str] = "people"
    id: int
    name: str
    variants: str  # other spellings, "; " between several


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation over all documents."""

    table: ClassVar[str] = "organisations"
    id: int
    name: str
    variants: str


@dataclass(frozen=True, slots=True)
class Participant:
    """A row of a list of participants."""

    table: ClassVar[str] = "participants"
    id: int
    document_id: int
    passage_id: int
    person_id: int | None
    organisation_id: int | None
    name: str
    job_title: str | None
    organisation: str | None
    sector: str | None  # "; " between several
    region: str | None
    row_text: str
    confidence: str  # sure, likely, guessed: how the cells' boundaries were found
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, in quotation marks or as an interview's turn."""

    table: ClassVar[str] = "quotes"
    id: int
    document_id: int
    passage_id: int
    section_id: int | None
    person_id: int | None
    text: str  # without quotation marks
    speaker: str
    role: str | None
    organisation: str | None
    kind: str  # pull, inline, turn
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class UseCase:
    """A case described under its own heading. `text` and `description` are the same words."""

    table: ClassVar[str] = "use_cases"
    id: int
    document_id: int
    section_id: int
    title: str
    name: str | None
    organisation: str | None
    place: str | None
    level: str | None  # national, regional
    description: str
    text: str
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation in the summary list (brief), in its chapter (full), or a lettered item of
    one.
    """

    table: ClassVar[str] = "recommendations"
    id: int
    document_id: int
    section_id: int | None
    parent_id: int | None
    matches_id: int | None  # brief <-> full
    form: str  # brief, full
    area: str | None
    number: str | None  # as printed
    label: str | None  # a, b
    title: str
    text: str | None
    actor: str | None
    timeframe: str | None
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at a page's foot or at the end."""

    table: ClassVar[str] = "footnotes"
    id: int
    document_id: int
    passage_id: int
    same_as_id: int | None  # the first note that names the same source
    number: str
    text: str
    url: str | None
    year: str | None
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class FootnoteCitation:
    """Where a footnote's mark stands: passages.text[start:end]."""

    table: ClassVar[str] = "footnote_citations"
    id: int
    footnote_id: int
    passage_id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview; its turns are passages of kind turn."""

    table: ClassVar[str] = "interviews"
    id: int
    document_id: int
    person_id: int | None
    title: str
    date: str | None
    place: str | None
    interviewer: str | None
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class View:
    """A sentence that gives somebody's view without quoting: an opinion, never a fact."""

    table: ClassVar[str] = "views"
    id: int
    document_id: int
    passage_id: int
    section_id: int | None
    text: str
    holder: str  # "Many interviewees", as the source words it
    topic: str | None  # heading of the section it stands in
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class UseCaseResult:
    """A number that a use case reports."""

    table: ClassVar[str] = "use_case_results"
    id: int
    use_case_id: int
    document_id: int
    value: str
    text: str  # the sentence
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of a document; its cells are in data_cells, its rows in the SQL table it names."""

    table: ClassVar[str] = "data_tables"
    id: int
    document_id: int
    passage_id: int
    section_id: int | None
    number: str | None  # as printed; none if it has no caption
    caption: str
    source: str | None
    sql_table: str
    confidence: str  # sure: columns were aligned; likely: inferred from the order of words
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class DataCell:
    """A cell of a table, or of a chart's series. row and column count from 0, headings apart."""

    table: ClassVar[str] = "data_cells"
    id: int
    table_id: int | None
    figure_id: int | None
    document_id: int
    row: int
    column: int
    row_label: str | None
    column_label: str | None
    text: str
    value: float | None
    spans: Spans

    @property
    def owner(self) -> tuple[str, int | None]:
        """SQL table and id of the table or figure it stands in."""
        return (DataTable.table, self.table_id) if self.table_id else (Figure.table, self.figure_id)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its caption, and the labels and values that stand in the text."""

    table: ClassVar[str] = "figures"
    id: int
    document_id: int
    passage_id: int
    section_id: int | None
    number: str
    caption: str
    source: str | None
    text: str | None
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class Region:
    """A region that has a profile of its own."""

    table: ClassVar[str] = "regions"
    id: int
    document_id: int
    section_id: int
    name: str
    population: str | None
    gdp_share: str | None
    heading: str
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class RegionFact:
    """One thing that a region's profile states."""

    table: ClassVar[str] = "region_facts"
    id: int
    region_id: int
    document_id: int
    passage_id: int
    kind: str  # key_sector, strategic_area, institution, policy, vision, ranking
    name: str | None
    text: str
    rank: int | None
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym where the document spells it out."""

    table: ClassVar[str] = "acronyms"
    id: int
    document_id: int
    passage_id: int
    acronym: str
    expansion: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Statistic:
    """A number that the text states."""

    table: ClassVar[str] = "statistics"
    id: int
    document_id: int
    passage_id: int
    footnote_id: int | None  # cited in the sentence
    value: str  # as printed: "more than 1.5 million"
    number: float | None
    unit: str | None
    text: str  # the sentence
    page: int | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two places of a document that cannot both be right, or name one thing in two ways."""

    table: ClassVar[str] = "discrepancies"
    id: int
    document_id: int
    kind: str
    statement: str
    left_text: str
    right_text: str
    left_passage_id: int | None
    right_passage_id: int | None
    left_page: int | None
    right_page: int | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where a stretch of a document went: a table, or skipped and why. Every non-blank character is
    in one row.
    """

    table: ClassVar[str] = "coverage"
    id: int
    document_id: int
    kind: str  # record, skipped
    reason: str | None  # why it was skipped
    record_table: str | None
    page: int | None
    text: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Build:
    """How this knowledge base was made; one row."""

    table: ClassVar[str] = "build"
    id: int
    version: str
    python: str
    model: str
    model_sha256: str
    documents: int
    passages: int
    records: int
    coverage: float  # share of non-blank characters accounted for, the least of all documents
    passages_sha256: str  # of ids and texts in order; the index must name the same
    source_sha256: str  # of what was read, so that a rebuild with nothing changed is no work
    started: str
    finished: str


Record = (
    Document | Section | Passage | Stretch | Word | Person | Organisation | Participant | Quote
    | View | UseCase | UseCaseResult | Recommendation | Footnote | FootnoteCitation | DataTable
    | DataCell | Figure | Region | RegionFact | Acronym | Statistic | Interview | Discrepancy
    | Coverage | Build
)  # fmt: skip

RECORD_TYPES: tuple[type[Record], ...] = (
    Document, Section, Passage, Stretch, Word, Person, Organisation, Participant, Quote, View,
    UseCase, UseCaseResult, Recommendation, Footnote, FootnoteCitation, Figure, DataTable, DataCell,
    Region, RegionFact, Acronym, Statistic, Interview, Discrepancy, Coverage, Build,
)  # fmt: skip


UNREAD = -10.0


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a hit, and how near the question it is: by meaning as a whole, and word by word
    (late interaction), both up to 1; unmet is how much it lacks of the two words it meets least;
    odds: the logarithm of the odds that it answers (very low where nothing reads it).
    """

    stretch: Stretch
    cosine: float
    late: float = 0.0
    unmet: float = 0.0
    odds: float = UNREAD


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. Higher score is better; rank counts from 1."""

    passage: Passage
    document: str  # title
    section: str | None  # heading path
    rank: int
    score: float
    why: tuple[str, ...]  # "words: irrigation", "meaning 0.71", "record that answers"
    highlights: Spans  # of matched words, in passage.text
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A stretch of a passage. The quote is the passage's own words, so a false quotation cannot be
    built.
    """

    number: int
    hit: Hit
    start: int
    end: int

    def __post_init__(self) -> None:
        if not self.quote.strip():
            raise ValueError(
                f"citation {self.number} of passage {self.hit.passage.id} is empty: "
                f"{self.start}-{self.end}"
            )

    @property
    def quote(self) -> str:
        return self.hit.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer; citations are never empty."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a counted answer was read from: the query, and the rows it gave."""

    sql: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the same conversation, and the text of its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer, or a refusal with its reason (then there are no claims; hits are shown all
    the same).

    understood is the question as it was read, with what earlier turns add to it; rows are there
    only if the answer was counted or read from tables.
    """

    question: str
    language: str
    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    reason: str | None = (
        None  # off_subject, no_evidence, false_premise, conflicting, too_long, unreadable
    )
    understood: str = ""
    rows: Rows | None = None

    @property
    def abstained(self) -> bool:
        return not self.claims

"""Item -> entry of a briefing, one function a kind. Each proves its words before it gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from kb.errors import KBError, ProofError
from kb.excerpt import located, read_at
from kb.export.briefing import Cell, Entry, Grid, Quoted
from kb.export.cited import Sources
from kb.export.items import Item, Translated
from kb.proof import words_of
from kb.records import (
    DataCell,
    DataTable,
    Figure,
    FootnoteCitation,
    Passage,
    Quote,
    Recommendation,
    Record,
    UseCase,
    View,
)  # fmt: skip
from kb.store import rows_of
from kb.text import squeeze

R = TypeVar("R", bound=Record)


def quote(item: Item, sources: Sources, _: Translated) -> Entry:
    """Somebody's words, with who that is."""
    row = _row(item, Quote, sources)
    words = _quoted(item, row, sources, "quote", row.speaker, row.role, row.organisation)
    return Entry(item, row.speaker, words=(words,))


def view(item: Item, sources: Sources, _: Translated) -> Entry:
    """A view that a document reports, with its holder."""
    row = _row(item, View, sources)
    words = _quoted(item, row, sources, "view", row.holder)
    facts = _facts((_("Topic"), row.topic))
    lead = _("A view that the document reports: an opinion, not a fact.")
    return Entry(item, row.holder, lead, facts, words=(words,))


def passage(item: Item, sources: Sources, _: Translated) -> Entry:
    """A passage, without its footnote marks."""
    row = _row(item, Passage, sources)
    whole = (0, len(row.text))
    number = sources.cite_stretch(item, row.id, whole, row.text)
    marks = [(m.start, m.end) for m in sources.rows(FootnoteCitation, "passage_id = ?", (row.id,))]
    source = sources.numbered[number - 1]
    heading = source.section.split(" > ")[-1] if source.section else source.document
    words = Quoted(
        read_at(row.text, whole, marks), (number,), row.language,
        "quote" if row.speaker else "paragraph", row.speaker,
    )  # fmt: skip
    return Entry(item, heading, words=(words,))


def use_case(item: Item, sources: Sources, _: Translated) -> Entry:
    """A case with its body, place and description."""
    row = _row(item, UseCase, sources)
    sources.prove_somewhere(item, row.document_id, row.title)
    level = {"national": _("national"), "regional": _("regional")}.get(row.level or "", row.level)
    facts = _facts(
        (_("Name"), row.name),
        (_("Organisation"), row.organisation),
        (_("Place"), row.place),
        (_("Level"), level),
    )
    return Entry(item, row.title, facts=facts, words=_paragraphs(item, row, sources))


def recommendation(item: Item, sources: Sources, _: Translated) -> Entry:
    """A recommendation with its number, who is to act and when, and its lettered items."""
    row = _row(item, Recommendation, sources)
    sources.prove_somewhere(item, row.document_id, row.title)
    number = f"{row.number or ''}{row.label or ''}"
    heading = _("Recommendation {number}: {title}").format(number=number, title=row.title)
    facts = _facts((_("Area"), row.area), (_("Actor"), row.actor), (_("Timeframe"), row.timeframe))
    words = [*_paragraphs(item, row, sources)]
    for part in sources.rows(Recommendation, "parent_id = ?", (row.id,)):
        sources.prove(item, part.document_id, [part])
        words += _paragraphs(item, part, sources, part.label)
    return Entry(item, heading if number else row.title, facts=facts, words=tuple(words))


def table(item: Item, sources: Sources, _: Translated) -> Entry:
    """A table with its caption, source line, columns and cells."""
    row = _row(item, DataTable, sources)
    grid = _grid(item, row, sources, _("Table {number}").format(number=row.number or "").strip())
    return Entry(item, grid.title, grid=grid)


def figure(item: Item, sources: Sources, _: Translated) -> Entry:
    """A figure's values if they were read, else the words that stand in it."""
    row = _row(item, Figure, sources)
    grid = _grid(item, row, sources, _("Figure {number}").format(number=row.number))
    if grid.rows:
        return Entry(item, grid.title, grid=grid)
    words = _quoted(item, row, sources, "paragraph")
    lead = _("The figure's drawing is not kept; these are the words that stand in it.")
    facts = _facts((_("Source"), row.source))
    return Entry(item, grid.title, lead, facts, words=(words,))


RECORDS: Mapping[str, Callable[[Item, Sources, Translated], Entry]] = {
    "quote": quote,
    "view": view,
    "passage": passage,
    "use_case": use_case,
    "recommendation": recommendation,
    "table": table,
    "figure": figure,
}


def _row(item: Item, record_type: type[R], sources: Sources) -> R:
    """The row that an item names, proven.

    :raises KBError: it is not there, or it does not stand in its document.
    """
    found = sources.rows(record_type, "id = ?", (item.id,))
    if not found:
        raise KBError(
            f"{item} is not in this knowledge base; it may have been built anew since. Take it "
            f"out, and choose it again from the table {record_type.table}."
        )
    sources.prove(item, _document_id(found[0]), found)
    return found[0]


def _document_id(record: Record) -> int:
    return int(getattr(record, "document_id"))  # noqa: B009 (records that are exported have one)


def _quoted(
    item: Item,
    row: Quote | View | Figure,
    sources: Sources,
    kind: str,
    speaker: str | None = None,
    role: str | None = None,
    organisation: str | None = None,
) -> Quoted:
    """A row's own words, cited in the passage that it names."""
    said_by = speaker if kind == "quote" else None  # nobody is quoted in a view
    number = sources.cite(item, row.passage_id, row.spans, said_by)
    language = sources.document(row.document_id).language
    return Quoted(_read(words_of(row)), (number,), language, kind, speaker, role, organisation)


def _paragraphs(
    item: Item, row: UseCase | Recommendation, sources: Sources, label: str | None = None
) -> tuple[Quoted, ...]:
    """A row's words, cut where its document's passages begin, each cited in its passage.

    :raises ProofError: some of them stand in no passage.
    """
    words, document = words_of(row), sources.document(row.document_id)
    start, end = row.spans[0][0], row.spans[-1][1]
    made, kept = [], ""
    for found in sources.rows(Passage, "document_id = ?", (row.document_id,)):
        if not any(a < end and start < b for a, b in found.spans):
            continue
        at = located(words, row.spans, document.text, found.spans)
        if at is None:
            continue
        number = sources.cite(item, found.id, row.spans)
        kept += words[slice(*at)]
        kind = "item" if label or found.kind == "list_item" else "paragraph"
        made.append(
            Quoted(_read(words[slice(*at)]), (number,), document.language, kind, label=label)
        )
    if squeeze(kept) != squeeze(words):
        raise ProofError(f"{item}: not all of “{words[:60]}” stands in passages. Run `kb verify`.")
    return tuple(made)


def _grid(item: Item, row: DataTable | Figure, sources: Sources, name: str) -> Grid:
    """The cells of a table or figure, each proven; a cell that is not there is empty."""
    sources.prove_somewhere(item, row.document_id, row.caption)
    owner = "table_id" if isinstance(row, DataTable) else "figure_id"
    cells = sources.rows(DataCell, f"{owner} = ?", (row.id,))
    sources.prove(item, row.document_id, cells)
    spans = (*row.spans, *(span for cell in cells for span in cell.spans))
    number = sources.cite(item, row.passage_id, spans)
    columns = sorted({cell.column for cell in cells})
    labels = {cell.column: cell.column_label for cell in cells if cell.column_label}
    return Grid(
        name,
        row.caption,
        tuple(_read(labels.get(c, "")) for c in columns),
        tuple(_cells(own, columns) for own in rows_of(cells)),
        row.source,
        (number,),
        sources.document(row.document_id).language,
    )


def _cells(row: Sequence[DataCell], columns: Sequence[int]) -> tuple[Cell, ...]:
    there = {cell.column: Cell(_read(cell.text), cell.value) for cell in row}
    return tuple(there.get(column, Cell("")) for column in columns)


def _read(words: str) -> str:
    """Words as they are read: those that the source breaks at a hyphen are put together."""
    return read_at(words, (0, len(words)), ())


def _facts(*pairs: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in pairs if value)

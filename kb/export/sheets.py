"""Briefing -> XLSX and CSV. A cell is never taken for a formula, whatever its words begin with."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from kb.errors import KBError
from kb.export.briefing import Briefing, Cell, Entry, Grid, Quoted
from kb.export.items import Translated
from kb.export.layout import is_printable, require_shown

Value = str | int | float | None  # of a cell
_FORMULA = re.compile(r"^\s*[=+\-@]|^[\t\r]")
_PLAIN_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*")
_NOT_IN_TITLE = re.compile(r"[\\/*?:\[\]]")
_LONGEST_TITLE = 31  # of a sheet, in Excel
_WIDEST = 60  # of a column, in characters


def write_csv(briefing: Briefing, _: Translated) -> bytes:
    """Words of sources as CSV in UTF-8 with a byte order mark, by which Excel knows the encoding.

    A text that a spreadsheet would take for a formula has an apostrophe before it.

    :raises KBError: the briefing holds no words of sources.
    """
    rows = list(_rows(briefing))
    if not rows:
        raise KBError(_("The briefing holds no words of sources, so there is nothing for a CSV."))
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_heads(_))
    writer.writerows([guarded(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(briefing: Briefing, _: Translated) -> bytes:
    """A workbook: a sheet of quotes and other words of sources, and one for each table.

    :raises KBError: a character cannot stand in such a file.
    """
    require_shown(briefing, is_printable, ".xlsx", _)
    book = Workbook()
    book.properties.title, book.properties.language = briefing.title, briefing.language
    book.remove(book.worksheets[0])
    words = list(_rows(briefing, with_tables=False))
    _fill(book.create_sheet(_("Quotes")), _heads(_), words)
    for entry in briefing.entries:
        if entry.grid:
            sheet = book.create_sheet(_title(entry.grid.title, book.sheetnames))
            _fill(sheet, entry.grid.columns, [[_number(c) for c in row] for row in entry.grid.rows])
            _below(sheet, entry.grid, briefing, _)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _heads(_: Translated) -> tuple[str, ...]:
    return (
        _("number"), _("kind"), _("words"), _("speaker"), _("role"), _("organisation"),
        _("document"), _("section"), _("page"), _("address"), _("entry"), _("item"),
    )  # fmt: skip


def _rows(briefing: Briefing, with_tables: bool = True) -> Iterator[Sequence[Value]]:
    """A row for each stretch of quoted words; of a table, a row for each of its rows."""
    for entry in briefing.entries:
        for words in entry.quoted:
            yield _row(briefing, entry, words)
        grid = entry.grid
        if with_tables and grid and grid.sources:
            for row in grid.rows:
                text = " | ".join(cell.text for cell in row)
                yield _row(briefing, entry, Quoted(text, grid.sources, grid.language))


def _row(briefing: Briefing, entry: Entry, words: Quoted) -> Sequence[Value]:
    source = briefing.sources[words.sources[0] - 1]
    return (
        source.number, entry.kind, words.text, words.speaker, words.role, words.organisation,
        source.document, source.section, source.page, source.address, entry.heading,
        str(entry.item),
    )  # fmt: skip


def guarded(value: Value) -> Value:
    """A cell of a CSV file; what a spreadsheet would take for a formula is led by an apostrophe."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.search(value) else value


def _fill(sheet: Worksheet, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    table: list[Sequence[Value]] = [heads, *rows]
    for row, values in enumerate(table, start=1):
        for column, value in enumerate(values, start=1):
            _put(sheet.cell(row, column), value, is_head=row == 1)
    sheet.freeze_panes = "A2"
    for cells in sheet.iter_cols():
        longest = max((len(str(c.value)) for c in cells if c.value is not None), default=0)
        sheet.column_dimensions[cells[0].column_letter].width = min(_WIDEST, longest + 2)


def _put(cell: SheetCell, value: Value, is_head: bool) -> None:
    """Write a number as one, and anything else as text: what begins with = is no formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = bool(_FORMULA.search(value))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=is_head)


def _number(cell: Cell) -> Value:
    """A cell that is a bare number as one, so that it can be added up; else as printed."""
    is_bare = cell.value is not None and _PLAIN_NUMBER.fullmatch(cell.text.strip())
    return cell.value if is_bare else cell.text


def _below(sheet: Worksheet, grid: Grid, briefing: Briefing, _: Translated) -> None:
    """Caption, source line, and where the table stands, under its rows."""
    notes: list[Value] = [grid.title, grid.source_line, grid.sql]
    for number in grid.sources:
        source = briefing.sources[number - 1]
        notes += [source.document, source.section, source.address]
        if source.page is not None:
            notes.append(_("p. {page}").format(page=source.page))
    for row, note in enumerate([n for n in notes if n], start=len(grid.rows) + 3):
        _put(sheet.cell(row, 1), note, is_head=False)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=False)


def _title(wanted: str, taken: Sequence[str]) -> str:
    """A title for a sheet that Excel takes and that no other sheet has."""
    base = _NOT_IN_TITLE.sub(" ", wanted).strip("' ")[:_LONGEST_TITLE] or "Table"
    title, n = base, 1
    while title.lower() in {t.lower() for t in taken}:
        n += 1
        title = f"{base[: _LONGEST_TITLE - 4]} ({n})"
    return title

"""Tables and charts as an answer reads them: entries with their label, columns, captions. Not for
choosing among them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kb.answer.sheetwords import Words, words_of
from kb.records import DataCell

_ALL = re.compile(r"(?:all|total|totals|overall|todos|todas|todo|toda|conjunto)\b", re.I)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table or chart: caption with its number ("Table 3. Boats by port"), rows of cells, and the
    headings above it.
    """

    passage_id: int
    caption: str
    rows: tuple[tuple[DataCell, ...], ...]
    sql_table: str | None = None
    above: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what belongs to it; a row holds two of them where lists stand side by side."""

    cells: tuple[DataCell, ...]
    key: DataCell

    @property
    def others(self) -> tuple[DataCell, ...]:
        return tuple(c for c in self.cells if c is not self.key)

    @property
    def is_total(self) -> bool:
        return bool(_ALL.match(self.key.text))


@dataclass(frozen=True, slots=True)
class Table:
    sheet: Sheet
    entries: tuple[Entry, ...]
    labels: tuple[str, ...]  # of columns
    about: Words  # words of caption and columns
    around: Words  # and of the headings above

    @property
    def kinds(self) -> Words:
        """The words for what its rows are of: those over their labels."""
        return words_of(*(entry.key.column_label for entry in self.entries))


def read_table(sheet: Sheet) -> Table:
    parts: list[list[DataCell]] = []
    for row in sheet.rows:
        for i, cell in enumerate(row):
            if i == 0 or cell.row_label != row[i - 1].row_label:
                parts.append([])
            parts[-1].append(cell)
    at = Counter({0: 0})  # where the cells are words, and differ most from row to row
    for text, column in {
        (c.text, c.column - p[0].column) for p in parts for c in p if c.value is None
    }:
        at[column] += bool(text)
    best = min(at, key=lambda column: (-at[column], column))
    keys = [next((c for c in p if c.column - p[0].column == best), p[0]) for p in parts]
    entries = tuple(Entry(tuple(p), k) for p, k in zip(parts, keys, strict=True))
    labels = tuple(dict.fromkeys(c.column_label for p in parts for c in p if c.column_label))
    about = words_of(sheet.caption, *labels)
    return Table(sheet, entries, labels, about, about | words_of(sheet.above))


Column = tuple[int, str]


def column_of(entry: Entry, cell: DataCell) -> Column:
    return cell.column - entry.cells[0].column, cell.column_label or ""


def cells_in(entry: Entry, columns: Iterable[Column]) -> tuple[DataCell, ...]:
    wanted = set(columns)
    return tuple(c for c in entry.others if column_of(entry, c) in wanted)


def is_year(cells: Iterable[DataCell]) -> bool:
    return all(re.fullmatch(r"(?:1[5-9]|20)\d\d", c.text) for c in cells)


def columns_of_numbers(table: Table) -> list[Column]:
    every = dict.fromkeys(
        column_of(e, c) for e in table.entries for c in e.others if c.value is not None
    )
    return [k for k in every if not is_year(c for e in table.entries for c in cells_in(e, [k]))]


def digits_of(text: str) -> float:
    """A printed number, "1,250" and "1.250" alike."""
    plain = re.sub(r"[.,](?=\d{3}(?!\d))", "", re.sub(r"[^\d.,]", "", text)).strip(".,")
    return float(plain.replace(",", ".")) if plain.count(".") + plain.count(",") < 2 else math.nan

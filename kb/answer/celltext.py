"""Picked cells -> the text of an answer, in the words of the table, and the rows to show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.answer.sheets import Entry, Table
from kb.answer.sheetwords import LABEL, Words
from kb.records import DataCell

BULLET = re.compile(r"[•▪◦·●■*–—-]\s+(?=\S)")
_OUR_LABELS = {"es": {"Table": "Tabla", "Figure": "Figura"}}
_OUR_SUM = {"en": "our sum", "es": "suma nuestra"}
_OUR_COUNT = {"en": "{n} rows by our count", "es": "{n} filas según nuestro recuento"}


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """What cells answer; text is in the words of the table. cells prove it, columns and rows show
    it.
    """

    text: str
    passage_id: int
    cells: tuple[DataCell, ...]
    sql_table: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """Cells that would answer. row: words of the question that name them; also: words of theirs
    that the question may hold besides.
    """

    found: tuple[tuple[Entry, tuple[DataCell, ...]], ...]
    row: Words
    also: Words = frozenset()
    note: str = ""  # sum, count or stage: what is said in place of the cells
    whole: float = 1.0  # share of the rows' own labels that the question names


def cells_of(pick: Pick) -> tuple[DataCell, ...]:
    return tuple(c for entry, cells in pick.found for c in (entry.key, *cells))


def composed(table: Table, pick: Pick, language: str) -> CellAnswer:
    labels = LABEL.match(table.sheet.caption)
    head = labels.group() if labels else table.sheet.caption
    tongue = language if language in _OUR_SUM else "en"
    keys = "; ".join(entry.key.text for entry, _ in pick.found)
    if pick.note == "sum":
        cells = [c for _, found in pick.found for c in found]
        total = _printed(sum(c.value or 0 for c in cells), cells)
        columns = {c.column_label or "" for c in cells}
        what = f", {columns.pop()}" if len(columns) == 1 and "" not in columns else ""
        text = f"{head}{what}, {_OUR_SUM[tongue]}: {total}"
        text += f" = {' + '.join(c.text for c in cells)}"
    elif pick.note == "count":
        text = f"{head}, {_OUR_COUNT[tongue].format(n=len(pick.found))}: {keys}"
    else:
        bare = any(not c.column_label for _, found in pick.found for c in found)
        head = table.sheet.caption if bare else head
        text = f"{head}, " + "; ".join(_line(*found, pick.note) for found in pick.found)
    whole = pick.found[0][0].cells if pick.found else ()
    return CellAnswer(
        _in_tongue(text, tongue),
        table.sheet.passage_id,
        tuple(dict.fromkeys(cells_of(pick))),
        table.sheet.sql_table,
        tuple(c.column_label or "" for c in whole),
        tuple(tuple(c.text for c in entry.cells) for entry, _ in pick.found),
    )


def _in_tongue(text: str, language: str) -> str:
    """What begins with our own word for a table or figure, in the reader's language."""
    word = _OUR_LABELS.get(language, {}).get(text.split(" ")[0])
    return f"{word} {text.partition(' ')[2]}" if word else text


def _line(entry: Entry, cells: Sequence[DataCell], note: str) -> str:
    if note == "stage":
        head = f" {entry.key.text}" if entry.key is not cells[0] else ""
        return f"{cells[0].column_label or ''}{head}: {BULLET.sub('', cells[0].text)}".strip(": ")
    said = (f"{c.column_label} {c.text}" if c.column_label else c.text for c in cells)
    return f"{entry.key.text}: {', '.join(said)}"


def _printed(total: float, cells: Sequence[DataCell]) -> str:
    """A number as the table would print it."""
    text = (
        f"{total:,.10g}" if any(re.search(r"\d[.,]\d{3}", c.text) for c in cells) else f"{total:g}"
    )
    comma = any(re.search(r"\d\.\d{3}(?!\d)|\d,\d{1,2}(?!\d)", c.text) for c in cells)
    return text.translate(str.maketrans(",.", ".,")) if comma else text

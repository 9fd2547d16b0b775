"""Figures: number, caption, source, labels and values that came out with the text, and the series.

Where labels and values stand in rows, or the values behind as many lines of labels, these are the
series. The labels of a chart that the export tore apart are put together again: a piece that begins
with a capital begins a label unless a blank ties it to the piece before; such a series is kept only
if there are as many labels as values and their total is a number that the document states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest import lexicon
from ingest.extract.tables import (
    Grid,
    cells_of,
    grouping_of,
    number_of,
    parts_of,
    read_grid,
)
from ingest.pages import Line
from ingest.reading import Ids, Reading
from kb.excerpt import EMPTY, INSERTED, Excerpt, join, unbroken
from kb.records import DataCell, Figure, Record

LEAST_POINTS = 4
LEAST_LINES = 2
_TOTAL = re.compile(r"(?:total|all)\b", re.IGNORECASE)
_BLANK = Excerpt(" ", (INSERTED,))


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """One row for each captioned figure, and the cells of its series where that is proven."""
    records: list[Record] = []
    for i, block in enumerate(reading.blocks):
        found = lexicon.CAPTION.match(block.text) if block.kind == "figure" else None
        if not found:
            continue
        caption, body, source = parts_of(block)
        passage = reading.passage_of[i]
        words = unbroken(join([line.words for chunk in body for line in chunk]))
        figure = Figure(
            ids.next(Figure), reading.document.id, passage.id, passage.section_id, found["number"],
            caption.text, source.text if source else None, words.text or None, block.page,
            (words if words.text else caption).spans,
        )  # fmt: skip
        records.append(figure)
        if grid := _in_rows(body):
            records += cells_of(figure, grid, grouping_of(reading.document), ids)
            continue
        points = _in_turn(body) or series(
            _scraps(reading, block.page_index), _values(body), reading.document.text
        )
        records += _cells(figure, points, ids)
    return records


def _in_rows(body: Sequence[Sequence[Line]]) -> Grid | None:
    """Labels and values that stand beside each other, line by line, a total below perhaps; None if
    they do not.
    """
    lines = [line for chunk in body for line in chunk]
    lines = lines[:-1] if lines and _TOTAL.match(lines[-1].text) else lines
    if len(lines) < LEAST_LINES or not all(line.has_columns for line in lines):
        return None
    grid = read_grid([lines])
    valued = [any(number_of(cell.text) is not None for cell in row[1:]) for row in grid.rows]
    return grid if all(valued) else None


def _in_turn(body: Sequence[Sequence[Line]]) -> list[tuple[Excerpt, Excerpt]]:
    """(label, value) of each point of a chart whose labels stand line by line and its values, as
    many, behind them; none if it is another.
    """
    lines = [line for chunk in body for line in chunk if not line.is_blank]
    labels = [line.words.strip() for line in lines if not re.search(r"\d", line.text)]
    values = _values(body)
    is_so = all(re.search(r"\d", line.text) for line in lines[len(labels) :])
    if not is_so or len(labels) != len(values) or len(labels) < LEAST_POINTS:
        return []
    return list(zip(labels, values, strict=True))


def series(
    scraps: Sequence[Line], values: Sequence[Excerpt], text: str
) -> list[tuple[Excerpt, Excerpt]]:
    """(label, value) of each point, none unless counts agree and the text states the total."""
    labels = labels_of(scraps)
    numbers = [number_of(value.text) for value in values]
    if len(labels) != len(values) or len(labels) < LEAST_POINTS or None in numbers:
        return []
    total = sum(number for number in numbers if number is not None)
    stated = re.search(rf"(?<![\d.,]){total:g}(?![\d]|[.,]\d)", text.replace(",", ""))
    return list(zip(labels, values, strict=True)) if stated else []


def labels_of(scraps: Sequence[Line]) -> list[Excerpt]:
    """Pieces of words -> labels.

    Example: "No", "rt", "h ", "Sea", "Ea", "st" -> "North Sea", "East".
    """
    labels: list[Excerpt] = []
    is_tied = False
    for line in scraps:
        tied = is_tied or line.indent > 0
        begins = line.text[0].isupper() and not tied
        if begins or not labels:
            labels.append(line.words)
        else:
            labels[-1] = labels[-1] + (_BLANK if tied else EMPTY) + line.words
        is_tied = line.trail > 0
    return labels


def _scraps(reading: Reading, page_index: int) -> list[Line]:
    """The pieces of letters of the one drawing on a page, in the order of the file."""
    blocks = [b for b in reading.blocks if b.kind == "fragment" and b.page_index == page_index]
    lines = [line for block in blocks for line in block.lines if not line.is_blank]
    return [line for line in lines if re.search(r"[^\W\d_]", line.text)]


def _values(body: Sequence[Sequence[Line]]) -> list[Excerpt]:
    return [
        line.words[m.start() : m.end()]
        for chunk in body
        for line in chunk
        if re.fullmatch(r"[\d\s.,%]+", line.text)
        for m in re.finditer(r"\S+", line.text)
    ]


def _cells(
    figure: Figure, points: Sequence[tuple[Excerpt, Excerpt]], ids: Ids
) -> Iterator[DataCell]:
    for row, (label, value) in enumerate(points):
        for column, cell in enumerate((label, value)):
            yield DataCell(
                ids.next(DataCell), None, figure.id, figure.document_id, row, column, label.text,
                None, cell.text, number_of(cell.text), cell.spans,
            )  # fmt: skip

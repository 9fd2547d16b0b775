"""Rows of a table by their looks: lines in which tabs or runs of blanks keep columns apart.

Justified prose has wide blanks too, but never as many in each line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from operator import itemgetter

from ingest import lexicon
from ingest.pages import FIELD, Line

LEAST_ROWS = 3
ALIKE = 0.6  # of the rows have as many fields
TITLE_WORDS = 20  # of the line that stands right above the rows
CELL_WORDS = 12  # of a cell on average
_MARK = re.compile(
    r"\(?(?:[A-Za-z]?\d{1,3}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,5})[.)]?$|[•▪◦·●■*–—-]$"
)


def split_rows(chunk: list[Line]) -> Iterator[list[Line]]:
    """A chunk's lines: rows of a table, with the title right above them, apart from the others."""
    marked = zip(_of_row(chunk), chunk, strict=True)
    runs = [[line for _, line in run] for _, run in groupby(marked, key=itemgetter(0))]
    if not any(map(is_rows, runs)):
        yield chunk
        return
    rest: list[Line] = []
    for run in runs:
        if not is_rows(run):
            rest += run
        elif _is_title(rest):
            yield rest + run
            rest = []
        else:
            if rest:
                yield rest
            yield run
            rest = []
    if rest:
        yield rest


def is_rows(lines: Sequence[Line]) -> bool:
    """Whether lines are the rows of a table; a title may stand above."""
    below = lines[len(title_of(lines)) :]
    rows = [line for line in below if line.has_columns]
    if len(rows) < LEAST_ROWS or not all(_of_row(below)):
        return False
    fields = [FIELD.findall(line.text) for line in rows]
    if sum(_MARK.match(cells[0]) is not None and len(cells) == 2 for cells in fields) > 1:
        return False  # items, each behind its number
    if _MARK.match(fields[0][0]) and all(cells[0].endswith(":") for cells in fields[1:]):
        return False  # an item, with what is said of it ("Who: ...")
    (width, often), *_ = Counter(map(len, fields)).most_common()
    cells = [cell for row in fields for cell in row[1:]]
    is_short = sum(len(cell.split()) for cell in cells) <= CELL_WORDS * len(cells)
    return often >= ALIKE * len(rows) and is_short and not _is_prose(rows)


def _of_row(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it has columns, or carries a cell of the one above on: then it is
    indented, as its first column is empty.
    """
    found: list[bool] = []
    for line in lines:
        goes_on = bool(found) and found[-1] and line.indent > 0
        found.append(line.has_columns or goes_on)
    return found


def title_of(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without columns that stand above rows."""
    above = list(takewhile(lambda line: not line.has_columns, lines))
    return above if len(above) < len(lines) else []


def _is_title(lines: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in lines)
    is_caption = lexicon.CAPTION.match(text) is not None
    is_short = 0 < len(text.split()) <= TITLE_WORDS
    return is_short and not is_caption and not text.endswith((".", ";", ","))


def _is_prose(rows: Sequence[Line]) -> bool:
    """Whether lines go on from one to the next in small letters, as justified text does."""
    goes_on = sum(line.text[0].islower() for line in rows[1:])
    return goes_on > len(rows) / 3

"""Lists of people under the bodies that they are of: a body at the margin, its people indented
below it, in one column of the page or in several side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest import lexicon
from ingest.pages import FIELD, Line
from kb.excerpt import join

APART = 18  # characters at least between the margins of two columns
LEAST_ALIKE = 3  # lines that begin at a margin or indented there
LEAST_PEOPLE = 4
DEEPEST = 8  # characters that people are indented at most
MOST_WORDS = 12  # of a line; more are running text
PEOPLE = 0.8  # of the indented lines have a person's name
NAME = r"(?:(?:[A-ZÀ-Þ][\w’'-]*\.?|de|del|la|las|los|y|van|von|der|da|dos|di)\s?){2,6}"
_PERSON = re.compile(rf"{NAME}(?:,|\(|[-–—]|$)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line: which line and column, and its words, indented as they are in there."""

    row: int
    column: int
    line: Line

    @property
    def depth(self) -> int:
        return self.line.indent

    @property
    def is_person(self) -> bool:
        return 0 < self.depth <= DEEPEST and _PERSON.match(self.line.text) is not None


def people_of(lines: Sequence[Line]) -> tuple[int, list[tuple[Line, ...]]]:
    """(how many of the lines are such a list, its rows: the lines of a body and of one person, if
    it has any); (0, []) if they begin with none.

    Example: "Port Office", "  Ana Ruiz", "  Leo Pell" -> two rows, each with the office's line.
    """
    end = next((i for i, line in enumerate(lines) if _is_text(line)), len(lines))
    cells = _cells(lines[:end])
    inside = [cell for cell in cells if cell.depth]
    people = [cell for cell in inside if cell.is_person]
    if len(people) < LEAST_PEOPLE or len(people) < PEOPLE * len(inside):
        return 0, []
    size = max(cell.row for cell in people) + 1
    groups: list[list[Cell]] = []
    for cell in (cell for cell in cells if cell.row < size):
        if not cell.depth and not (groups and _goes_on(groups[-1][-1], cell)):
            groups.append([])
        if not groups:
            return 0, []
        groups[-1].append(cell)
    return size, [row for group in groups for row in _rows(group)]


def _rows(group: Sequence[Cell]) -> Iterator[tuple[Line, ...]]:
    """A body with each of its people; the body alone where it has none."""
    body = tuple(cell.line for cell in group if not cell.depth)
    people = [cell.line for cell in group if cell.depth]
    yield from ((*body, person) for person in people)
    if not people:
        yield body


def cells_of(lines: Sequence[Line]) -> dict[str, str] | None:
    """The fields of such a row, None if lines are none."""
    people = [line for line in lines if line.indent]
    body = join([line.words for line in lines if not line.indent]).text
    if lines[0].indent or len(people) > 1:
        return None
    name, _, job = people[0].text.partition(",") if people else (body, "", "")
    return {"name": name.strip(), "job_title": job.strip(), "organisation": body}


def _is_text(line: Line) -> bool:
    is_one = len(FIELD.findall(line.text)) == 1
    return is_one and (len(line.text.split()) > MOST_WORDS or bool(lexicon.ANNEX.match(line.text)))


def _cells(lines: Sequence[Line]) -> list[Cell]:
    """Parts of lines in reading order: column by column."""
    fields = [(row, m) for row, line in enumerate(lines) for m in FIELD.finditer(line.text)]
    starts = [lines[row].indent + m.start() for row, m in fields]
    margins = _margins(starts)
    cells = []
    for (row, m), at in zip(fields, starts, strict=True):
        column = max(c for c, margin in enumerate(margins) if margin <= at)
        words = lines[row].words[m.start() : m.end()]
        cells.append(Cell(row, column, Line(words, at - margins[column])))
    return sorted(cells, key=lambda cell: cell.column)


def _margins(starts: Sequence[int]) -> list[int]:
    """Where columns begin: the first offset, and each far from the last near which lines begin."""
    margins = [min(starts, default=0)]
    for at in sorted(set(starts)):
        near = sum(at <= start <= at + DEEPEST for start in starts)
        if at - margins[-1] >= APART and near >= LEAST_ALIKE:
            margins.append(at)
    return margins


def _goes_on(above: Cell, below: Cell) -> bool:
    """Whether a body's name goes on in the next line."""
    text = above.line.text
    is_open = text.endswith(",") or text.split()[-1].casefold() in lexicon.FUNCTION_WORDS
    return not above.depth and (is_open or below.line.text[0].islower())

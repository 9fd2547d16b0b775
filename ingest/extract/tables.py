"""Tables: their cells, with the labels of row and column.

Where columns are kept apart by tabs, a cell belongs to the column of its tab; where by blanks, a
row with as many cells as there are columns has one in each, and in others a cell belongs to the
column that begins or ends nearest.
Where the export has collapsed them, a row is words and then as many numbers as its neighbours have;
words on a line of their own before several rows are their group. Tables of words without numbers
are read column by column if they have as many titled lists as the header has labels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest import lexicon
from ingest.blocks import Block
from ingest.pages import FIELD, Line, chunks
from ingest.reading import Ids, Reading
from ingest.rows import title_of
from kb.excerpt import EMPTY, Excerpt, Span, Spans, join, tidy, unbroken
from kb.records import DataCell, DataTable, Document, Figure, Passage, Record
from kb.text import fold

_NUMBER = re.compile(r"[-–+]?[$€£]?\d[\d.,]*\s?%?$")
_DRAWN = re.compile(r"\s?(?:\.\s?){3,}$|(?:\s\.){2}$|^([#█▇■▓▒░*=|+])\1*$")
_LED = re.compile(r"(?:\.\s?){3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LABEL_START = re.compile(r"[A-ZÀ-Þ%#$]")


# Characters from a column within which cells begin or end where columns are aligned; only then is
# it sure which value is missing in a row.
BESIDE = 2
FAR = 10**6  # characters
LEAST_STACKED = 3  # cells of a row
LEAST_ROWS = 2  # one number among words makes no row


@dataclass(frozen=True, slots=True)
class Grid:
    """A table taken apart: labels of columns, and rows of cells in reading order."""

    labels: tuple[str, ...]
    rows: tuple[tuple[Excerpt, ...], ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Words and the numbers behind them. parts: the words, by the lines they stand on."""

    parts: tuple[Excerpt, ...]
    numbers: tuple[Excerpt, ...]
    begins_row: bool


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """The tables of a document and their cells."""
    records: list[Record] = []
    groups = grouping_of(reading.document)
    for i, block in enumerate(reading.blocks):
        if block.kind != "table":
            continue
        caption = lexicon.CAPTION.match(block.text)
        passage = reading.passage_of[i]
        head, body, source = parts_of(block) if caption else (*_title_and_rows(block), None)
        grid = read_grid(body)
        number = caption["number"] if caption else None
        named = (head.text, head.spans) if head.text else _heading(reading, passage, body)
        table = _table(ids, block, passage, number, named, source, grid)
        records += [table, *cells_of(table, grid, groups, ids)]
    return records


def parts_of(block: Block) -> tuple[Excerpt, list[list[Line]], Excerpt | None]:
    """(caption without its number, chunks of the body, words of the source line)."""
    head, *body = chunks(block.lines)
    caption = unbroken(join([line.words for line in head]))
    found = re.match(r"\S+\s+\d+\s*[.:–—-]\s*", caption.text)
    is_source = [bool(lexicon.SOURCE.match(chunk[0].text)) for chunk in body]
    sources = [chunk for chunk, is_it in zip(body, is_source, strict=True) if is_it]
    rest = [chunk for chunk, is_it in zip(body, is_source, strict=True) if not is_it]
    return caption[found.end() if found else 0 :], rest, _source(sources[0]) if sources else None


def _title_and_rows(block: Block) -> tuple[Excerpt, list[list[Line]]]:
    """The title, empty if there is none, and the rows of a table without a numbered caption."""
    title = title_of(block.lines)
    rows = [line for line in block.lines[len(title) :] if not line.is_blank]
    return unbroken(join([line.words for line in title])), [rows]


def _heading(
    reading: Reading, passage: Passage, body: Sequence[Sequence[Line]]
) -> tuple[str, Spans]:
    """The heading above a table that has no title of its own, else its first row, and where it
    stands.
    """
    section = next((s for s in reading.sections if s.id == passage.section_id), None)
    first = tidy(body[0][0].words)
    return (section.heading, section.spans) if section else (first.text, first.spans)


def _source(chunk: Sequence[Line]) -> Excerpt:
    words = unbroken(join([line.words for line in chunk]))
    label = lexicon.SOURCE.match(words.text)
    return words[label.end() if label else 0 :].strip()


def _table(
    ids: Ids, block: Block, passage: Passage, number: str | None,
    named: tuple[str, Spans], source: Excerpt | None, grid: Grid,
) -> DataTable:  # fmt: skip
    caption, spans = named
    slug = re.sub(r"[^a-z0-9]+", "_", fold(caption)).strip("_")[:40].rstrip("_")
    name = f"table_{passage.document_id}_{number or f'p{passage.id}'}_{slug}".rstrip("_")
    return DataTable(
        ids.next(DataTable), passage.document_id, passage.id, passage.section_id, number, caption,
        source.text if source else None, name,
        grid.confidence, block.page, spans,
    )  # fmt: skip


def cells_of(owner: DataTable | Figure, grid: Grid, groups: str, ids: Ids) -> Iterator[DataCell]:
    """The cells of a table, or of a chart whose values stand in rows."""
    table, figure = (owner.id, None) if isinstance(owner, DataTable) else (None, owner.id)
    starts = beside(grid)
    for r, row in enumerate(grid.rows):
        there = [start for start in starts if start < len(row)]
        for first, last in pairwise([*there, len(row)]):
            part = row[first:last]
            words = (cell.text for cell in part if not number_of(cell.text, groups))
            label = next(words, part[0].text or None)  # a year may head a row
            for c, cell in enumerate(part, start=first):
                if not cell.text:
                    continue
                column = grid.labels[c] if c < len(grid.labels) else None
                yield DataCell(
                    ids.next(DataCell), table, figure, owner.document_id, r, c, label,
                    column or None, cell.text, number_of(cell.text, groups), cell.spans,
                )  # fmt: skip


def beside(grid: Grid) -> list[int]:
    """The first columns of the lists that a table has side by side, [0] where it is one: columns
    with the label of the first, or labels over every second, third ... column, and words below.
    """
    labels = grid.labels
    again = [c for c, label in enumerate(labels) if c and label and label == labels[0]]
    named = [c for c, label in enumerate(labels) if label]
    width = named[1] if len(named) > 1 else 0
    is_even = width > 1 and named == list(range(0, len(labels), width))
    words = (row[c].text for row in grid.rows for c in named if c < len(row))
    if not again and is_even and not any(map(number_of, words)):
        again = named[1:]
    return [0, *again]


def number_of(text: str, groups: str = ",") -> float | None:
    """The number that a whole cell is, None for words.

    :param groups: the signs that may set thousands apart, see read_number.

    Example: "1,250" -> 1250.0; "41.08%" -> 41.08; "12 boats" -> None.
    """
    return read_number(text, groups) if _NUMBER.fullmatch(text) else None


def read_number(text: str, groups: str) -> float | None:
    """The number that digits write, signs around them left out; None if it is not one number.

    :param groups: "," as English and Mexico write thousands, "." as Spain does, or both where that
        is not known. What sets no thousands apart stands before decimals.

    Example: "12.400" -> 12.4 with ",", 12400.0 with "."; "1.340,5" -> 1340.5 with ".".
    """
    digits = re.sub(r"[^\d.,-]", "", text).rstrip(".,")
    for sign in groups:
        if re.fullmatch(rf"-?\d{{1,3}}(?:[{sign}]\d{{3}})+(?:[.,]\d+)?", digits):
            digits = digits.replace(sign, "")
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return None


def grouping_of(document: Document) -> str:
    """The sign with which a document sets thousands apart: Spanish ones differ by country."""
    if document.language != "es":
        return ","
    points = re.findall(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![.\d])|\d,\d{1,2}\s?%", document.text)
    commas = re.findall(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![,\d])|\d\.\d{1,2}\s?%", document.text)
    return "," if len(commas) > len(points) else "."


def read_grid(body: Sequence[Sequence[Line]]) -> Grid:
    """Take the body of a table apart."""
    lines = [line for chunk in body for line in chunk]
    if sum("\t" in line.text for line in lines) > len(lines) / 2:
        return _tabbed(lines)
    if lines and sum(line.has_columns for line in lines) > len(lines) / 2:
        return _aligned(lines)
    if stacked := _stacked(body):
        return stacked
    texts = [unbroken(join([line.words for line in chunk])) for chunk in body]
    segments = _segments(texts)
    if len(segments) >= LEAST_ROWS:
        return _collapsed(segments)
    return _titled_lists(texts)


# -- columns kept apart by tabs ----------------------------------------------------------


def _tabbed(lines: Sequence[Line]) -> Grid:
    """A tab ends a cell, so that a missing value leaves its place empty; runs of tabs count as one
    only where the header has such runs too. A row with more cells than the header is not sure,
    nor is one without a tab.
    """
    margin = min(line.indent for line in lines)
    pattern = r"\t+" if "\t\t" in lines[0].text else r"\t"
    rows = [
        [EMPTY] * (line.indent > margin) + [tidy(cell) for cell in line.words.split(pattern)]
        for line in lines
    ]
    width = max(map(len, rows))
    has_all = pattern == r"\t" or len(set(map(len, rows))) == 1
    is_sure = has_all and len(rows[0]) == width and all(len(row) > 1 for row in rows)
    filled = [tuple(row + [EMPTY] * (width - len(row))) for row in rows]
    labels = tuple(cell.text for cell in filled[0])
    return Grid(labels, tuple(filled[1:]), "sure" if is_sure else "likely")


# -- columns kept apart by blanks -------------------------------------------------------


def _aligned(lines: Sequence[Line]) -> Grid:
    rows = [
        [(line.indent + start, line.indent + end, line) for start, end in _fields(line.text)]
        for line in lines
    ]
    widest = max(rows, key=len)
    columns = [(start, end) for start, end, _ in widest]
    grid: list[list[Excerpt]] = []
    for row in rows:
        cells = [EMPTY] * len(columns)
        places = _places(columns, [(start, end) for start, end, _ in row])
        for at, (start, end, line) in zip(places, row, strict=True):
            cells[at] = line.words[start - line.indent : end - line.indent]
        is_wrap = (
            bool(grid)
            and not cells[0].text
            and (len(row) < max(len(columns) / 2, 1.5) or _is_wordy([*grid, cells]))
        )
        if is_wrap:
            grid[-1] = [
                join([above, cell]) if cell.text else above
                for above, cell in zip(grid[-1], cells, strict=True)
            ]
        else:
            grid.append(cells)
    is_full = all(len(row) == len(columns) for row in rows)
    is_sure = is_full or all(
        min(_apart(columns, a, b)) <= BESIDE for row in rows for a, b, _ in row
    )
    is_led = sum(_LED.search(line.text) is not None for line in lines) > len(lines) / 2
    header = grid.pop(0) if not is_led and _is_header(grid) else [EMPTY] * len(columns)
    labels = tuple(unbroken(cell).text for cell in header)
    return Grid(labels, tuple(map(tuple, grid)), "sure" if is_sure else "likely")


def _fields(text: str) -> list[Span]:
    """Where the fields of a line stand, without the dots that lead from one to the next, and the
    bars that are drawn of signs.
    """
    found = [(m.start(), m.start() + len(_DRAWN.sub("", m.group()))) for m in FIELD.finditer(text)]
    return [(start, end) for start, end in found if end > start]


def _is_wordy(rows: Sequence[Sequence[Excerpt]]) -> bool:
    """Whether rows are the two lines of a header: no cell of theirs is a number."""
    cells = [cell.text for row in rows for cell in row]
    return len(rows) == 2 and not any(map(_NUMBER.fullmatch, cells))


def _places(columns: Sequence[Span], cells: Sequence[Span]) -> list[int]:
    """The column of each cell of a row: those in their order that begin or end nearest."""
    best: list[tuple[int, list[int]]] = [(0, [])] * (len(columns) + 1)  # of the first columns
    for cell in cells:
        apart = _apart(columns, *cell)
        found: list[tuple[int, list[int]]] = [(FAR, [])]
        for c, (cost, places) in enumerate(best[:-1]):
            found.append(min(found[-1], (cost + apart[c], [*places, c])))
        best = found
    return best[-1][1]


def _apart(columns: Sequence[Span], start: int, end: int) -> list[int]:
    """How far from the beginning or the end of each column a cell begins or ends."""
    return [min(abs(first - start), abs(last - end)) for first, last in columns]


def _is_header(grid: Sequence[Sequence[Excerpt]]) -> bool:
    """Whether the first row names the columns: it has no cell that is like one below but for its
    figures ("6 months", "18 months"), years apart, and none that is a sentence.
    """
    columns = [[cell.text for cell in column] for column in zip(*grid, strict=True)]
    for first, *below in columns[1:]:
        is_like = _shape(first) in set(map(_shape, below))
        if "#" in _shape(first) and is_like and not _YEAR.fullmatch(first):
            return False
        if first.endswith("."):  # "a box for fish."
            return False
    return True


def _shape(text: str) -> str:
    """A cell without its figures: "#" of "12" and of "2nd"."""
    return re.sub(r"\d[\d.,]*(?:(?:st|nd|rd|th)\b|[ºª])?", "#", fold(text))


# -- cells below each other -------------------------------------------------------------


def _stacked(body: Sequence[Sequence[Line]]) -> Grid | None:
    """A table whose cells came out a line each, row by row, or column by column (then it is read as
    if it had been turned): the first run of lines has the labels, and each other as many cells.
    None if it is no such table.
    """
    runs = _runs([line for chunk in body for line in chunk])
    if len(runs) <= LEAST_ROWS:
        return None
    ((size, _),) = Counter(len(run) for run in runs[1:]).most_common(1)
    fitted = [_fitted(run, size) for run in runs]
    labels, *rows = fitted
    is_even = size >= LEAST_STACKED and all(len(run) == size for run in fitted)
    with_numbers = [row for row in rows if any(map(_is_number, row[1:]))]
    if not is_even or any(map(_is_number, labels)) or 0 < len(with_numbers) < len(rows):
        return None
    return Grid(tuple(cell.text for cell in labels), tuple(map(tuple, rows)), "likely")


def _runs(lines: Sequence[Line]) -> list[list[Excerpt]]:
    """Lines that follow on each other in the source, no blank line between."""
    runs: list[list[Excerpt]] = []
    end = -1
    for line in lines:
        if not line.words.offsets:
            continue
        if line.words.offsets[0] - line.indent != end + 1:
            runs.append([])
        runs[-1].append(line.words)
        end = line.words.offsets[-1] + line.trail + 1
    return runs


def _fitted(run: Sequence[Excerpt], size: int) -> list[Excerpt]:
    """A run with so many cells, words that take two lines put together: what begins small, or with
    a figure, goes on, and so does the label of a row.
    """
    cells = list(run)
    while len(cells) > size:
        goes_on = [
            k
            for k, cell in enumerate(cells)
            if k and not _is_number(cell) and re.match(r"[a-zà-ÿ\d]", cell.text)
        ]
        is_label = len(cells) > 1 and not _is_number(cells[1])
        at = goes_on[0] if goes_on else 1 if is_label else 0
        if not at:
            return cells
        cells[at - 1 : at + 1] = [join(cells[at - 1 : at + 1])]
    return cells


def _is_number(cell: Excerpt) -> bool:
    return _NUMBER.fullmatch(cell.text) is not None


# -- columns run together ---------------------------------------------------------------


def _segments(texts: Sequence[Excerpt]) -> list[Segment]:
    """Words with the numbers behind them, in reading order."""
    found: list[Segment] = []
    parts: list[Excerpt] = []
    numbers: list[Excerpt] = []
    begins_row = True
    for text in texts:
        words = [m.span() for m in re.finditer(r"\S+", text.text)]
        start = None
        for k, (a, b) in enumerate(words):
            is_number = bool(_NUMBER.fullmatch(text.text[a:b])) and (k > 0 or bool(parts))
            if is_number:
                if start is not None:
                    parts.append(text[start : words[k - 1][1]])
                    start = None
                numbers.append(text[a:b])
                continue
            if numbers:
                found.append(Segment(_put_together(parts), tuple(numbers), begins_row))
                parts, numbers, begins_row = [], [], k == 0
            if start is None:
                if not parts:
                    begins_row = k == 0
                start = a
        if start is not None:
            parts.append(text[start:])
    if numbers:
        found.append(Segment(_put_together(parts), tuple(numbers), begins_row))
    return found


def _put_together(parts: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
    """A line that begins in small letters or with "&" carries on the one above."""
    kept: list[Excerpt] = []
    for part in parts:
        if kept and re.match(r"[a-zà-ÿ&(]", part.text):
            kept[-1] = join([kept[-1], part])
        else:
            kept.append(part)
    return tuple(kept)


def _collapsed(found: Sequence[Segment]) -> Grid:
    usual = Counter(len(s.numbers) for s in found).most_common(1)[0][0]
    segments = [s for s in found if len(s.numbers) == usual]
    head, first = _header(segments)
    segments = [first, *segments[1:]]
    rows: list[list[Excerpt]] = []
    group: Excerpt | None = None
    has_groups = sum(len(s.parts) > 1 for s in segments) >= 2
    splits = _category_words(segments)
    for segment in segments:
        *above, label = segment.parts
        group = above[-1] if above and has_groups else group
        cells = [
            *([group] if group and has_groups else above[-1:]),
            *_split_category(label, splits and not above),
            *segment.numbers,
        ]
        if segment.begins_row or not rows:
            rows.append(cells)
        else:
            rows[-1] += cells
    labels = _labels(head, max(map(len, rows)))
    return Grid(labels, tuple(map(tuple, rows)), "likely")


def _header(segments: Sequence[Segment]) -> tuple[list[Excerpt], Segment]:
    """The first segment's words begin with the header: all but its label, and its group if there
    are groups.
    """
    first = segments[0]
    has_groups = sum(len(s.parts) > 1 for s in segments[1:]) >= 1 and len(first.parts) > 2
    keep = 2 if has_groups and first.parts[-2].text[0].isupper() else 1
    return list(first.parts[:-keep]), Segment(first.parts[-keep:], first.numbers, True)


def _category_words(segments: Sequence[Segment]) -> bool:
    """Whether every label ends in one of a few words, which are then a column of their own."""
    labels = [s.parts[-1].text.split() for s in segments if len(s.parts) == 1]
    last = Counter(words[-1] for words in labels)
    return (
        len(labels) >= 4
        and all(len(words) > 1 for words in labels)
        and len(last) <= len(labels) / 2
    )


def _split_category(label: Excerpt, splits: bool) -> list[Excerpt]:
    cut = label.text.rfind(" ")
    return [label[:cut], label[cut + 1 :]] if splits and cut > 0 else [label]


def _labels(head: Sequence[Excerpt], columns: int) -> tuple[str, ...]:
    """Labels of the columns: words of the header, each from a capital on; the last ones if there
    are too many.
    """
    labels: list[list[str]] = []
    for word in " ".join(part.text for part in head).split():
        opens = bool(labels) and labels[-1][-1].casefold() not in lexicon.FUNCTION_WORDS
        if not labels or (_LABEL_START.match(word) and opens):
            labels.append([word])
        else:
            labels[-1].append(word)
    joined = [" ".join(words) for words in labels][-columns:]
    return tuple([""] * (columns - len(joined)) + joined)


# -- words without numbers --------------------------------------------------------------


def _titled_lists(texts: Sequence[Excerpt]) -> Grid:
    if not texts:
        return Grid((), (), "guessed")
    head, *rest = texts
    labels = head.text.split()
    columns: list[list[Excerpt]] = []
    for text in rest:
        if lexicon.BULLET.match(text.text) and columns:
            columns[-1].append(text)
        else:
            columns.append([text])
    if len(columns) != len(labels):
        return Grid(("",), tuple((text,) for text in texts), "guessed")
    depth = max(map(len, columns))
    rows = [
        tuple(column[r] if r < len(column) else EMPTY for column in columns) for r in range(depth)
    ]
    return Grid(tuple(labels), tuple(rows), "likely")

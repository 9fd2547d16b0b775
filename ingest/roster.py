"""Lists of people: which lines are one, and where each row ends. The cells are found in
extract/participants.py.

Four layouts are known: columns kept apart by runs of blanks under a header, the same without a
header, columns that the export has collapsed to one blank, where a row ends with its sector, and
people under the bodies that they are of (see grouped.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile

from ingest import lexicon
from ingest.grouped import NAME, people_of
from ingest.pages import BLANK_LINE, FIELD, Line, Page
from ingest.pages import chunks as chunks_of
from kb.text import fold

LEAST_COLUMNS = 3
PROSE_WORDS = 15  # a text of so many words that ends with a stop is no row
_TAG_LETTERS = 5  # a place tag is an abbreviation
# Without a header: so many lines, half of them at least with a word for a job or a body.
LEAST_ROWS = 3
BARE = ("name", "job_title", "organisation", "sector")
_PERSON = re.compile(rf"{NAME}$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a roster: the field it holds and the offset its header begins at."""

    field: str
    start: int


@dataclass(frozen=True, slots=True)
class Row:
    """One person's lines; a blank line among them marks a gap in the source."""

    lines: tuple[Line, ...]
    page: int | None
    page_index: int


@dataclass(frozen=True, slots=True)
class Roster:
    """A list of people that begins under the header line of page page_index, or without one under
    the line that stands above, if any does on that page.
    """

    header: Line | None
    page_index: int
    rows: tuple[Row, ...]


def read_header(line: Line) -> tuple[Column, ...]:
    """The columns that a line names, none if it is no header of a list of people."""
    columns, position = [], 0
    text = line.text
    while position < len(text):
        found = _column_words().match(text, position)
        if not found:
            return ()
        columns.append(
            Column(lexicon.COLUMN_WORDS[found.group(1).casefold()], line.indent + found.start(1))
        )
        position = found.end()
    fields = {column.field for column in columns}
    return tuple(columns) if len(columns) >= LEAST_COLUMNS and "name" in fields else ()


def is_aligned(line: Line) -> bool:
    """Whether a header keeps its columns apart, by runs of blanks or tabs."""
    return len(re.findall(r"\S(?:\s{2,}|\t)(?=\S)", line.text)) >= LEAST_COLUMNS - 1


def take_rosters(pages: Sequence[Page]) -> tuple[list[Roster], list[Page]]:
    """Find the lists of people; hand back the pages without their rows. The header lines stay."""
    regions = _regions(pages)
    chunks = {
        index: list(chunks_of(pages[index].lines[start:end])) for index, start, end, _ in regions
    }
    tags = place_tags(
        [" ".join(line.text for line in chunk) for group in chunks.values() for chunk in group]
    )
    rosters: list[Roster] = []
    rest = [list(page.lines) for page in pages]
    for index, start, end, header in regions:
        page = pages[index]
        if not read_header(header):
            lines = [line for line in page.lines[start:end] if not line.is_blank]
            rows = [Row((line,), page.number, index) for line in lines]
        elif is_aligned(header):
            rows = _aligned_rows(page, index, start, end, read_header(header))
        else:
            rows = _collapsed_rows(page, index, chunks[index], tags)
        if any(line is header for line in page.lines[:start]):
            rosters.append(Roster(header, index, tuple(rows)))
        else:
            rosters[-1] = replace(rosters[-1], rows=rosters[-1].rows + tuple(rows))
        rest[index][start:end] = [BLANK_LINE] * (end - start)
    kept = [replace(page, lines=tuple(lines)) for page, lines in zip(pages, rest, strict=True)]
    return (rosters, kept) if rosters else _take_grouped(kept)


def _take_grouped(pages: Sequence[Page]) -> tuple[list[Roster], list[Page]]:
    """Lists of people under bodies, below a heading that announces people; they may go on over
    pages.
    """
    rosters, rest = [], []
    announced = False
    for index, page in enumerate(pages):
        full = [i for i, line in enumerate(page.lines) if not line.is_blank]
        heads = [i for i in full if lexicon.PARTICIPANTS.search(page.lines[i].text)]
        starts = [full[full.index(i) + 1] for i in heads if i != full[-1]]
        starts = [full[0], *starts] if announced and full else starts
        found = [(start, *people_of(page.lines[start:])) for start in starts]
        start, size, rows = next((one for one in found if one[1]), (0, 0, []))
        lines = list(page.lines)
        if size:
            above = max((i for i in heads if i < start), default=None)
            header = None if above is None else page.lines[above]
            made = tuple(Row(row, page.number, index) for row in rows)
            rosters.append(Roster(header, index, made))
            lines[start : start + size] = [BLANK_LINE] * size
        rest.append(replace(page, lines=tuple(lines)))
        last = full[-1] if full else -1
        announced = bool(full) and (last in heads or last < start + size)
    return rosters, rest


def _regions(pages: Sequence[Page]) -> list[tuple[int, int, int, Line]]:
    """(page index, first line, line after the last, header) of each page's rows; a list may go on
    without a header.
    """
    regions = []
    header: Line | None = None
    for index, page in enumerate(pages):
        found = next((i for i, line in enumerate(page.lines) if read_header(line)), None)
        if found is None and header is None and (bare := _without_header(page.lines)):
            regions.append((index, *bare))
            continue
        if found is not None:
            header = page.lines[found]
        if header is None:
            continue
        start = 0 if found is None else found + 1
        end = _end_of_rows(page.lines, start)
        if any(not line.is_blank for line in page.lines[start:end]):
            regions.append((index, start, end, header))
        if any(not line.is_blank for line in page.lines[end:]) or end == start:
            header = None
    return regions


def _without_header(lines: Sequence[Line]) -> tuple[int, int, Line] | None:
    """(first line, line after the last, line above) of rows of people under no header."""
    above: Line | None = None
    for start, line in enumerate(lines):
        if not is_bare(line) or above is None:
            above = above if line.is_blank else line
            continue
        rows = list(takewhile(lambda one: one.is_blank or is_bare(one), lines[start:]))
        while rows[-1].is_blank:
            rows.pop()
        people = [bare_cells(row) for row in rows if not row.is_blank]
        if len(people) >= LEAST_ROWS and sum(map(_has_post, people)) >= len(people) / 2:
            return start, start + len(rows), above
        above = line
    return None


def is_bare(line: Line) -> bool:
    """Whether a line may be a person's row without a header: a name, a post, a body, no figures."""
    cells = bare_cells(line)
    has_figures = re.search(r"\d", line.text) is not None
    is_row = LEAST_COLUMNS <= len(cells) <= len(BARE) and not has_figures
    return is_row and _PERSON.match(cells["name"]) is not None


def _has_post(cells: Mapping[str, str]) -> bool:
    """Whether a row has a word for a job or a body where they belong."""
    job, body = ({fold(w) for w in cells[f].split()} for f in ("job_title", "organisation"))
    return bool(job & lexicon.JOB_WORDS or body & lexicon.BODY_WORDS)


def bare_cells(line: Line) -> dict[str, str]:
    """The fields of such a row, in the order that lists of people have; of two, a comma parts the
    second.
    """
    fields = FIELD.findall(line.text)
    if len(fields) == LEAST_COLUMNS - 1:
        fields = [fields[0], *fields[1].split(", ", maxsplit=1)]
    return dict(zip(BARE, fields, strict=False))


def _end_of_rows(lines: Sequence[Line], start: int) -> int:
    """Index after the last row: the list ends at an annex's or chapter's heading, or at running
    text.
    """
    for i in range(start, len(lines)):
        text = lines[i].text
        after_gap = i == 0 or lines[i - 1].is_blank
        if not text or not after_gap:
            continue
        is_heading = (
            lexicon.ANNEX.match(text)
            or lexicon.NOTES.fullmatch(text)
            or re.match(r"\d{1,2}(\.\d{1,2})*\.?\s+[A-ZÀ-Þ]", text)
            or lexicon.SOURCE.match(text)
        )
        paragraph = []
        for line in lines[i:]:
            if line.is_blank:
                break
            paragraph.append(line.text)
        joined = " ".join(paragraph)
        is_prose = (
            len(joined.split()) >= PROSE_WORDS
            and joined.endswith((".", ":"))
            and not ends_row(joined, frozenset())
        )
        if is_heading or is_prose:
            return i
    return len(lines)


def _aligned_rows(
    page: Page, index: int, start: int, end: int, columns: Sequence[Column]
) -> list[Row]:
    rows: list[list[Line]] = []
    for line in page.lines[start:end]:
        if line.is_blank or set(line.text) <= set("-=_+| "):
            continue
        cells = aligned_cells(line, columns)
        begins = cells and cells[0][0] == 0 and (len(cells) > 1 or not rows)
        if begins and (len(cells) >= len(columns) / 2 or not rows):
            rows.append([line])
        elif rows:
            rows[-1].append(line)
    return [Row(tuple(lines), page.number, index) for lines in rows]


def aligned_cells(line: Line, columns: Sequence[Column]) -> list[tuple[int, int, int]]:
    """(column, start, end) of each cell in line.text.

    Cells between tabs are counted, and so are those that runs of blanks part if there is one for
    each column; others belong to the column whose header begins nearest, and one that fills its
    column is parted from the next where that begins.
    """
    if "\t" in line.text:
        cells = list(enumerate(m.span() for m in re.finditer(r"[^\t]*", line.text) if m.group()))
        return [(min(c, len(columns) - 1), a, b) for c, (a, b) in cells]
    fields = list(FIELD.finditer(line.text))
    if len(fields) == len(columns):
        return [(c, *found.span()) for c, found in enumerate(fields)]
    starts = {column.start - line.indent for column in columns}
    result = []
    for found in fields:
        inside = [s for s in starts if found.start() < s < found.end()]
        cuts = [found.start(), *sorted(s for s in inside if line.text[s - 1] == " "), found.end()]
        for a, b in pairwise(cuts):
            at = line.indent + a
            column = min(range(len(columns)), key=lambda c: abs(columns[c].start - at))
            result.append((column, a, b - (line.text[b - 1] == " ")))
    return result


def _collapsed_rows(
    page: Page, index: int, chunks: Sequence[list[Line]], tags: frozenset[str]
) -> list[Row]:
    rows: list[Row] = []
    pending: list[Line] = []
    for chunk in chunks:
        pending += ([BLANK_LINE] if pending else []) + chunk
        if ends_row(chunk[-1].text, tags) or chunk is chunks[-1]:
            rows.append(Row(tuple(pending), page.number, index))
            pending = []
    return rows


def place_tags(rows: Sequence[str]) -> frozenset[str]:
    """Short words that stand beside sectors at the end of rows: after one, or before two different
    ones ('Jal').
    """
    before: dict[str, set[str]] = defaultdict(set)
    tags = set()
    for row in rows:
        found = _sector_end().search(row)
        if not found:
            continue
        if found["after"] and len(found["after"]) <= _TAG_LETTERS:
            tags.add(found["after"])
        word = re.search(r"(\S+)\s*$", row[: found.start("sectors")])
        if word and len(word.group(1)) <= _TAG_LETTERS and word.group(1)[0].isupper():
            before[word.group(1)].add(fold(found["sectors"]))
    return frozenset(tags | {tag for tag, sectors in before.items() if len(sectors) >= 2})


def sector_end(row: str) -> re.Match[str] | None:
    """The sector or sectors that a row ends with ('sectors'), and a word behind them ('after')."""
    return _sector_end().search(row)


def ends_row(text: str, tags: frozenset[str]) -> bool:
    """Whether a line is the end of a row: a sector, a place tag, or one behind the other."""
    found = _sector_end().search(text)
    if found:
        return not found["after"] or found["after"] in tags or found["after"].isupper()
    return text.split()[-1] in tags


@lru_cache(maxsize=1)
def _column_words() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, lexicon.COLUMN_WORDS), key=len, reverse=True))
    return re.compile(rf"\s*({words})(?=\s|$)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _sector_end() -> re.Pattern[str]:
    words = "|".join(
        sorted(
            (re.escape(s).replace(r"\ ", r"\s+") for s in lexicon.SECTORS), key=len, reverse=True
        )
    )
    return re.compile(
        rf"(?<![\w/])(?P<sectors>(?:{words})(?:\s*/\s*(?:{words}))*)(?:\s+(?P<after>[A-ZÀ-Þ]\w+))?\s*$",
        re.IGNORECASE,
    )

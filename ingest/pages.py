"""Which lines stand on which page, and what number the page carries in print.

A page begins at a form feed. Where an export has turned form feeds into a blank, it begins at a
line that starts with a blank and follows directly on another line. Running heads and feet give
printed numbers; the other pages are counted from those, and pages between two printed numbers that
cannot be counted get none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from kb.excerpt import EMPTY, Excerpt
from kb.text import fold

FIELD = re.compile(r"\S+(?:[^\S\t]\S+)*")  # what tabs or runs of blanks keep apart
_RULE = re.compile(r"(?:_{4,}|—{3,})$")
_NUMBERED_ITEM = re.compile(r"\s*\d{1,2}[.)]\s")
_COLUMNS = re.compile(r"\S\s{3,}\S")
_HEAD = re.compile(
    r"^(?:(?P<before>\d{1,4})(?:\s+|$))?(?P<words>\D.*?)??(?P<after>\d{1,4})?$"
)  # "4. Title" is an item, no page
_ROMAN_HEAD = re.compile(r"^[ivxl]{1,6}$|\s{3,}[ivxl]{1,6}$|^[ivxl]{1,6}\s{3,}")
_UNWRAPPED = 200  # characters; no printed line is so long
_LEAST_NUMBERED = 4  # pages
_LEAST_LINES_A_PAGE = 8  # a running head stands at least so far from the next one


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source without the blanks at its ends; indent and trail count them."""

    words: Excerpt
    indent: int = 0
    trail: int = 0
    starts_page: bool = False
    follows_gap: bool = (
        False  # set apart from the line above, although no blank line stands between
    )

    @property
    def text(self) -> str:
        return self.words.text

    @property
    def is_blank(self) -> bool:
        return not self.words.text

    @property
    def has_columns(self) -> bool:
        return len(FIELD.findall(self.text)) > 1


BLANK_LINE = Line(EMPTY)


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of one page, running heads and rules taken out (each leaves a blank line). number is
    the printed one, if known.
    """

    number: int | None
    lines: tuple[Line, ...]
    heads: tuple[Line, ...] = ()
    rules: tuple[Line, ...] = ()  # lines drawn between parts, as of footnotes


@dataclass(frozen=True, slots=True)
class Pagination:
    """The pages of a source, and whether their numbers are printed, inferred or none."""

    pages: tuple[Page, ...]
    basis: str


def paginate(text: str) -> Pagination:
    r"""Split a text into numbered pages.

    Example: 'a\n2\n\fb\n3\n\fc' -> three pages, numbers 2, 3 and (counted) 4.
    """
    lines = _apart(read_lines(text))
    has_feeds = "\f" in text
    heads = _running_heads(lines, has_feeds)
    starts = [i for i, line in enumerate(lines) if line.starts_page]
    if not has_feeds:
        found = sorted({0, *_blank_led_starts(lines), *_head_starts(lines, heads)})
        starts = _reconcile(found, heads, lines)
        for i in set(found) - set(starts):
            lines[i] = replace(lines[i], follows_gap=True)
    groups = list(pairwise([*starts, len(lines)]))
    numbers = _numbers(
        [next((heads[i] for i in range(a, b) if heads.get(i)), None) for a, b in groups]
    )
    pages = tuple(
        _page(lines, a, b, n, heads, has_feeds) for (a, b), n in zip(groups, numbers, strict=True)
    )
    return Pagination(pages, _basis(pages, groups, heads))


def read_lines(text: str) -> list[Line]:
    """Every line of a text, blank ones too; one that follows a form feed starts a page."""
    lines: list[Line] = []
    starts_page = True
    for found in re.finditer(r"([^\n\f]*)(\n|\f|$)", text):
        if found.end() == found.start() == len(text) and lines:
            break
        start, end = found.span(1)
        words = Excerpt.of(text, start, end)
        indent, trail = len(words) - len(words.text.lstrip()), len(words) - len(words.text.rstrip())
        lines.append(Line(words.strip(), indent, trail, starts_page))
        starts_page = found.group(2) == "\f"
    return lines


def _apart(lines: list[Line]) -> list[Line]:
    """Where each paragraph is one line, as when a DOCX is saved as text, every line stands apart,
    but for the rows of a table.
    """
    lengths = [len(line.text) for line in lines if not line.is_blank]
    if sum(n for n in lengths if n > _UNWRAPPED) < sum(lengths) / 2:
        return lines
    return [
        replace(line, follows_gap="\t" not in line.text or "\t" not in above.text)
        for above, line in pairwise([BLANK_LINE, *lines])
    ]


def chunks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines between blank lines and gaps."""
    chunk: list[Line] = []
    for line in lines:
        if chunk and (line.is_blank or line.follows_gap):
            yield chunk
            chunk = []
        if not line.is_blank:
            chunk.append(line)
    if chunk:
        yield chunk


def _page(
    lines: list[Line], a: int, b: int, number: int | None, heads: dict[int, int | None], feeds: bool
) -> Page:
    rules = {i for i in range(a, b) if _RULE.match(lines[i].text)}
    kept = [BLANK_LINE if i in heads or i in rules else lines[i] for i in range(a, b)]
    if kept and not feeds and kept[0].indent:
        # One of the blanks before a page's first line is what is left of the form feed.
        kept[0] = replace(kept[0], indent=kept[0].indent - 1, starts_page=True)
    of_page = [i for i in range(a, b) if i in heads]
    return Page(
        number,
        tuple(kept),
        tuple(lines[i] for i in of_page),
        tuple(lines[i] for i in sorted(rules)),
    )


def _running_heads(lines: list[Line], has_feeds: bool) -> dict[int, int | None]:
    """Index of each running head or foot -> its number, None if it has none.

    Lines that repeat with rising numbers, set apart by blank lines or page ends; with form feeds
    also lone numbers and unnumbered lines that stand first or last on most pages.
    """
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    edges = _edges(lines) if has_feeds else set()
    for i, line in enumerate(lines):
        if line.is_blank or not (i in edges or _is_apart(lines, i)):
            continue
        found = _HEAD.match(line.text)
        number = found and (found["after"] or found["before"])
        words = fold(re.sub(r"[\d\W]+", " ", line.text)).strip()
        if number and (len(words.split()) >= 3 or i in edges):
            groups[words].append((i, int(number)))
    heads: dict[int, int | None] = {}
    pages_of = list(accumulate(line.starts_page for line in lines))
    for members in groups.values():
        apart = 1 if has_feeds else _LEAST_LINES_A_PAGE
        rising = all(a[1] < b[1] and b[0] - a[0] >= apart for a, b in pairwise(members))
        if len(members) >= 2 and rising and (not has_feeds or _counts_pages(members, pages_of)):
            heads.update(_of_pages(members, pages_of, edges) if has_feeds else members)
    if has_feeds:
        heads.update(_numbered_edges(lines, pages_of))
    repeated = Counter(fold(lines[i].text) for i in edges if i not in heads)
    pages = sum(line.starts_page for line in lines)
    heads.update(
        {
            i: None
            for i in edges
            if i not in heads and repeated[fold(lines[i].text)] >= max(3, pages / 2)
        }
    )
    return heads


def _numbered_edges(lines: list[Line], pages_of: Sequence[int]) -> dict[int, int | None]:
    """First lines, or last ones, with the number of their page, whatever their words (the title of
    the chapter): index -> number. None unless half of the pages have one. Those of the pages before
    may have Roman numbers, which count for nothing.
    """
    found: dict[int, int | None] = {}
    for edge in zip(*_edge_pairs(lines), strict=True):
        numbered = {
            i: int(number["after"] or number["before"])
            for i in edge
            if (number := _HEAD.match(lines[i].text)) and (number["after"] or number["before"])
        }
        ahead = Counter(number - pages_of[i] for i, number in numbered.items())
        steps, times = max(ahead.items(), key=lambda pair: pair[1], default=(0, 0))
        if times >= max(_LEAST_NUMBERED, len(edge) / 2):
            found.update({i: n for i, n in numbered.items() if n - pages_of[i] == steps})
            found.update({i: None for i in edge if _ROMAN_HEAD.search(lines[i].text)})
    return found


def _counts_pages(members: Sequence[tuple[int, int]], pages_of: Sequence[int]) -> bool:
    """Whether numbers at page edges mostly rise as the pages do; those of chapters do not.

    :param members: index of a line, its number; pages_of: the page that each line stands on.
    """
    steps = [pages_of[b[0]] - pages_of[a[0]] == b[1] - a[1] for a, b in pairwise(members)]
    return sum(steps) >= len(steps) / 2


def _of_pages(
    members: Sequence[tuple[int, int]], pages_of: Sequence[int], edges: Collection[int]
) -> list[tuple[int, int]]:
    """Those of lines with the same words that are at an edge or have their page's number: the
    heading of chapter 4 is no running head, though those below it repeat its words.
    """
    ahead = Counter(number - pages_of[i] for i, number in members)
    ((steps, _),) = ahead.most_common(1)
    return [(i, n) for i, n in members if i in edges or n - pages_of[i] == steps]


def _edges(lines: list[Line]) -> set[int]:
    """Indexes of the first and the last line with words of each page that a form feed makes."""
    return {i for pair in _edge_pairs(lines) for i in pair}


def _edge_pairs(lines: list[Line]) -> list[tuple[int, int]]:
    """Indexes of the first and the last line with words, for each page that has any."""
    starts = [i for i, line in enumerate(lines) if line.starts_page] + [len(lines)]
    full = ([i for i in range(a, b) if not lines[i].is_blank] for a, b in pairwise(starts))
    return [(own[0], own[-1]) for own in full if own]


def _is_apart(lines: list[Line], i: int) -> bool:
    above = i == 0 or lines[i - 1].is_blank
    below = i + 1 == len(lines) or lines[i + 1].is_blank
    return above or below


def _blank_led_starts(lines: list[Line]) -> list[int]:
    """Lines that start with a blank right under another line, and do not carry on that line."""
    full = [line for line in lines if not line.is_blank]
    if sum(bool(line.indent) for line in full) > 0.1 * len(full):
        return []  # indenting means something else in this text
    starts: list[int] = []
    for i, line in enumerate(lines[1:], 1):
        is_candidate = (
            line.indent
            and not lines[i - 1].is_blank
            and len(re.findall(r"[^\W\d_]", line.text)) >= 3
        )
        if is_candidate and not _carries_on(lines, i, set(starts)):
            starts.append(i)
    return starts


def _carries_on(lines: list[Line], i: int, starts: set[int]) -> bool:
    """Whether line i is the wrap of a numbered or indented heading, or a piece of a drawing."""
    before = lines[i - 1]
    if _COLUMNS.search(before.text):
        return True
    if not re.match(r"[^\W\d_]|\(", line := lines[i].text) or line[0].isupper():
        return False
    first = i - 1
    while first and not lines[first - 1].is_blank and first not in starts:
        first -= 1
    is_open = not before.text.endswith((".", "!", "?", ":", ";", "”"))
    opens_heading = _NUMBERED_ITEM.match(lines[first].text) or (
        lines[first].indent and first not in starts
    )
    return is_open and bool(opens_heading)


def _head_starts(lines: list[Line], heads: dict[int, int | None]) -> list[int]:
    """Running heads that open a page, where no form feed tells: those not directly above a
    blank-led line.
    """
    starts = []
    for i in heads:
        below = next((line for line in lines[i + 1 :] if not line.is_blank), None)
        if below is not None and not below.indent:
            starts.append(i)
    return starts


def _reconcile(starts: list[int], heads: dict[int, int | None], lines: list[Line]) -> list[int]:
    """Where two printed numbers allow fewer pages than were found between them, join the shortest
    to the next.
    """
    kept = list(starts)
    anchors = sorted(i for i, n in heads.items() if n is not None)
    for a, b in pairwise(anchors):
        number_a, number_b = heads[a], heads[b]
        if number_a is None or number_b is None:
            continue
        while True:
            between = [s for s in kept if a < s <= b]
            if len(between) <= number_b - number_a or len(between) < 2:
                break
            sizes = [(sum(not x.is_blank for x in lines[s:t]), t) for s, t in pairwise(between)]
            kept.remove(min(sizes)[1])
    return kept


def _numbers(printed: list[int | None]) -> list[int | None]:
    """Count from printed numbers; between two of them only if the count comes out right."""
    numbers = list(printed)
    anchors = [i for i, n in enumerate(printed) if n is not None]
    if not anchors:
        return numbers
    for a, b in pairwise(anchors):
        low, high = printed[a], printed[b]
        if low is not None and high is not None and high - low == b - a:
            numbers[a : b + 1] = range(low, high + 1)
    first, last = anchors[0], anchors[-1]
    for i in range(first):
        number = (printed[first] or 0) - (first - i)
        numbers[i] = number if number >= 1 else None
    for i in range(last + 1, len(printed)):
        numbers[i] = (printed[last] or 0) + i - last
    return numbers


def _basis(
    pages: tuple[Page, ...], groups: list[tuple[int, int]], heads: dict[int, int | None]
) -> str:
    if all(page.number is None for page in pages):
        return "none"
    printed = all(any(heads.get(i) is not None for i in range(a, b)) for a, b in groups)
    return "printed" if printed else "inferred"

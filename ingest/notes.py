"""Footnotes and endnotes: which lines are notes, and where their marks stand in the text.

A note is a line that begins with the next number of the document's one series of notes, on a page
where a mark with that number is glued to a word or its punctuation (or set as [n]); lines that
carry it on follow it. Or it begins with a star or dagger, at the foot of a page where such a mark
is glued to a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest import lexicon
from ingest.pages import BLANK_LINE, Line, Page
from kb.excerpt import Excerpt, Span, join, unbroken

_NOTE = re.compile(
    r"(?:(?P<plain>\d{1,3})[.)]?\s+|\[(?P<square>\d{1,3})\]\s*)(?=\S)|(?P<glued>\d{1,3})\.(?=\S\D)"
)
_STARRED = re.compile(r"(?P<mark>\*{1,3}|[†‡])\s+(?=\S)")
_END = re.compile(r"(?:[.!?)”\"]|https?://\S+)$")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its printed number or sign, its words without that, the page it stands on."""

    number: str
    label: Excerpt
    words: Excerpt
    page: int | None
    page_index: int


def mark_pattern(n: str) -> re.Pattern[str]:
    """How a mark of this number or sign may stand in running text.

    After a letter, bracket or quotation mark and at most two signs ("market.1 ", "Plan,12",
    "(Act)19"), after a year ("2016.76 ", "201337 "), raised, or in square brackets; never inside a
    longer number or before a per cent sign.
    """
    if not n.isdigit():
        return re.compile(rf"(?<=[^\W_]|[.,;:!?)\]’”'\"»%])(?<!\*){re.escape(n)}(?![\w*])")
    raised = n.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    end = r"(?![\d%]|[.,]\d|[^\W\d_])"
    return re.compile(
        rf"(?<=[^\W\d_]){n}{end}"
        rf"|(?<=[^\W\d_][.,;:!?]){n}{end}"
        rf"|(?<=[^\W_][)\]’”'\"»]){n}{end}"
        rf"|(?<=[^\W_][.,;:!?)\]’”'\"»][.,;:!?)\]’”'\"»]){n}{end}"
        rf"|(?<=\d\.\d:){n}{end}"
        rf"|(?<=\b[12]\d\d\d[.,]){n}(?=\s|$)"
        rf"|(?<=\b19\d\d){n}(?=\s|$)|(?<=\b20\d\d){n}(?=\s|$)"
        rf"|(?<=[^\W_])\[{n}\]|(?<=[.,;:!?)\]’”'\"»])\[{n}\]|(?<!\d){raised}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])"
    )


def take_notes(pages: Sequence[Page]) -> tuple[list[Note], list[Page]]:
    """Find the notes and hand back the pages without their lines (each leaves a blank line).

    Where a heading announces notes, only what stands below it is one; where notes are set as [n],
    only such lines are: numbered paragraphs are none.
    """
    texts = ["\n".join(line.text for line in page.lines) for page in pages]
    first_page, first_line = _announced(pages)
    in_brackets = _in_brackets(pages)
    notes: list[Note] = []
    rest: list[Page] = []
    expected = 1
    for index, page in enumerate(pages):
        lines = list(page.lines)
        is_announced = first_page is not None and index >= first_page
        position = first_line if index == first_page else 0
        if first_page is not None and not is_announced:
            position = len(lines)
        previous_end = -1
        while position < len(lines):
            number, label = _label(lines[position])
            is_next = number == expected and label is not None
            # Notes stand at the foot: a numbered paragraph above one is none.
            is_next = is_next and not any(
                _label(line)[0] == expected for line in lines[position + 1 :]
            )
            if in_brackets and label is not None and not label.text.startswith("["):
                is_next = False
            marked = is_next and _is_marked(
                texts, index, str(expected), anywhere=is_announced or in_brackets
            )
            follows = is_next and 0 <= previous_end and _is_gap(lines[previous_end:position])
            if not (marked or follows) or label is None:
                position += 1
                continue
            end = _end_of_note(lines, position)
            first = lines[position].words[len(label) :]
            body = join([first, *(line.words for line in lines[position + 1 : end])])
            notes.append(Note(str(expected), label.strip(), unbroken(body), page.number, index))
            lines[position:end] = [BLANK_LINE] * (end - position)
            expected, previous_end, position = expected + 1, end, end
        rest.append(replace(page, lines=tuple(lines)))
    return _take_starred(notes, rest)


def _take_starred(notes: Sequence[Note], pages: Sequence[Page]) -> tuple[list[Note], list[Page]]:
    """With the notes that a star or dagger marks, in the order of the pages."""
    found = list(notes)
    rest = []
    for index, page in enumerate(pages):
        lines = list(page.lines)
        starts = [i for i, line in enumerate(lines) if _STARRED.match(line.text)]
        first = next((i for i in starts if _is_starred(lines, i)), len(lines))
        ends = [*(i for i in starts if i > first), len(lines)]
        for start, end in pairwise([first, *ends] if first < len(lines) else []):
            words = join([line.words for line in lines[start:end] if not line.is_blank])
            sign = _STARRED.match(words.text)
            if sign:
                label, body = words[: sign.end()].strip(), unbroken(words[sign.end() :])
                found.append(Note(sign["mark"], label, body, page.number, index))
        lines[first:] = [BLANK_LINE] * (len(lines) - first)
        rest.append(replace(page, lines=tuple(lines)))
    return sorted(found, key=lambda note: note.page_index), rest


def _is_starred(lines: Sequence[Line], i: int) -> bool:
    """Whether a line with a sign is a note: the sign is glued to a word above, and the lines from
    here to the page's end are one paragraph for each sign.
    """
    sign = _STARRED.match(lines[i].text)
    above = "\n".join(line.text for line in lines[:i])
    gaps = [
        below
        for line, below in pairwise(lines[i:])
        if line.is_blank and not below.is_blank and not _STARRED.match(below.text)
    ]
    return sign is not None and not gaps and mark_pattern(sign["mark"]).search(above) is not None


def _announced(pages: Sequence[Page]) -> tuple[int | None, int]:
    """(page, line below the heading) where notes are announced, (None, 0) if nowhere."""
    for index, page in enumerate(pages):
        for i, line in enumerate(page.lines):
            if lexicon.NOTES.fullmatch(line.text):
                return index, i + 1
    return None, 0


def _in_brackets(pages: Sequence[Page]) -> bool:
    """Whether the lines that may be notes are labelled [1] rather than 1."""
    lines = [line.text for page in pages for line in page.lines]
    return any(re.match(r"\[1\]\s*\S", line) for line in lines)


def _is_gap(lines: Sequence[Line]) -> bool:
    return all(line.is_blank for line in lines)


def marks(
    notes: Sequence[Note], texts: Sequence[tuple[int, str]]
) -> Iterator[tuple[Note, int, Span]]:
    """Where each note is marked in running text.

    :param texts: (index of the page a block begins on, its text), in reading order.
    :returns: (note, position in texts, stretch of that text); the mark nearest to the note's page
        is taken, and one behind punctuation before one glued to a word.
    """
    for note in notes:
        found = [
            (abs(note.page_index - page_index), text[m.start() - 1].isalnum(), i, m.span())
            for i, (page_index, text) in enumerate(texts)
            for m in mark_pattern(note.number).finditer(text)
            if abs(note.page_index - page_index) <= 1
            or (note.number.isdigit() and not text[m.start() - 1].isalnum())
        ]
        if found:
            _, _, i, span = min(found)
            yield note, i, span


def _label(line: Line) -> tuple[int | None, Excerpt | None]:
    found = _NOTE.match(line.text)
    if not found:
        return None, None
    number = found["plain"] or found["square"] or found["glued"]
    return int(number), line.words[: found.end()]


def _is_marked(texts: Sequence[str], index: int, number: str, anywhere: bool) -> bool:
    pattern = mark_pattern(number)
    return any(pattern.search(text) for text in (texts if anywhere else [texts[index]]))


def _end_of_note(lines: Sequence[Line], start: int) -> int:
    """Index after the note's last line: up to a blank line, or past it if the note is plainly
    unfinished there.
    """
    end = start + 1
    widest = max(len(line.text) for line in lines)
    while end < len(lines):
        line = lines[end]
        if line.is_blank:
            below = next((i for i in range(end, len(lines)) if not lines[i].is_blank), None)
            last = lines[end - 1].text
            if (
                below is None
                or _label(lines[below])[0]
                or not _is_open(last, lines[below].text, widest)
            ):
                break
            end = below
        elif _label(line)[0] and _label(line)[0] == (_label(lines[start])[0] or 0) + 1:
            break
        end += 1
    return end


def _is_open(last: str, following: str, widest: int) -> bool:
    """Whether a line breaks off in mid-sentence: no stop, and the next word would not have fitted,
    or is lower case.
    """
    if _END.search(last) or following.startswith(("•", "-", "–")):
        return False
    return following[:1].islower() or len(last) + len(following.split()[0]) >= 0.85 * widest

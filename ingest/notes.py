"""Footnotes and endnotes: which lines are notes, and where their marks stand in the text.

A note is a line that begins with the next number of the document's one series of notes, on a page
where a mark with that number is glued to a word or its punctuation (or set as [n]); lines that
carry it on follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.pages import BLANK_LINE, Line, Page
from kb.excerpt import Excerpt, Span, join, unbroken

_NOTE = re.compile(
    r"(?:(?P<plain>\d{1,3})[.)]?\s+|\[(?P<square>\d{1,3})\]\s*)(?=\S)|(?P<glued>\d{1,3})\.(?=\S\D)"
)
_END = re.compile(r"(?:[.!?)”\"]|https?://\S+)$")
_NOTES_HEADING = re.compile(
    r"(?:end ?notes|notes|notas(?: al final)?|footnotes|notas al pie)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its printed number, its words without that number, the page it stands on."""

    number: int
    label: Excerpt
    words: Excerpt
    page: int | None
    page_index: int


def mark_pattern(number: int) -> re.Pattern[str]:
    """How a mark of this number may stand in running text.

    After a letter, bracket or quotation mark and at most two signs ("market.1 ", "Plan,12",
    "(Act)19"), after a year ("2016.76 ", "201337 "), raised, or in square brackets; never inside a
    longer number or before a per cent sign.
    """
    n = str(number)
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
    """Find the notes and hand back the pages without their lines (each leaves a blank line)."""
    texts = ["\n".join(line.text for line in page.lines) for page in pages]
    notes: list[Note] = []
    rest: list[Page] = []
    expected = 1
    for index, page in enumerate(pages):
        lines = list(page.lines)
        at_end = any(_NOTES_HEADING.match(line.text) for line in lines)
        position = 0
        previous_end = -2
        while position < len(lines):
            number, label = _label(lines[position])
            is_next = number == expected and label is not None
            is_marked = is_next and _is_marked(texts, index, expected, anywhere=at_end)
            follows = (
                is_next
                and all(line.is_blank for line in lines[previous_end:position])
                and previous_end >= 0
            )
            if not (is_marked or follows) or label is None:
                position += 1
                continue
            end = _end_of_note(lines, position)
            body = [
                _after(lines[position].words, len(label)),
                *(line.words for line in lines[position + 1 : end]),
            ]
            notes.append(Note(expected, label.strip(), unbroken(join(body)), page.number, index))
            lines[position:end] = [BLANK_LINE] * (end - position)
            expected, previous_end, position = expected + 1, end, end
        rest.append(Page(page.number, tuple(lines), page.heads))
    return notes, rest


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
            if abs(note.page_index - page_index) <= 1 or not text[m.start() - 1].isalnum()
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


def _after(words: Excerpt, length: int) -> Excerpt:
    return words[length : len(words)]


def _is_marked(texts: Sequence[str], index: int, number: int, anywhere: bool) -> bool:
    pattern = mark_pattern(number)
    near = texts if anywhere else texts[max(0, index - 1) : index + 2]
    on_page = pattern.search(texts[index])
    return bool(on_page) or (anywhere and any(pattern.search(text) for text in near))


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

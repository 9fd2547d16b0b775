"""Blocks: lines that belong together, and the questions about a block that several rooms ask."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest import lexicon
from ingest.pages import Line
from kb.excerpt import Excerpt, join, unbroken

PROSE_WORDS = 12  # fewer words do not make a paragraph of running text
HEADING_WORDS = 26
PROSE = frozenset({"paragraph", "list_item", "quote", "turn"})
SET_APART = frozenset(
    {"figure", "table", "fragment", "mark", "participant", "roster_header", "contents"}
)

_SENTENCE_INSIDE = re.compile(r"[^\W\d_]{3,}[.!?]\s+[A-ZÀ-Þ]")
ENDED = re.compile(r"(?:[.!?:;”»\"…]|[.!?]\))\s*(?:\[?\d{1,3}\]?)?$")
NUMBERS_ONLY = re.compile(r"[\d\s.,%$€£+/()-]+$")
_FINISHED = re.compile(r"(?:[.,;:]|[.!?][”»\"])\s*(?:\[?\d{1,3}\]?)?$")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together. kind: heading, title, paragraph, list_item, quote, turn, table,
    figure, participant, roster_header, rows (of a table, as yet), fragment (of a drawing), mark (a
    quotation mark set apart), contents (lines of a table of contents).
    """

    kind: str
    lines: tuple[Line, ...]
    page: int | None
    page_index: int
    width: int = 0  # characters of a full line on this page
    alone: bool = True  # a blank line before and after
    speaker: Excerpt | None = None

    @property
    def words(self) -> Excerpt:
        """As the source has them, wraps undone but for words broken at a hyphen."""
        return join([line.words for line in self.lines])

    @property
    def flat(self) -> Excerpt:
        """As they are read, broken words put together."""
        return unbroken(self.words)

    @property
    def text(self) -> str:
        return self.words.text

    @property
    def indent(self) -> int:
        return self.lines[0].indent


def begins_item(line: Line) -> bool:
    text = line.text
    patterns = (
        lexicon.BULLET,
        lexicon.LETTERED,
        lexicon.NUMBERED,
        lexicon.CODED,
        lexicon.CAPTION,
        lexicon.SOURCE,
    )
    if not any(pattern.match(text) for pattern in patterns):
        return False
    numbered = lexicon.NUMBERED.match(text)
    # A wrapped line may begin with a number ("12 of them"); an item's number carries a stop or
    # bracket.
    return numbered is None or bool(re.match(r"[\d.]+[.)]\s", text))


def is_title(text: str, words: int = HEADING_WORDS) -> bool:
    """Whether a text could be a heading: begins with a capital, does not end as a sentence does, is
    short.
    """
    parts = text.split()
    number = lexicon.NUMBERED.match(text) or lexicon.ROMAN.match(text)
    body = text[number.end() :] if number else text
    if not parts or len(parts) > words or not re.search(r"[^\W\d_]{2}", text) or not body:
        return False
    if not re.match(r"[A-ZÀ-Þ0-9¿@]", body) or _FINISHED.search(text) or text.endswith("!"):
        return False
    is_open = parts[-1].strip("()").casefold() in lexicon.OPEN_ENDS
    if lexicon.CAPTION.match(text) or (is_open and not lexicon.LABEL.fullmatch(text)):
        return False
    is_label = lexicon.CHAPTER.match(body) or lexicon.ANNEX.match(body)
    return is_label is not None or not _SENTENCE_INSIDE.search(body)


def is_display(block: Block) -> bool:
    """Whether a heading is set in capitals, in its first line up to a colon.

    An acronym is not: a short word without a vowel, or of three letters.
    """
    first = re.split(r"[:?]", block.lines[0].text)[0]
    letters = [c for c in first if c.isalpha()]
    words = re.findall(r"[A-ZÀ-Þ]{4,}", first)
    is_word = any(len(word) >= 6 or re.search(r"[AEIOUÁÉÍÓÚ]", word) for word in words)
    return is_word and sum(c.isupper() for c in letters) > 0.6 * len(letters)


def is_prose(block: Block) -> bool:
    """Running text, told from cells and labels by its length, its end, and lines that fill the
    column.
    """
    if len(block.text.split()) < PROSE_WORDS or not (
        ENDED.search(block.text) or block.kind in PROSE - {"paragraph"}
    ):
        return False
    full = [len(line.text) for line in block.lines[:-1]] or [len(block.text)]
    has_columns = (
        sum(bool(re.search(r"\S\s{3,}\S", line.text)) for line in block.lines)
        > len(block.lines) / 3
    )
    return not has_columns and sum(full) / len(full) >= 0.55 * block.width


def is_fragment(block: Block) -> bool:
    """A number, or letters torn apart, as the labels of a chart come out of a PDF."""
    if NUMBERS_ONLY.match(block.text):
        return True
    if begins_item(block.lines[0]):
        return False
    mean = sum(len(line.text) for line in block.lines) / len(block.lines)
    return (
        mean <= 6
        and not re.fullmatch(r"[“”\"«»„‘’]|[A-ZÀ-Þ]\w{3,}", block.text)
        and not lexicon.ANNEX.match(block.text)
    )

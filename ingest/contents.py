"""The list of contents: which blocks are it, and which headings does it give? It is no text, and
where no number or capitals rank the headings, those that it has are the chapters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest import lexicon
from ingest.blocks import Block
from kb.text import letters

LISTED = 0.7  # of the lines of a list of headings; others are parts of long ones
TITLE_LINES = 3  # of a heading in the list
LEADERS = re.compile(r"\S ?(?:(?:\. ?){4,}|…{2,}|_{4,})\s*(?:\d{1,3}|[ivxl]{1,6})$")
_PAGE = re.compile(r"[\s.…_]*\d{1,3}$")  # of a heading


def is_led(block: Block) -> bool:
    """Whether dots lead from the words of most lines to a number of a page."""
    led = sum(bool(LEADERS.search(line.text)) for line in block.lines)
    return led >= len(block.lines) / 2


def told_apart(blocks: list[Block]) -> list[Block]:
    """What stands below "Contents" as far as it comes again further on as headings is no text."""
    start = next((i for i, b in enumerate(blocks) if lexicon.CONTENTS.fullmatch(b.text)), None)
    if start is None:
        return blocks
    end = start + 1
    while end < len(blocks) and _comes_again(blocks[end], blocks[end + 1 :]):
        end += 1
    listed = [replace(block, kind="contents") for block in blocks[start + 1 : end]]
    return [*blocks[: start + 1], *listed, *blocks[end:]]


def headings_in(blocks: Sequence[Block]) -> frozenset[str]:
    """The letters of the headings that the list has; each may take some of its lines."""
    titles = [title for b in blocks if b.kind == "contents" for title in _titles(b)]
    sizes = range(1, TITLE_LINES + 1)
    return frozenset("".join(titles[i : i + n]) for n in sizes for i in range(len(titles)))


def _comes_again(block: Block, below: Sequence[Block]) -> bool:
    """Whether most lines of a block are headings further on, or parts of them."""
    headings = {letters(b.text) for b in below if b.kind == "heading"}
    titles = _titles(block)
    known = [title for title in titles if any(title in heading for heading in headings)]
    return len(known) >= LISTED * len(titles)


def _titles(block: Block) -> list[str]:
    """The letters of each line, without numbers of pages."""
    found = (letters(_PAGE.sub("", line.text)) for line in block.lines)
    return [title for title in found if title]

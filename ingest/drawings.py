"""Tables and figures: which cells, labels, values and source lines belong to a caption.

A table takes what follows its caption up to running text; a figure takes the labels below it, or
above it if there are none, and on a page with one figure the rows of numbers that are its values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest import lexicon
from ingest.blocks import (
    ENDED,
    NUMBERS_ONLY,
    Block,
    is_display,
    is_prose,
    is_title,
)
from ingest.pages import BLANK_LINE, Line

LEAST_SCRAPS = 4  # short lines on a page, from which on they are a drawing's
LEAST_ROWS = 2  # lines with columns
_GLUED_LABELS = re.compile(r"[A-Z][a-z]+[A-Z][a-z]+$")


def gather_drawings(blocks: list[Block]) -> list[Block]:
    """Give each table and figure the cells, labels and source lines that belong to it."""
    result: list[Block] = []
    position = 0
    while position < len(blocks):
        block = blocks[position]
        position += 1
        if block.kind not in ("table", "figure"):
            result.append(block)
            continue
        start = position
        while position < len(blocks) and _belongs(blocks, position):
            rows = [line for part in (block, *blocks[start:position]) for line in part.lines]
            if _ends_rows(rows, blocks[position]):
                break
            position += 1
            if lexicon.SOURCE.match(blocks[position - 1].text):
                break
        below = blocks[start:position]
        above = [] if below or block.kind == "table" else _labels_above(result)
        del result[len(result) - len(above) :]
        parts = [b for b in [*above, *below] if b.kind != "fragment" or block.kind == "table"]
        result.append(_with_parts(block, parts))
        if block.kind == "figure":
            result += [b for b in below if b.kind == "fragment"]
    return _chart_values(result)


def _with_parts(block: Block, parts: Sequence[Block]) -> Block:
    """A caption with what belongs to it; a blank line stands before each part."""
    lines = [line for part in parts for line in (BLANK_LINE, *part.lines)]
    return replace(block, lines=(*block.lines, *lines))


def _belongs(blocks: list[Block], position: int) -> bool:
    block = blocks[position]
    if (
        block.kind in ("table", "figure", "quote", "mark")
        or is_prose(block)
        or lexicon.ANNEX.match(block.text)
    ):
        return False
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    if block.kind != "heading" or re.search(r"\s[\d.,]+\s?%?$", block.text):
        return True  # words and a number are a row
    if len(block.lines) == len(blocks[position - 1].lines) > 1:
        return True  # cells below each other, as many as in the row above
    return not (is_display(block) if following is None else is_prose(following))


def _ends_rows(rows: Sequence[Line], block: Block) -> bool:
    """Whether a block of words without columns follows on rows with columns."""
    has_rows = sum(line.has_columns for line in rows) >= LEAST_ROWS
    has_columns = any(line.has_columns for line in block.lines)
    return has_rows and not has_columns and not lexicon.SOURCE.match(block.text)


def _labels_above(result: list[Block]) -> list[Block]:
    """The run of label-like blocks right above a figure's caption; a single one is no run."""
    run: list[Block] = []
    for block in reversed(result):
        is_item = re.match(r"\(?[a-z\d][.)]\s", block.text) and len(block.text.split()) >= 8
        if (
            block.kind not in ("heading", "list_item", "paragraph")
            or is_prose(block)
            or is_item
            or ENDED.search(block.text)
        ):
            break
        run.insert(0, block)
    return run if len(run) >= 2 else []


def _chart_values(blocks: list[Block]) -> list[Block]:
    """On a page with one figure, rows of numbers that are no axis are the chart's values; other
    scraps stay fragments.
    """
    figures = [i for i, b in enumerate(blocks) if b.kind == "figure"]
    if len(figures) != 1:
        scraps = sum(b.kind == "fragment" for b in blocks)
        is_drawing = bool(figures) or scraps >= LEAST_SCRAPS
        below = [*blocks[1:], None]
        return blocks if is_drawing else list(map(_no_scrap, blocks, below))
    at = figures[0]
    has_source = any(lexicon.SOURCE.match(line.text) for line in blocks[at].lines)
    belonging = [b for b in _value_rows(blocks) if b.kind == "fragment"]
    if not has_source and any(b.kind == "fragment" for b in blocks):
        belonging = [b for b in blocks if lexicon.SOURCE.match(b.text)][:1] + belonging
    rows = [b for b in blocks if not any(b is other for other in belonging)]
    figure = _with_parts(blocks[at], belonging)
    marked = [figure if b is blocks[at] else b for b in rows]
    return [replace(b, kind="fragment") if _GLUED_LABELS.fullmatch(b.text) else b for b in marked]


def _no_scrap(block: Block, below: Block | None) -> Block:
    """A short line where there is no drawing: a heading ("Ice") if it stands over running text."""
    if block.kind != "fragment":
        return block
    is_heading = is_title(block.text) and below is not None and is_prose(below)
    return replace(block, kind="heading" if is_heading else "paragraph")


def _value_rows(blocks: list[Block]) -> list[Block]:
    """Runs of lines that hold only numbers, at least four of them and not evenly spaced as an axis
    is.
    """
    values: list[Block] = []
    run: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and block.kind == "fragment" and NUMBERS_ONLY.match(block.text):
            run.append(block)
            continue
        numbers = [
            float(n.replace(",", "")) for b in run for n in re.findall(r"\d[\d,]*\.?\d*", b.text)
        ]
        steps = {round(b - a, 6) for a, b in pairwise(numbers)}
        if len(numbers) >= 4 and len(steps) > 1:
            values += run
        run = []
    return values

"""Blocks -> sections: what nests in what.

A text file shows no type sizes, so rank follows from style: a style that is met inside a chapter
for the first time is one level deeper than the heading before it; a style met again closes what was
opened since. Numbers ("2.3") and capitals give a rank of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import lexicon
from ingest.attribution import person_of
from ingest.blocks import Block, is_display
from ingest.contents import headings_in
from kb.excerpt import Excerpt
from kb.text import fold, letters

NESTED = "+"
LEAST_LISTED = 4  # lines below a heading
TITLE_PAGE_LINES = 30  # a first page longer than this is a page of the text


@dataclass(frozen=True, slots=True)
class Heading:
    """A section of the outline before it gets its row: index of its block, level from 1, index of
    its parent.
    """

    block: int
    level: int
    parent: int | None
    words: Excerpt
    page: int | None


@dataclass(frozen=True, slots=True)
class Outline:
    """Blocks with title matter told apart, headings in order, and for each block the heading it
    stands under.
    """

    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    section_of: tuple[int | None, ...]

    def path(self, heading: int) -> str:
        """Headings from the chapter down, joined by " > "."""
        parts: list[str] = []
        at = heading
        while True:
            parts.insert(0, self.headings[at].words.text)
            parent = self.headings[at].parent
            if parent is None:
                return " > ".join(parts)
            at = parent


def read_outline(blocks: Sequence[Block]) -> Outline:
    """Give every heading its level and parent, and every block its section."""
    blocks = _without_lists(_with_labels(_tell_title(blocks)))
    parts = _parts_of_profiles(blocks)
    styles = [_style(block) for block in blocks if block.kind == "heading"]
    ranked = any(style.startswith("numbered:") and style != "numbered:1" for style in styles)
    listed = headings_in(blocks)
    has_chapters = "display" in styles or ranked or bool(listed)
    chapters = [b for b in blocks if b.kind == "heading" and _style(b) == "numbered:1"]
    # "3 WHAT WE HEARD": where nothing is numbered below it, it is set like any heading in capitals.
    has_numbers = not ranked and sum(map(is_display, chapters)) > len(chapters) / 2
    headings: list[Heading] = []
    section_of: list[int | None] = []
    stack: list[tuple[str, int]] = []  # (style, index of heading) of the open sections
    for i, block in enumerate(blocks):
        if block.kind == "heading":
            style = _style(block)
            follows_heading = i > 0 and blocks[i - 1].kind == "heading"
            if (
                style == "labelled"
                and not follows_heading
                and all(other != style for other, _ in stack)
            ):
                style = "plain"  # a subtitle, not the first of a row of cases
            if (
                follows_heading
                and stack
                and style in ("plain", "indented")
                and stack[-1][0] == style
            ):
                style += (
                    NESTED  # no text between two headings alike: the second is inside the first
                )
            if style in ("plain", "indented") and i in parts:
                style = "part of a profile"
            is_listed = letters(block.text) in listed and style in ("plain", "indented", "labelled")
            if (style == "numbered:1" and has_numbers) or (is_listed and not ranked):
                style = "display"  # what the list of contents has is a chapter
            depth = _depth(style, stack, ranked, has_chapters)
            del stack[depth:]
            parent = stack[-1][1] if stack else None
            headings.append(Heading(i, len(stack) + 1, parent, block.flat, block.page))
            stack.append((style, len(headings) - 1))
        section_of.append(len(headings) - 1 if headings else None)
    return Outline(tuple(blocks), tuple(headings), tuple(section_of))


def _with_labels(blocks: Sequence[Block]) -> list[Block]:
    """A line that only numbers a chapter or an annex is one with the heading below it."""
    kept: list[Block] = []
    for block in blocks:
        above = kept[-1] if kept else None
        is_label = (
            above is not None
            and above.kind == block.kind == "heading"
            and above.page_index == block.page_index
            and lexicon.LABEL.fullmatch(above.text)
        )
        if above is not None and is_label:
            kept[-1] = replace(above, lines=above.lines + block.lines)
        else:
            kept.append(block)
    return kept


def _without_lists(blocks: Sequence[Block]) -> list[Block]:
    """Many short lines without a text between them are a list, of people if the heading above says
    so; headings follow on each other by twos and threes.
    """
    result = list(blocks)
    runs: list[list[int]] = []
    for i, block in enumerate(blocks):
        goes_on = i > 0 and block.kind == blocks[i - 1].kind == "heading"
        if block.kind == "heading":
            if not (goes_on and _style(block) in ("plain", "indented", "labelled")):
                runs.append([])
            runs[-1].append(i)
    for above, *below in runs:
        of_people = bool(lexicon.PARTICIPANTS.search(blocks[above].text))
        for i in below if len(below) >= LEAST_LISTED else ():
            is_person = of_people and person_of(blocks[i].text) is not None
            result[i] = replace(blocks[i], kind="participant" if is_person else "list_item")
    return result


def _parts_of_profiles(blocks: Sequence[Block]) -> frozenset[int]:
    """Blocks of headings that stand in the same order under several others, each after a text of
    its own, as those of profiles do: they are inside these, though they may look alike.
    """
    headings = [i for i, b in enumerate(blocks) if b.kind == "heading"]
    counts = Counter(fold(blocks[i].text) for i in headings)
    runs: dict[int, list[int]] = {}
    for i in headings:
        if counts[fold(blocks[i].text)] == 1:
            last = i
            runs[i] = []
        elif runs:
            runs[last].append(i)
    said = {i: tuple(fold(blocks[n].text) for n in run) for i, run in runs.items() if len(run) > 1}
    alike = Counter(said.values())
    return frozenset(
        n
        for i, texts in said.items()
        if alike[texts] > 1 and blocks[i + 1].kind != "heading"
        for n in runs[i]
    )


def _tell_title(blocks: Sequence[Block]) -> list[Block]:
    """The first heading of a document that begins with one is its title; what else stands on a
    title page is no section.
    """
    result = list(blocks)
    if not result or result[0].kind != "heading":
        return result
    first_page = [i for i, b in enumerate(result) if b.page_index == 0]
    is_title_page = (
        len(first_page) < len(result)
        and sum(len(result[i].lines) for i in first_page) <= TITLE_PAGE_LINES
    )
    for i in first_page if is_title_page else first_page[:1]:
        if result[i].kind == "heading" and not lexicon.NUMBERED.match(result[i].text):
            result[i] = replace(result[i], kind="title" if i == 0 else "paragraph")
    return result


def _style(block: Block) -> str:
    text = block.text
    if lexicon.ANNEX.match(text) or lexicon.NOTES.fullmatch(text):
        return "annex"
    if lexicon.CHAPTER.match(text):
        return "display"
    if named := lexicon.NAMED.match(text):
        return f"named:{named['name'].casefold()}"
    if numbered := re.match(r"(\d{1,2}(?:\.\d{1,2})*)[.)]?\s", text):
        return f"numbered:{numbered.group(1).count('.') + 1}"
    if is_display(block):
        return "display"
    if re.search(r"\w: \w", text):
        return "labelled"
    return "indented" if block.indent else "plain"


def _depth(style: str, stack: Sequence[tuple[str, int]], ranked: bool, has_chapters: bool) -> int:
    """How many of the open sections stay open above a heading of this style."""
    if style in ("annex", "display"):
        return 0
    if ranked and style.startswith("numbered:"):
        level = int(style.split(":")[1])
        return next((i for i, (other, _) in enumerate(stack) if _rank(other) >= level), len(stack))
    met = next(
        (i for i in range(len(stack) - 1, -1, -1) if stack[i][0].removesuffix(NESTED) == style),
        None,
    )
    if met is not None:
        return met
    return len(stack) if has_chapters or stack else 0


def _rank(style: str) -> int:
    return int(style.split(":")[1]) if style.startswith("numbered:") else 99

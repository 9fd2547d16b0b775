"""Pages -> blocks in reading order: which lines belong together, and what are they?

A text file has no fonts, so a block is known by how its lines behave: blank lines, marks of lists,
lines that end although the next word would have fitted, what stands after it. Wraps are undone
across columns and pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest import contents, lexicon, roster
from ingest.attribution import is_name
from ingest.blocks import (
    ENDED,
    HEADING_WORDS,
    PROSE,
    PROSE_WORDS,
    SET_APART,
    Block,
    begins_item,
    is_display,
    is_fragment,
    is_prose,
    is_title,
)
from ingest.drawings import gather_drawings
from ingest.pages import Line, Page, chunks
from ingest.rows import is_rows, split_rows, title_of
from ingest.turns import carry_speakers, turn_label, turn_labels, with_speaker
from kb.excerpt import join
from kb.text import sentences, tokens

# Paragraphs numbered through a document: so many at least, with headings between so many of them.
LEAST_NUMBERED, LEAST_PARTS = 12, 3
MORE = 2  # sentences of a heading that is numbered by its kind ("Case 3: ...")
VALUE_WORDS = 4  # of a small table's value that stands under its label: "Ranked 12th."
_STOPPED = re.compile(r"[.!?;:][”»\"’)]*\s*(?:\[?\d{1,3}\]?)?$")
_FINISHED = re.compile(r"(?:[.,;:]|[.!?][”»\"])\s*(?:\[?\d{1,3}\]?)?$")


def arrange(pages: Sequence[Page]) -> list[Block]:
    """Blocks of all pages in reading order, wraps undone over columns and pages."""
    rosters, pages = roster.take_rosters(pages)
    turns = turn_labels(pages)
    paged = []
    for index, page in enumerate(pages):
        blocks = gather_drawings(_classify(_rejoin(_pieces(page, index, turns))))
        blocks = _join_set_apart(_tables_without_caption(blocks))
        paged.append(_put_in_rows(blocks, [r for r in rosters if r.page_index == index]))
    paged = _raise_display_headings(_broken_off(paged))
    blocks = _join_open([block for blocks in paged for block in blocks])
    return carry_speakers(_numbered_paragraphs(contents.told_apart(blocks)))


def _numbered_paragraphs(blocks: Sequence[Block]) -> list[Block]:
    """In a document whose paragraphs are numbered through all its sections, they are no items."""
    numbered: list[int] = []
    for i, block in enumerate(blocks):
        found = lexicon.NUMBERED.match(block.text) if block.kind == "list_item" else None
        if found and found["number"] == str(len(numbered) + 1):
            numbered.append(i)
    lengths = sorted(len(blocks[i].text.split()) for i in numbered)
    parted = sum(any(b.kind == "heading" for b in blocks[i:k]) for i, k in pairwise(numbered))
    if len(numbered) < LEAST_NUMBERED or parted < LEAST_PARTS:
        return list(blocks)
    if lengths[len(lengths) // 2] < PROSE_WORDS:
        return list(blocks)
    return [replace(b, kind="paragraph") if i in numbered else b for i, b in enumerate(blocks)]


# -- from lines to pieces --------------------------------------------------


def _pieces(page: Page, index: int, turns: frozenset[str]) -> list[Block]:
    lengths = sorted(len(line.text) for line in page.lines if not line.is_blank)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    pieces = []
    for chunk in chunks(page.lines):
        parts = [
            part
            for run in split_rows(chunk)
            for part in ([run] if is_rows(run) else _split_chunk(run, width, turns))
        ]
        for part in parts:
            block = Block("", tuple(part), page.number, index, width, alone=len(parts) == 1)
            pieces.append(with_speaker(block, turns))
    return pieces


def _split_chunk(chunk: list[Line], width: int, turns: frozenset[str]) -> Iterator[list[Line]]:
    """Items, paragraphs and turns; a title is one piece, who should act and by when below it
    another.
    """
    if chunk[0].text[0] in lexicon.OPENING_QUOTES or (
        is_title(_text(chunk)) and not any(map(begins_item, chunk[1:]))
    ):
        fields = (k for k, line in enumerate(chunk) if k and lexicon.TASK.match(line.text))
        end = next(fields, len(chunk))
        yield from (part for part in (chunk[:end], chunk[end:]) if part)
        return
    column = max(len(line.text) for line in chunk)
    piece = [chunk[0]]
    for before, line in pairwise(chunk):
        starts_turn = turn_label(line.text) in turns
        if starts_turn or begins_item(line) or _ends_paragraph(piece, before, line, width, column):
            yield piece
            piece = []
        piece.append(line)
    yield piece


def _ends_paragraph(piece: list[Line], before: Line, line: Line, width: int, column: int) -> bool:
    """Whether a paragraph ends at `before`: the next word would have fitted, and what follows
    begins anew.

    :param width: characters of a full line of the page, which tells a heading from the text
        under it.
    :param column: characters of the fullest line of this chunk, which tells a sentence's end
        from a paragraph's.
    """
    if not re.match(r"[A-ZÀ-Þ0-9“«¿¡@•(]", line.text) or lexicon.TASK.match(line.text):
        return False
    used = len(before.text) + 1 + len(line.text.split()[0])
    room = width - used
    is_head = len(piece) == 1 and is_title(before.text) and len(before.text.split()) <= 12
    if is_head and (room > 0.25 * width or before.trail >= 2):
        return True
    is_stopped = ENDED.search(before.text) and not before.text.endswith((":", ";"))
    return bool(is_stopped) and column - used > 0.4 * column


# -- from pieces to blocks -------------------------------------------------


def _rejoin(pieces: list[Block]) -> list[Block]:
    """Put a piece back to the one above if that breaks off in mid-sentence at a full line, or this
    begins in lower case.
    """
    kept: list[Block] = []
    for piece in pieces:
        if kept and _goes_on(kept[-1], piece):
            kept[-1] = replace(kept[-1], lines=kept[-1].lines + piece.lines)
        else:
            kept.append(piece)
    return kept


def _goes_on(above: Block, below: Block) -> bool:
    if is_rows(above.lines) or is_rows(below.lines):
        return False
    last, following = above.lines[-1].text, below.lines[0].text
    if begins_item(below.lines[0]) or is_fragment(above) or is_fragment(below) or below.speaker:
        return False
    if (
        lexicon.CAPTION.match(above.text)
        or len(above.text.split()) < 4
        or following[0] in lexicon.OPENING_QUOTES
    ):
        return False
    is_prose = len(above.lines) > 1 or len(last) > 0.7 * above.width
    if following[0].islower():
        return is_prose and not _STOPPED.search(last)
    if ENDED.search(last) or is_display(below):
        return False
    # A blank left behind a nearly full line is the one before the word that was wrapped.
    is_wrapped = above.lines[-1].trail == 1 and len(last) > 0.8 * above.width
    is_full = is_wrapped or len(last) + 1 + len(following.split()[0]) > above.width
    is_label = (
        is_title(below.text)
        and len(below.text.split()) <= 4
        and above.text[0] not in lexicon.OPENING_QUOTES
    )
    ends_open = last.endswith(",") or last.split()[-1].casefold() in lexicon.FUNCTION_WORDS
    return is_prose and not is_title(above.text) and (ends_open or (is_full and not is_label))


def _classify(pieces: list[Block]) -> list[Block]:
    blocks: list[Block] = []
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        below = pieces[position + 1] if position + 1 < len(pieces) else None
        kind = _kind(piece, below, pieces[position - 1] if position else None)
        if kind == "heading" and below is not None and _is_value(below):
            # A label with a value of a few words under it is a row of a small table, not a section.
            piece, kind, position = (
                replace(piece, lines=piece.lines + below.lines),
                "paragraph",
                position + 1,
            )
        blocks.append(replace(piece, kind=kind))
        position += 1
    return blocks


def _kind(piece: Block, below: Block | None, above: Block | None) -> str:
    text = piece.text
    if piece.speaker:
        return "turn"
    if contents.is_led(piece):
        return "contents"
    if is_rows(piece.lines):
        return "rows"
    if caption := lexicon.CAPTION.match(text):
        return "table" if caption["what"].casefold() in lexicon.TABLE_WORDS else "figure"
    if re.fullmatch(r"[“”\"«»„‘’]", text):
        return "mark"
    if text[0] in lexicon.OPENING_QUOTES:
        return "quote"
    if is_fragment(piece):
        return "fragment"
    if (
        (named := lexicon.NAMED.match(text))
        and len(text.split()) <= HEADING_WORDS + 14
        and not _FINISHED.search(text)
        and len(sentences(text[named.end() :])) < MORE
    ):
        return "heading"
    if lexicon.BULLET.match(text) or lexicon.LETTERED.match(text) or lexicon.CODED.match(text):
        return "list_item"
    if re.match(r"\d{1,2}(\.\d{1,2})*[.)]?\s", text):
        if _is_numbered_heading(piece, below, above):
            return "heading"
        return "list_item" if begins_item(piece.lines[0]) else "paragraph"
    # A line that is long and full breaks off; a heading ends where it wants to.
    is_full = len(piece.lines) == 1 and len(text) >= piece.width
    breaks_off = is_full and len(text.split()) >= PROSE_WORDS
    is_said = lexicon.SOURCE.match(text) or lexicon.TASK.match(text) or _is_signature(piece)
    is_heading = is_title(text) and len(piece.lines) <= 4 and not is_said
    return "heading" if is_heading and not breaks_off else "paragraph"


def _is_signature(piece: Block) -> bool:
    """A name and below it the post, as below a foreword."""
    name, *post = (line.text for line in piece.lines)
    words = set(tokens(" ".join(post)))
    return len(name.split()) > 1 and is_name(name) and bool(words & lexicon.JOB_WORDS)


def _tables_without_caption(blocks: list[Block]) -> list[Block]:
    """Rows that belong to no caption are a table of their own; those that stand beside each other
    are one.
    """
    kept: list[Block] = []
    for block in blocks:
        if block.kind == "rows" and kept and kept[-1].kind == "rows" and not title_of(block.lines):
            kept[-1] = replace(kept[-1], lines=kept[-1].lines + block.lines)
        else:
            kept.append(block)
    return [replace(b, kind="table") if b.kind == "rows" else b for b in kept]


def _is_numbered_heading(piece: Block, below: Block | None, above: Block | None) -> bool:
    number = lexicon.NUMBERED.match(piece.text)
    title = re.sub(r"\)\.$", ")", piece.text)  # a bracket behind a title may be closed with a stop
    if not number or not piece.alone or not is_title(title, words=40):
        return False
    if "." in number["number"]:
        return True
    neighbours = [
        lexicon.NUMBERED.match(block.text) for block in (above, below) if block is not None
    ]
    value = int(number["number"])
    is_in_list = any(
        n and "." not in n["number"] and abs(int(n["number"]) - value) == 1 for n in neighbours
    )
    return not is_in_list


def _join_set_apart(blocks: list[Block]) -> list[Block]:
    """A designer's quotation whose marks came out on lines of their own: its words, and below in
    capitals who said them.
    """
    if not any(block.kind == "mark" for block in blocks):
        return blocks
    result: list[Block] = []
    for block in blocks:
        is_attribution = block.kind in ("paragraph", "heading") and all(
            line.text.isupper() for line in block.lines
        )
        if (
            is_attribution
            and result
            and result[-1].kind == "paragraph"
            and ENDED.search(result[-1].text)
        ):
            result[-1] = replace(result[-1], kind="quote", lines=result[-1].lines + block.lines)
        else:
            result.append(block)
    return result


def _put_in_rows(blocks: list[Block], rosters: Sequence[roster.Roster]) -> list[Block]:
    """Set each list's people under its header line, or first on their page."""
    result = [_of_row(row) for r in rosters if r.header is None for row in r.rows]
    for block in blocks:
        found = next((r for r in rosters if r.header in block.lines), None)
        if found and found.header:
            is_header = bool(roster.read_header(found.header))
            header = replace(block, kind="roster_header", lines=(found.header,))
            result.append(header if is_header else block)
            result += map(_of_row, found.rows)
        else:
            result.append(block)
    return result


def _of_row(row: roster.Row) -> Block:
    return Block("participant", row.lines, row.page, row.page_index)


def _is_value(block: Block) -> bool:
    """The few words with a number that stand under the label of a small table's row."""
    is_short = len(block.text.split()) <= VALUE_WORDS and block.text.endswith(".")
    is_item = begins_item(block.lines[0])
    return is_short and not is_item and bool(re.search(r"\d", block.text))


def _broken_off(paged: list[list[Block]]) -> list[list[Block]]:
    """Lines that look like a heading and end their page are a text where the next page goes on in
    small letters.
    """
    made = [list(page) for page in paged]
    for page, following in pairwise(made):
        if not page or not following:
            continue
        last, first = page[-1], following[0]
        is_text = last.kind == "heading" and len(last.lines) > 1 and not is_display(last)
        if is_text and first.kind == "paragraph" and first.text[0].islower():
            page[-1] = replace(last, kind="paragraph")
    return made


# -- reading order ---------------------------------------------------------


def _raise_display_headings(paged: list[list[Block]]) -> list[list[Block]]:
    """Move a heading that stands last on its page to the page's top.

    No printer leaves a heading alone at a page's foot: it was set at the top, and came last out of
    the file. Headings in the same style with only tables or figures after them are raised too, if
    any heading was raised so.
    """
    last = [next((b for b in reversed(page) if b.kind not in SET_APART), None) for page in paged]
    heading_of = [block if block and block.kind == "heading" else None for block in last]
    in_capitals = any(
        heading and len(page) > 1 and page[-1] is heading and is_display(heading)
        for page, heading in zip(paged, heading_of, strict=True)
    )
    raised = []
    for page, heading in zip(paged, heading_of, strict=True):
        if heading and lexicon.NOTES.fullmatch(heading.text):
            heading = None  # its notes were taken out from below it
        is_title_page = page and page[0].page_index == 0 and page[0].kind == "heading"
        # A page that begins with a heading in capitals has its own at the top already.
        has_own = page and page[0].kind == "heading" and is_display(page[0])
        if (
            heading is None
            or is_title_page
            or has_own
            or not (page[-1] is heading or (in_capitals and is_display(heading)))
        ):
            raised.append(page)
        else:
            raised.append([heading, *(b for b in page if b is not heading)])
    return raised


def _join_open(blocks: list[Block]) -> list[Block]:
    """Undo wraps over pages: a text that breaks off goes on in the next text that begins in
    mid-sentence.
    """
    kept: list[Block] = []
    for block in blocks:
        above = next(
            (i for i in range(len(kept) - 1, -1, -1) if kept[i].kind not in SET_APART), None
        )
        if above is not None and _carries(kept[above], block):
            kept[above] = replace(kept[above], lines=kept[above].lines + block.lines)
        else:
            kept.append(block)
    return kept


def _carries(above: Block, block: Block) -> bool:
    """A text that breaks off goes on in lower case, below a figure or on the next page; over a page
    also in capitals, if its last word or sign leaves it open.
    """
    if above.kind not in PROSE or block.kind != "paragraph" or ENDED.search(above.text):
        return False
    if block.text[0].islower():
        return True
    ends_open = above.text.split()[-1].casefold() in lexicon.FUNCTION_WORDS or above.text.endswith(
        ","
    )
    return above.page_index != block.page_index and ends_open and is_prose(block)


def _text(lines: Sequence[Line]) -> str:
    return join([line.words for line in lines]).text

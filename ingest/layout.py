"""Pages -> blocks in reading order: headings, paragraphs, list items, quotes, tables, figures, lists of people.

A text file has no fonts, so a block is known by how its lines behave: blank lines, marks of lists, lines that end
although the next word would have fitted, what stands after it. Wraps are undone across columns and pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest import lexicon, roster
from ingest.pages import Line, Page
from kb.excerpt import Excerpt, join, unbroken

PROSE_WORDS = 12  # fewer words do not make a paragraph of running text
HEADING_WORDS = 26
_ENDED = re.compile(r"(?:[.!?:;”»\"…]|[.!?]\))\s*(?:\[?\d{1,3}\]?)?$")
_STOPPED = re.compile(r"[.!?;:][”»\"’)]*\s*(?:\[?\d{1,3}\]?)?$")
_FINISHED = re.compile(r"[.,;:]\s*(?:\[?\d{1,3}\]?)?$")
_NUMBERS_ONLY = re.compile(r"[\d\s.,%$€£+/()-]+$")
_GLUED_LABELS = re.compile(r"[A-Z][a-z]+[A-Z][a-z]+$")
_TURN = re.compile(r"(?P<speaker>[A-ZÀ-Þ][\w.’'\-]*(?:\s[A-ZÀ-Þ(][\w.’'\-)]*){0,4})\s*:\s+(?=\S)")
PROSE = frozenset({"paragraph", "list_item", "quote", "turn"})
SET_APART = frozenset({"figure", "table", "fragment", "mark", "participant", "roster_header"})


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together. kind: heading, title, paragraph, list_item, quote, turn, table, figure, participant,
    roster_header, fragment (of a drawing), mark (a quotation mark set apart)."""

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


def arrange(pages: Sequence[Page]) -> list[Block]:
    """Blocks of all pages in reading order, wraps undone over columns and pages."""
    rosters, pages = roster.take_rosters(pages)
    turns = _turn_labels(pages)
    paged = []
    for index, page in enumerate(pages):
        blocks = _join_set_apart(_gather_drawings(_classify(_rejoin(_pieces(page, index, turns)))))
        paged.append(_put_in_rows(blocks, [r for r in rosters if r.page_index == index]))
    paged = _raise_display_headings(paged)
    return _carry_speakers(_join_open([block for blocks in paged for block in blocks]))


# -- from lines to pieces -------------------------------------------------------------------------------------------


def _pieces(page: Page, index: int, turns: frozenset[str]) -> list[Block]:
    lengths = sorted(len(line.text) for line in page.lines if not line.is_blank)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    pieces = []
    for chunk in _chunks(page.lines):
        parts = list(_split_chunk(chunk, width, turns))
        for part in parts:
            block = Block("", tuple(part), page.number, index, width, alone=len(parts) == 1)
            pieces.append(_with_speaker(block, turns))
    return pieces


def _chunks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    for line in lines:
        if chunk and (line.is_blank or line.follows_gap):
            yield chunk
            chunk = []
        if not line.is_blank:
            chunk.append(line)
    if chunk:
        yield chunk


def _split_chunk(chunk: list[Line], width: int, turns: frozenset[str]) -> Iterator[list[Line]]:
    if chunk[0].text[0] in lexicon.OPENING_QUOTES or (
        _is_title(_text(chunk)) and not any(map(_begins_item, chunk[1:]))
    ):
        yield chunk
        return
    column = max(len(line.text) for line in chunk)
    piece = [chunk[0]]
    for before, line in pairwise(chunk):
        starts_turn = _turn_label(line.text) in turns
        if starts_turn or _begins_item(line) or _ends_paragraph(piece, before, line, width, column):
            yield piece
            piece = []
        piece.append(line)
    yield piece


def _begins_item(line: Line) -> bool:
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
    # A wrapped line may begin with a number ("12 of them"); an item's number carries a stop or bracket.
    return numbered is None or bool(re.match(r"[\d.]+[.)]\s", text))


def _ends_paragraph(piece: list[Line], before: Line, line: Line, width: int, column: int) -> bool:
    """Whether a paragraph ends at `before`: the next word would have fitted, and what follows begins anew.

    :param width: characters of a full line of the page, which tells a heading from the text under it.
    :param column: characters of the fullest line of this chunk, which tells a sentence's end from a paragraph's.
    """
    if not re.match(r"[A-ZÀ-Þ0-9“«¿¡@•(]", line.text):
        return False
    used = len(before.text) + 1 + len(line.text.split()[0])
    room = width - used
    is_head = len(piece) == 1 and _is_title(before.text) and len(before.text.split()) <= 12
    if is_head and (room > 0.25 * width or before.trail >= 2):
        return True
    is_stopped = _ENDED.search(before.text) and not before.text.endswith((":", ";"))
    return bool(is_stopped) and column - used > 0.4 * column


# -- from pieces to blocks ------------------------------------------------------------------------------------------


def _rejoin(pieces: list[Block]) -> list[Block]:
    """Put a piece back to the one above if that breaks off in mid-sentence at a full line, or this begins in lower case."""
    kept: list[Block] = []
    for piece in pieces:
        if kept and _goes_on(kept[-1], piece):
            kept[-1] = replace(kept[-1], lines=kept[-1].lines + piece.lines)
        else:
            kept.append(piece)
    return kept


def _goes_on(above: Block, below: Block) -> bool:
    last, following = above.lines[-1].text, below.lines[0].text
    if _begins_item(below.lines[0]) or _is_fragment(above) or _is_fragment(below) or below.speaker:
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
    if _ENDED.search(last) or is_display(following):
        return False
    # A blank left behind a nearly full line is the one before the word that was wrapped.
    is_wrapped = above.lines[-1].trail == 1 and len(last) > 0.8 * above.width
    is_full = is_wrapped or len(last) + 1 + len(following.split()[0]) > above.width
    is_label = (
        _is_title(below.text)
        and len(below.text.split()) <= 4
        and above.text[0] not in lexicon.OPENING_QUOTES
    )
    ends_open = last.endswith(",") or last.split()[-1].casefold() in lexicon.FUNCTION_WORDS
    return is_prose and not _is_title(above.text) and (ends_open or (is_full and not is_label))


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
    if caption := lexicon.CAPTION.match(text):
        return "table" if caption["what"].casefold() in lexicon.TABLE_WORDS else "figure"
    if re.fullmatch(r"[“”\"«»„‘’]", text):
        return "mark"
    if text[0] in lexicon.OPENING_QUOTES:
        return "quote"
    if _is_fragment(piece):
        return "fragment"
    if (
        lexicon.NAMED.match(text)
        and len(text.split()) <= HEADING_WORDS + 14
        and not _FINISHED.search(text)
    ):
        return "heading"
    if lexicon.BULLET.match(text) or lexicon.LETTERED.match(text) or lexicon.CODED.match(text):
        return "list_item"
    if re.match(r"\d{1,2}(\.\d{1,2})*[.)]?\s", text):
        return (
            "heading"
            if _is_numbered_heading(piece, below, above)
            else "list_item"
            if _begins_item(piece.lines[0])
            else "paragraph"
        )
    if _is_title(text) and len(piece.lines) <= 4 and not lexicon.SOURCE.match(text):
        return "heading"
    return "paragraph"


def _is_numbered_heading(piece: Block, below: Block | None, above: Block | None) -> bool:
    number = lexicon.NUMBERED.match(piece.text)
    title = re.sub(r"\)\.$", ")", piece.text)  # a bracket behind a title may be closed with a stop
    if not number or not piece.alone or not _is_title(title, words=40):
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


def _is_title(text: str, words: int = HEADING_WORDS) -> bool:
    """Whether a text could be a heading: begins with a capital, does not end as a sentence does, is short."""
    parts = text.split()
    body = lexicon.NUMBERED.sub("", text, count=1) if lexicon.NUMBERED.match(text) else text
    if not parts or len(parts) > words or not re.search(r"[^\W\d_]{2}", text) or not body:
        return False
    if not re.match(r"[A-ZÀ-Þ0-9¿@]", body) or _FINISHED.search(text) or text.endswith("!"):
        return False
    if lexicon.CAPTION.match(text) or parts[-1].strip("()").casefold() in lexicon.FUNCTION_WORDS - {
        "in",
        "on",
        "by",
    }:
        return False
    return not re.search(r"[^\W\d_]{3,}[.!?]\s+[A-ZÀ-Þ]", body)


def _join_set_apart(blocks: list[Block]) -> list[Block]:
    """A designer's quotation whose marks came out on lines of their own: its words, and below in capitals who said them."""
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
            and _ENDED.search(result[-1].text)
        ):
            result[-1] = replace(result[-1], kind="quote", lines=result[-1].lines + block.lines)
        else:
            result.append(block)
    return result


def _put_in_rows(blocks: list[Block], rosters: Sequence[roster.Roster]) -> list[Block]:
    """Set each list's people under its header line."""
    result = []
    for block in blocks:
        found = next((r for r in rosters if r.header in block.lines), None)
        if found:
            result.append(replace(block, kind="roster_header", lines=(found.header,)))
            result += [
                Block("participant", row.lines, row.page, row.page_index) for row in found.rows
            ]
        else:
            result.append(block)
    return result


def _is_value(block: Block) -> bool:
    return (
        len(block.text.split()) <= 5
        and block.text.endswith(".")
        and not _begins_item(block.lines[0])
    )


def _is_prose(block: Block) -> bool:
    """Running text, told from cells and labels by its length, its end, and lines that fill the column."""
    if len(block.text.split()) < PROSE_WORDS or not (
        _ENDED.search(block.text) or block.kind in PROSE - {"paragraph"}
    ):
        return False
    full = [len(line.text) for line in block.lines[:-1]] or [len(block.text)]
    has_columns = (
        sum(bool(re.search(r"\S\s{3,}\S", line.text)) for line in block.lines)
        > len(block.lines) / 3
    )
    return not has_columns and sum(full) / len(full) >= 0.55 * block.width


def _is_fragment(block: Block) -> bool:
    """A number, or letters torn apart, as the labels of a chart come out of a PDF."""
    if _NUMBERS_ONLY.match(block.text):
        return True
    mean = sum(len(line.text) for line in block.lines) / len(block.lines)
    return (
        mean <= 6
        and not re.fullmatch(r"[“”\"«»„‘’]|[A-ZÀ-Þ]\w{3,}", block.text)
        and not lexicon.ANNEX.match(block.text)
    )


# -- drawings and tables --------------------------------------------------------------------------------------------


def _gather_drawings(blocks: list[Block]) -> list[Block]:
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
            position += 1
            if lexicon.SOURCE.match(blocks[position - 1].text):
                break
        below = blocks[start:position]
        above = [] if below or block.kind == "table" else _labels_above(result)
        del result[len(result) - len(above) :]
        lines = [
            line
            for b in [block, *above, *below]
            if b.kind != "fragment" or block.kind == "table"
            for line in b.lines
        ]
        result.append(replace(block, lines=tuple(lines)))
        if block.kind == "figure":
            result += [b for b in below if b.kind == "fragment"]
    return _chart_values(result)


def _belongs(blocks: list[Block], position: int) -> bool:
    block = blocks[position]
    if (
        block.kind in ("table", "figure", "quote", "mark")
        or _is_prose(block)
        or lexicon.ANNEX.match(block.text)
    ):
        return False
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    if block.kind != "heading":
        return True
    return not (is_display(block.text) if following is None else _is_prose(following))


def _labels_above(result: list[Block]) -> list[Block]:
    """The run of label-like blocks right above a figure's caption; a single one is no run."""
    run: list[Block] = []
    for block in reversed(result):
        is_item = re.match(r"\(?[a-z\d][.)]\s", block.text) and len(block.text.split()) >= 8
        if (
            block.kind not in ("heading", "list_item", "paragraph")
            or _is_prose(block)
            or is_item
            or _ENDED.search(block.text)
        ):
            break
        run.insert(0, block)
    return run if len(run) >= 2 else []


def _chart_values(blocks: list[Block]) -> list[Block]:
    """On a page with one figure, rows of numbers that are no axis are the chart's values; other scraps stay fragments."""
    figures = [i for i, b in enumerate(blocks) if b.kind == "figure"]
    if len(figures) != 1:
        scraps = sum(b.kind == "fragment" for b in blocks)
        is_drawing = bool(figures) or scraps >= 4
        return [
            replace(b, kind="paragraph") if b.kind == "fragment" and not is_drawing else b
            for b in blocks
        ]
    at = figures[0]
    has_source = any(lexicon.SOURCE.match(line.text) for line in blocks[at].lines)
    belonging = [b for b in _value_rows(blocks) if b.kind == "fragment"]
    if not has_source and any(b.kind == "fragment" for b in blocks):
        belonging = [b for b in blocks if lexicon.SOURCE.match(b.text)][:1] + belonging
    rows = [b for b in blocks if not any(b is other for other in belonging)]
    lines = blocks[at].lines + tuple(line for b in belonging for line in b.lines)
    figure = replace(blocks[at], lines=lines)
    marked = [figure if b is blocks[at] else b for b in rows]
    return [replace(b, kind="fragment") if _GLUED_LABELS.fullmatch(b.text) else b for b in marked]


def _value_rows(blocks: list[Block]) -> list[Block]:
    """Runs of lines that hold only numbers, at least four of them and not evenly spaced as an axis is."""
    values: list[Block] = []
    run: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and block.kind == "fragment" and _NUMBERS_ONLY.match(block.text):
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


# -- reading order --------------------------------------------------------------------------------------------------


def _raise_display_headings(paged: list[list[Block]]) -> list[list[Block]]:
    """Move a heading that stands last on its page to the page's top.

    No printer leaves a heading alone at a page's foot: it was set at the top, and came last out of the file. Headings
    in the same style with only tables or figures after them are raised too, if any heading was raised so.
    """
    last = [
        next((b for b in reversed(blocks) if b.kind not in SET_APART), None) for blocks in paged
    ]
    display = {
        heading.text for blocks, heading in zip(paged, last, strict=True)
        if heading and heading.kind == "heading" and blocks[-1] is heading and len(blocks) > 1
    }  # fmt: skip
    in_capitals = any(is_display(text) for text in display)
    raised = []
    for blocks, heading in zip(paged, last, strict=True):
        is_last = bool(blocks) and blocks[-1] is heading
        if (
            heading is None
            or heading.kind != "heading"
            or heading is blocks[0]
            or not (is_last or (in_capitals and is_display(heading.text)))
        ):
            raised.append(blocks)
            continue
        raised.append([heading, *(b for b in blocks if b is not heading)])
    return raised


def is_display(text: str) -> bool:
    first = re.split(r"[:?]", text)[0]
    letters = [c for c in first if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.6 * len(letters)


def _join_open(blocks: list[Block]) -> list[Block]:
    """Undo wraps over pages: a text that breaks off goes on in the next text that begins in mid-sentence."""
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
    if above.kind not in PROSE or block.kind != "paragraph" or above.page_index == block.page_index:
        return _carries_on_page(above, block)
    if _ENDED.search(above.text):
        return False
    ends_open = above.text.split()[-1].casefold() in lexicon.FUNCTION_WORDS or above.text.endswith(
        ","
    )
    return block.text[0].islower() or (ends_open and _is_prose(block))


def _carries_on_page(above: Block, block: Block) -> bool:
    """A text interrupted by a figure goes on in lower case below it."""
    return (
        above.kind in PROSE
        and block.kind == "paragraph"
        and not _ENDED.search(above.text)
        and block.text[0].islower()
    )


# -- interviews -----------------------------------------------------------------------------------------------------


def _turn_labels(pages: Sequence[Page]) -> frozenset[str]:
    """Labels before a colon that take turns: at least two of them, one at least three times."""
    seen: dict[str, int] = {}
    for page in pages:
        for line in page.lines:
            if label := _turn_label(line.text):
                seen[label] = seen.get(label, 0) + 1
    labels = {label for label, count in seen.items() if count >= 2}
    return frozenset(labels) if len(labels) >= 2 and max(seen.values()) >= 3 else frozenset()


def _turn_label(text: str) -> str | None:
    found = _TURN.match(text)
    return (
        found["speaker"]
        if found and not lexicon.SOURCE.match(text) and not lexicon.NAMED.match(text)
        else None
    )


def _with_speaker(block: Block, turns: frozenset[str]) -> Block:
    first = block.lines[0].words
    found = _TURN.match(first.text)
    if not found or found["speaker"] not in turns:
        return block
    return replace(block, speaker=first[: found.end("speaker")])


def _carry_speakers(blocks: list[Block]) -> list[Block]:
    """A paragraph that follows a turn is still that speaker's, until a heading or the next label."""
    result: list[Block] = []
    speaker = None
    for block in blocks:
        if block.kind in ("heading", "title"):
            speaker = None
        elif block.speaker:
            speaker = block.speaker
        elif speaker and block.kind in PROSE:
            block = replace(block, kind="turn", speaker=speaker)
        result.append(block)
    return result


def _text(lines: Sequence[Line]) -> str:
    return join([line.words for line in lines]).text

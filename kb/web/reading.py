"""A document in its own order, as the parts of a reading page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kb.excerpt import BELOW, Span
from kb.records import Footnote, Passage, Section
from kb.service import Service
from kb.web.render import render_words

SHEET = 24_000  # characters; with its marks and what was found a page stays well below 150 KB


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the reading page: a heading or a passage, with the notes whose marks stand in
    it.
    """

    kind: str  # heading or the passage's kind
    html: Markup
    anchor: str
    level: int = 0
    page: int | None = None
    turns_page: bool = False  # this part is the first on its page
    passage: Passage | None = None
    is_cited: bool = False
    notes: tuple[Footnote, ...] = ()
    number: str = ""  # of a note


def in_order(passages: Sequence[Passage], sections: Sequence[Section]) -> list[Passage | Section]:
    """Headings and passages in reading order, the notes last. Headings that can be cited are
    passages too; they are given once, as sections.
    """
    notes = [p for p in passages if p.kind == "footnote"]
    body = sorted(
        (p for p in passages if p.kind not in ("footnote", "heading")), key=lambda p: p.position
    )
    found: list[Passage | Section] = [p for p in body if p.section_id is None]
    of_section: dict[int | None, list[Passage]] = {}
    for passage in body:
        of_section.setdefault(passage.section_id, []).append(passage)
    for section in sorted(sections, key=lambda s: s.position):
        found += [section, *of_section.get(section.id, [])]
    return found + list(notes)


def cut_sheets(parts: Sequence[Passage | Section]) -> list[list[Passage | Section]]:
    """Parts in sheets of at most about SHEET characters, cut before a heading if one is near."""
    sheets: list[list[Passage | Section]] = []
    size = SHEET
    for part in parts:
        length = len(part.heading if isinstance(part, Section) else part.text)
        is_chapter = isinstance(part, Section) and part.level <= 2
        if not sheets or size + length > SHEET or (is_chapter and size > SHEET / 2):
            sheets.append([])
            size = 0
        sheets[-1].append(part)
        size += length
    return sheets


def reading_parts(
    sheet: Sequence[Passage | Section],
    passages: Sequence[Passage],
    service: Service,
    wanted: int,
    cited: Span,
) -> Iterator[Part]:
    """The headings and passages of a sheet.

    :param passages: all of the document.
    :param wanted: id of the passage to mark, 0 for none.
    :param cited: the stretch of it that is cited; the whole passage if empty.
    """
    page = None
    last: Section | None = None
    titles = {p.section_id: p.id for p in passages if p.kind == "heading"}
    for part in sheet:
        turns = part.page is not None and part.page != page
        page = part.page if part.page is not None else page
        if isinstance(part, Section):
            last = part
            yield _heading(part, turns, bool(wanted) and titles.get(part.id) == wanted, wanted)
        else:
            yield _passage(part, turns, service, last, cited if part.id == wanted else None)


def _heading(section: Section, turns: bool, is_cited: bool, wanted: int) -> Part:
    html = render_words(section.heading, marked=[(0, len(section.heading))] if is_cited else [])
    anchor = f"p{wanted}" if is_cited else f"s{section.id}"
    level = min(section.level + 1, 6)
    return Part("heading", html, anchor, level, section.page, turns, is_cited=is_cited)


def _passage(
    passage: Passage, turns: bool, service: Service, last: Section | None, cited: Span | None
) -> Part:
    text, cut = passage.text, 0
    if last is not None and text.startswith(f"{last.heading}{BELOW}"):  # it stands above already
        cut = len(f"{last.heading}{BELOW}")
    marked = []
    if cited is not None:
        a, b = cited if cited[0] < cited[1] else (0, len(text))
        marked = [(max(a - cut, 0), b - cut)] if b > cut else []
    marks = [(a - cut, b - cut) for a, b in service.marks(passage.id) if a >= cut]
    link = "" if passage.kind == "footnote" else f"#n{passage.id}-"
    note = service.footnotes.get(passage.id)
    return Part(
        passage.kind, render_words(text[cut:], marks, marked, link), f"p{passage.id}", 0,
        passage.page, turns, passage, cited is not None,
        tuple(service.notes.get(passage.id, ())), note.number if note else "",
    )  # fmt: skip

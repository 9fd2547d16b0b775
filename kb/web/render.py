"""Words of a document as HTML: escaped, marks raised, cited words marked. Nothing else of a
document becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from kb.excerpt import BREAK, Span
from kb.records import Passage, Section
from kb.service import Service


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the reading page: a heading, a passage, or the notes that close the document."""

    kind: str  # heading or the passage's kind
    html: Markup
    anchor: str
    level: int = 0
    page: int | None = None
    turns_page: bool = False  # this part is the first on its page
    passage: Passage | None = None
    is_cited: bool = False


def render_words(
    text: str, notes: Sequence[Span] = (), marked: Sequence[Span] = (), number_link: str = ""
) -> Markup:
    """Text with footnote marks raised and stretches marked.

    :param notes: where footnote marks stand.
    :param marked: what to put in <mark>; stretches may be cut by a footnote mark, not overlap.
    :param number_link: prefix of the link of a footnote mark, none if empty.
    """
    edges = sorted({0, len(text), *(edge for span in (*notes, *marked) for edge in span)})
    pieces = []
    for start, end in zip(edges, edges[1:], strict=False):
        words: Markup = escape(text[start:end].replace(BREAK, ""))
        if any(a <= start and end <= b for a, b in notes):
            number = re.sub(r"\D", "", text[start:end])
            link = (
                Markup('<a href="{}{}">{}</a>').format(number_link, number, words)
                if number_link
                else words
            )
            words = Markup("<sup>{}</sup>").format(link)
        if any(a <= start and end <= b for a, b in marked):
            words = Markup("<mark>{}</mark>").format(words)
        pieces.append(words)
    return Markup("").join(pieces)


def reading_parts(
    passages: Sequence[Passage],
    sections: Sequence[Section],
    service: Service,
    wanted: int,
    cited: Span,
) -> Iterator[Part]:
    """A document's headings and passages in reading order, its notes last.

    :param wanted: id of the passage to mark, 0 for none.
    :param cited: the stretch of it that is cited; the whole passage if empty.
    """
    page = None
    last: Section | None = None
    titles = {p.section_id: p for p in passages if p.kind == "heading"}
    for part in _in_order(passages, sections):
        turns = part.page is not None and part.page != page
        page = part.page if part.page is not None else page
        if isinstance(part, Section):
            last = part
            titled = titles.get(part.id)  # a heading that can be cited
            cites = titled is not None and titled.id == wanted
            html = render_words(part.heading, marked=[(0, len(part.heading))] if cites else [])
            anchor = f"p{wanted}" if cites else f"s{part.id}"
            level = min(part.level + 1, 6)
            yield Part("heading", html, anchor, level, part.page, turns, is_cited=cites)
            continue
        is_cited = part.id == wanted
        marked = [cited if cited[0] < cited[1] else (0, len(part.text))] if is_cited else []
        link = "" if part.kind == "footnote" else "#note"
        text, cut = part.text, 0
        if last is not None and text.startswith(f"{last.heading} "):  # it stands above already
            cut = len(last.heading) + 1
        seen = [(max(a - cut, 0), b - cut) for a, b in marked if b > cut]
        html = render_words(text[cut:], service.marks(part.id), seen, link)
        note = service.footnotes.get(part.id)
        anchor = f"note{note.number}" if note else f"p{part.id}"
        yield Part(part.kind, html, anchor, 0, part.page, turns, part, is_cited)


def _in_order(
    passages: Sequence[Passage], sections: Sequence[Section]
) -> Iterator[Passage | Section]:
    notes = [p for p in passages if p.kind == "footnote"]
    body = sorted(
        (p for p in passages if p.kind not in ("footnote", "heading")), key=lambda p: p.position
    )
    yield from (p for p in body if p.section_id is None)
    for section in sorted(sections, key=lambda s: s.position):
        yield section
        yield from (p for p in body if p.section_id == section.id)
    yield from notes

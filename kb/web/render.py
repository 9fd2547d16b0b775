"""Words of a document as HTML: escaped, marks raised, cited words marked. Nothing else of a
document becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from kb.excerpt import BREAK, Span
from kb.records import Hit
from kb.service import Service


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


def shown(service: Service, hit: Hit, row: Mapping[str, Any]) -> dict[str, Any]:
    """A hit's row with its words as HTML, matched words marked, and what it is in a briefing: a
    passage that is one quotation goes there as such.
    """
    passage = hit.passage
    html = render_words(passage.text, service.marks(passage.id), hit.highlights)
    quotes = [quote for _, quote in service.knowledge.context.quotes.get(passage.id, ())]
    is_quote = passage.kind == "quote" and len(quotes) == 1
    item = f"quote:{quotes[0].id}" if is_quote else f"passage:{passage.id}"
    return {**row, "html": html, "language": passage.language, "item": item}

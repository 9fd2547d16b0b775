"""Title: what a document calls itself, from its first page and its running heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from ingest import lexicon
from ingest.blocks import Block, is_prose
from ingest.pages import Page
from kb.text import fold

_HEADER_LINES = 4  # from so many on, a first block is a header with date and place below its title


def read_title(blocks: Sequence[Block], pages: Sequence[Page], file_name: str) -> str:
    """The title page's line that runs as a head over the pages, else its first that is no body's
    name; without a title page the running head without its number, else the file's name.

    Example: "MINISTRY OF PORTS", "Boats and Nets" -> "Boats and Nets"
    """
    heads = (line.text.strip("0123456789 |·-–—") for page in pages for line in page.heads)
    ((head, _),) = Counter(head for head in heads if head).most_common(1) or [("", 0)]
    if not blocks or blocks[0].kind != "title":
        return head or Path(file_name).stem.replace("-", " ").replace("_", " ")
    if len(blocks[0].lines) >= _HEADER_LINES:
        return blocks[0].lines[0].text
    opening = [b.text for b in takewhile(lambda b: b.page_index == 0 and not is_prose(b), blocks)]
    own = [text for text in opening if not lexicon.BODY_NAME.search(fold(text))]
    running = (text for text in own if head and fold(text).startswith(fold(head)))
    return next(running, None) or next(iter(own), opening[0])

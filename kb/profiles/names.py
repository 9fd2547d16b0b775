"""Where a name stands in a text, word for word: case and accents apart, never by likeness."""

from __future__ import annotations

import re

from kb.excerpt import Spans
from kb.text import fold

_WORD = re.compile(r"[^\W_]+")


def key(name: str) -> str:
    """The folded words of a name between blanks: what is looked for in the key of a text."""
    return f" {' '.join(fold(found.group()) for found in _WORD.finditer(name))} "


def mentions(name: str, text: str) -> Spans:
    """Where the whole name stands in a text.

    A name of one word has to be written with capitals where it has them, as a common word may be
    spelt like it ("Senate", "SEP").
    """
    wanted = key(name).split()
    found = list(_WORD.finditer(text))
    words = [fold(f.group()) for f in found]
    spans = tuple(
        (found[i].start(), found[i + len(wanted) - 1].end())
        for i in range(len(words) - len(wanted) + 1)
        if words[i : i + len(wanted)] == wanted
    )
    if not wanted or len(wanted) > 1:
        return spans if wanted else ()
    return tuple(span for span in spans if _cases(text[slice(*span)]) == _cases(name.strip()))


def _cases(word: str) -> tuple[bool, bool]:
    return word[:1].isupper(), word.isupper()


def same(name: str | None, other: str | None) -> bool:
    """Whether two names are equal but for case, accents and signs."""
    return bool(name and other) and key(name or "") == key(other or "")

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
    if not wanted:
        return ()
    found = list(_WORD.finditer(text))
    words = [fold(f.group()) for f in found]
    starts = [i for i in range(len(words)) if words[i : i + len(wanted)] == wanted]
    spans = ((found[i].start(), found[i + len(wanted) - 1].end()) for i in starts)
    cases = _cases(name.strip())
    return tuple(s for s in spans if len(wanted) > 1 or _cases(text[slice(*s)]) == cases)


def _cases(word: str) -> tuple[bool, bool]:
    return word[:1].isupper(), word.isupper()


def same(name: str | None, other: str | None) -> bool:
    """Whether two names are equal but for case, accents and signs."""
    return bool(name and other) and key(name or "") == key(other or "")

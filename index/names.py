"""A text -> its parts, with names that must stay as they are apart from the rest."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from kb.text import fold


def parts(text: str, keep: Collection[str]) -> list[tuple[str, bool]]:
    """The text cut at the names to keep, whatever their capitals and accents; whether each part is
    one of them. A name inside a longer word is none.

    Example: ("who is ana ruiz?", ["Ana Ruiz"]) -> [("who is ", False), ("ana ruiz", True),
    ("?", False)].
    """
    one = _finder(tuple(keep))
    if one is None:
        return [(text, False)]
    found, at = [], 0
    for match in one.finditer(_flat(text)):
        found += [(text[at : match.start()], False), (text[match.start() : match.end()], True)]
        at = match.end()
    return [(part, kept) for part, kept in [*found, (text[at:], False)] if part]


@lru_cache(maxsize=16)
def _finder(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds any of the names in a flat text, the longest first; kept, since a caller's names are
    mostly the same ones.
    """
    flat = sorted({_flat(name) for name in names if name.strip()}, key=lambda n: (-len(n), n))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, flat))})(?!\w)") if flat else None


def _flat(text: str) -> str:
    """Folded letter by letter, so that places in it are places in the text."""
    return "".join((fold(letter) or letter)[:1] for letter in text)

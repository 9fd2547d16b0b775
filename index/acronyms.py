"""Acronyms that any report may use without writing them out, in either language, and the words they
stand for. Those that a document explains itself are its records.

data/acronyms.tsv: a thing a line; its acronyms, and its names in full, folded, with - for a blank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from index.words import DATA
from kb.text import fold

TABLE = DATA.parent / "acronyms.tsv"
LEAST_CAPITALS = 2


def written_out(name: str) -> tuple[str, ...]:
    """What an acronym of common use stands for, and its form in the other language, folded; none
    if it is no such acronym.

    Example: "AI" -> ("ia", "artificial intelligence", "inteligencia artificial").
    """
    return _names().get(fold(name), ()) if is_acronym(name) else ()


def is_acronym(word: str) -> bool:
    """Whether a word is written like an acronym: "PhDs", but not "Who"."""
    return sum(letter.isupper() for letter in word) >= LEAST_CAPITALS


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        short, full = (
            [name.replace("-", " ") for name in part.split()] for part in line.split("\t")
        )
        for name in short:
            made[name] += tuple(other for other in (*short, *full) if other != name)
    return made

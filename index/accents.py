"""Spanish as people type it -> with its accents. The caller tells which spellings there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kb.text import fold

CLEARLY = 9  # a spelling this many times as frequent as the one typed is the one that is meant
_WORD = re.compile(r"[^\W\d_]+")
_ASKING = {
    "que": "qué", "cual": "cuál", "cuales": "cuáles", "quien": "quién", "quienes": "quiénes",
    "como": "cómo", "cuando": "cuándo", "donde": "dónde", "cuanto": "cuánto", "cuanta": "cuánta",
    "cuantos": "cuántos", "cuantas": "cuántas",
}  # fmt: skip
_BEFORE_ASKING = frozenset(
    "a ante con de desde en entre hacia hasta para por segun sobre y".split()
)
_ENDINGS = (("cion", "ción"), ("sion", "sión"))


def is_question(text: str) -> bool:
    """Whether a Spanish text asks: by its sign, or by the word that it begins with."""
    return "?" in text or _asks_at(text) is not None


def accented(text: str, forms: Callable[[str], Mapping[str, int]], asks: bool = False) -> str:
    """The text with accents; a word that has one stays.

    :param forms: a folded word's spellings with how often each was seen.
    :param asks: whether the text begins a question, whose first word has an accent.
    """
    asking = _asks_at(text) if asks else None

    def word(found: re.Match[str]) -> str:
        typed = found.group()
        if not typed.isascii():
            return typed
        if found.start() == asking:
            return _like(typed, _ASKING[typed.lower()])
        return _like(typed, _spelling(typed.lower(), forms(typed.lower())))

    return _WORD.sub(word, text)


def _spelling(typed: str, forms: Mapping[str, int]) -> str:
    if not forms:
        ending = next((pair for pair in _ENDINGS if typed.endswith(pair[0])), ("", ""))
        return typed.removesuffix(ending[0]) + ending[1]
    best = max(forms, key=lambda form: (forms[form], form))
    return best if forms[best] >= CLEARLY * forms.get(typed, 0) else typed


def _asks_at(text: str) -> int | None:
    """Where the word stands that a question begins with, after prepositions at most."""
    for found in _WORD.finditer(text):
        plain = fold(found.group())
        if plain in _ASKING:
            return found.start()
        if plain not in _BEFORE_ASKING:
            return None
    return None


def _like(typed: str, spelt: str) -> str:
    """A spelling with the capitals of what was typed."""
    return (
        spelt.upper()
        if len(typed) > 1 and typed.isupper()
        else (spelt.capitalize() if typed[:1].isupper() else spelt)
    )

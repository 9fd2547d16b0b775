"""A question -> the same in the other language, for search: by Apertium where it is installed, else
word by word. Not for texts that people read as translations.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Protocol

from index.apertium import INSTALL, ApertiumError, Pipeline, is_installed
from index.names import parts
from index.words import TERMS, TERMS_EN, WordTable, hand_written
from kb.text import fold

# Stands for a name while Apertium translates; no word of either language.
_MARK = "Xq{}q"
_MARKED = re.compile(r"\*?xq([a-z]+)q", re.IGNORECASE)
_UNKNOWN = re.compile(r"\*(\w[\w'’.-]*)")
_UNINFLECTED = re.compile(r"#(?=\w)")  # before a word that Apertium could not inflect


class Translator(Protocol):
    """Puts Spanish into English and English into Spanish ("es", "en")."""

    name: str

    def translate(self, text: str, source: str, target: str, keep: Collection[str] = ()) -> str: ...


class Apertium:
    """Apertium, with accents restored before, terms of policy in the words of the field (it has
    "surrender of accounts" for accountability), and words that it does not know looked up in the
    word table. Where it gives no answer, the word table does.
    """

    name = "Apertium"

    def __init__(self, table: WordTable) -> None:
        self._table = table
        files = {"es": TERMS, "en": TERMS_EN}
        self._terms = {
            language: {fold(term): other for term, other in hand_written(file).items()}
            for language, file in files.items()
        }
        self._pipelines = {
            pair: Pipeline(*pair) for pair in (("es", "en"), ("en", "es")) if is_installed(*pair)
        }

    def translate(self, text: str, source: str, target: str, keep: Collection[str] = ()) -> str:
        """The text in the other language.

        :param keep: names that stay as they stand in the text, whatever their capitals.
        """
        plain = self._table.restore_accents(text, keep) if source == "es" else text
        masked, names = _masked(plain, keep, self._terms[source])
        try:
            made = self._pipelines[source, target].translate(masked)
        except ApertiumError:
            return self._table.translate(text, source, target, keep)
        made = made if "#" in text else _UNINFLECTED.sub("", made)
        known = _UNKNOWN.sub(lambda found: self._look_up(found.group(1), source, target), made)
        return _unmasked(known, names)

    def close(self) -> None:
        for pipeline in self._pipelines.values():
            pipeline.close()

    def _look_up(self, word: str, source: str, target: str) -> str:
        """A word that Apertium left as it was; one with a capital is taken for a name."""
        if word[:1].isupper() and not self._table.entries(word, source):
            return word
        meanings = self._table.words(word, source, target)
        return meanings[0][0] if meanings else word


@cache
def word_table() -> WordTable:
    """The word table, read once.

    :raises MissingPartError: it is not there.
    """
    return WordTable()


@cache
def translators() -> tuple[Translator, ...]:
    """What there is, best first; the word table is always there.

    :raises MissingPartError: the word table is not.
    """
    table = word_table()
    has_apertium = is_installed("es", "en") and is_installed("en", "es")
    return (Apertium(table), table) if has_apertium else (table,)


def best_translator() -> Translator:
    """The translator that is used."""
    return translators()[0]


def state() -> str:
    """For kb doctor: what translates, and how to have better.

    :raises MissingPartError: nothing does.
    """
    used = best_translator().name
    return used if used == Apertium.name else f"{used} (better with Apertium: {INSTALL})"


def _masked(text: str, keep: Collection[str], terms: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text with a mark for each name and term, and in the order of the marks what they stand
    for: the name itself, or the term's translation.
    """
    kept: list[str] = []
    made = []
    for part, is_name in parts(text, keep):
        for piece, is_term in [(part, False)] if is_name else parts(part, terms):
            if is_name or is_term:
                made.append(_MARK.format(_letters(len(kept))))
                kept.append(piece if is_name else terms[fold(piece)])
            else:
                made.append(piece)
    return "".join(made), kept


def _unmasked(text: str, names: list[str]) -> str:
    """The names in place of their marks; a name whose mark was lost stands at the end."""
    numbers = {_letters(i): i for i in range(len(names))}
    found = {numbers.get(m.group(1).lower(), -1) for m in _MARKED.finditer(text)}

    def name(mark: re.Match[str]) -> str:
        number = numbers.get(mark.group(1).lower())
        return mark.group() if number is None else names[number]

    lost = [n for i, n in enumerate(names) if i not in found]
    return " ".join([*_MARKED.sub(name, text).split(), *lost])


def _letters(number: int) -> str:
    """0 -> "b", 1 -> "c", ... 25 -> "cb": letters only, so that a mark is one word."""
    alphabet = "bcdfghjklmnprstvwxz"
    high, low = divmod(number, len(alphabet))
    return (_letters(high) if high else "") + alphabet[low]

"""Pure functions on strings: fold, tokens, sentences. Not for anything that knows of documents or
records.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import Stemmer

from kb.excerpt import Span

MONTHS = tuple(
    "january february march april may june july august september october november december enero "
    "febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
)
_STEMMING = threading.Lock()  # a stemmer keeps its word within itself
_WORD = re.compile(r"[^\W_]+(?:['’\-.@&][^\W_]+)*")
# A full stop after these does not end a sentence (English and Spanish; titles, Latin).
_ABBREVIATIONS = frozenset(
    "dr dra mr mrs ms prof sr sra srta lic st ed eds cf ca vs e.g i.e eg ie al approx dept inc ltd "
    "jr ee.uu p.ej".split()
)
# Nor after these before a number: "no. 4", "art. 27".
_BEFORE_NUMBERS = frozenset("no nos núm num vol pp p art arts fig figs pág págs cap".split())
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?:\[?\d{1,3}\]?)?(?=\s|$)")


def fold(text: str) -> str:
    """Lower case without accents, for comparing; 'Guzmán' and 'GUZMAN' fold to one form."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def squeeze(text: str) -> str:
    """Without any white space: the form in which records are proved against their source."""
    return re.sub(r"\s+", "", text)


def letters(text: str) -> str:
    """Folded letters and digits only: two spellings that differ in signs and blanks are one."""
    return re.sub(r"[^a-z0-9]+", "", fold(text))


def is_asking(text: str) -> bool:
    """Whether a sentence is a question, which answers none."""
    return text.rstrip().rstrip('”"’)»').endswith("?")


def tokens(text: str) -> list[str]:
    """Folded words and numbers in order; '4.97' and 'smart-card' are one token each."""
    return list(_tokens(text))


@lru_cache(maxsize=10_000)  # the same passages are read for many questions
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(word for _, word in placed(text))


def placed(text: str) -> list[tuple[Span, str]]:
    """Folded words and numbers in order, each with where it stands."""
    return [(found.span(), fold(found.group())) for found in _WORD.finditer(text)]


def stemmed(words: Sequence[str], language: str) -> list[str]:
    """Snowball stems of folded words, by the rules of a language (English if it is not known).

    Source: M. F. Porter, Snowball, 2001.
    """
    return [_stem(word, language) for word in words]


@lru_cache(maxsize=100_000)
def _stem(word: str, language: str) -> str:
    with _STEMMING:
        return fold(_stemmer(language).stemWord(word))


@lru_cache
def _stemmer(language: str) -> Any:  # noqa: ANN401 (the library has no types)
    return Stemmer.Stemmer({"es": "spanish"}.get(language, "english"))


def sentences(text: str) -> list[Span]:
    """Where each sentence starts and ends in text, in order.

    A stop ends a sentence if a blank and then a capital, digit, quotation mark or bracket follow,
    and the word before is not an abbreviation or a single initial. A footnote number glued to the
    stop stays with its sentence.
    """
    spans, start = [], 0
    for stop in _SENTENCE_END.finditer(text):
        rest = text[stop.end() :].lstrip()
        if rest and not re.match(r"[A-ZÀ-Þ0-9“\"'‘«¿¡(\[@•—–]", rest):
            continue
        word = re.search(r"(\S+)$", text[: stop.start()])
        before = word.group(1).strip("(“\"'‘«").casefold() if word else ""
        # "Table 2." and "3." number what follows
        is_number = len(text[start : stop.start()].split()) <= 2 and before[-1:].isdigit()
        is_decimal = re.search(r"(?:^|\D)\d\.\d$", text[: stop.end()]) is not None
        is_initial = len(before) == 1 and before.isalpha()
        goes_on = (
            is_number
            or is_initial
            or is_decimal
            or (before in _BEFORE_NUMBERS and rest[:1].isdigit())
        )
        is_short = before in _ABBREVIATIONS or (goes_on and bool(rest))
        if stop.group().startswith(".") and is_short:
            continue
        spans.append((start, stop.end()))
        start = len(text) - len(rest)
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans


_STOP_WORDS = {
    "en": frozenset(
        "a about according after all also am an and any are as at be been being between both but "
        "by can could did do does doing "
        "done each every few for from further get give given had has have having he her here him "
        "his how i if in into is it its "
        "itself just me more most much my no nor not now of off on once one only or other our out "
        "over own please put said same say says she "
        "should so some such tell than that the their them then there these they this those "
        "through to too under until up "
        "upon us very was we were what when where which while who whom whose why will with would "
        "you your many actually roughly exactly precisely specifically really approximately "
        "serve serves".split()
    ),
    "es": frozenset(
        "a al algo algun alguna alguno algunos ante antes aquel aquella como con cual cuales "
        "cuando cuanta cuantas cuanto cuantos de del desde "
        "donde dos e el ella ellas ellos en entre era es esa ese eso esta estan estas este esto "
        "estos fue fueron ha han hasta hay "
        "la las le les lo los mas me mi mucho muy nada ni no nos o otra otro para pero por porque "
        "que quien quienes se segun ser si sin "
        "sobre son su sus tal tambien tan te tiene tienen toda todas todo todos tu un una unas uno "
        "sirve sirven aproximadamente exactamente realmente concretamente unos y ya dice dicen "
        "dijo cada".split()
    ),
}
_LANGUAGE_MARKS = re.compile(
    r"[¿¡ñÑ]|\b(?:qué|cuál|cuáles|quién|quiénes|cómo|cuánto|cuánta|cuántos|cuántas|dónde|según)\b",
    re.IGNORECASE,
)


def stop_words(language: str) -> frozenset[str]:
    """Folded words of a language that say nothing of the subject; of English for a language that is
    not known.
    """
    return _STOP_WORDS.get(language, _STOP_WORDS["en"])


def language_of(text: str) -> str:
    """Give "es" or "en", by the signs and small words that only one of them has."""
    words = tokens(text)
    spanish = sum(w in _STOP_WORDS["es"] and w not in _STOP_WORDS["en"] for w in words)
    english = sum(w in _STOP_WORDS["en"] and w not in _STOP_WORDS["es"] for w in words)
    marked = len(_LANGUAGE_MARKS.findall(text)) if len(words) < 60 else 0
    return "es" if spanish + 2 * marked > english else "en"

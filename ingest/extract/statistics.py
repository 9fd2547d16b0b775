"""Statistics: every number that a sentence states, with its unit, sentence and footnote.

Years by themselves, numbers of tables and articles, footnote marks and list numbers are no
statistics.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ingest.blocks import PROSE
from ingest.extract.tables import read_number
from ingest.reading import Ids, Reading
from kb.excerpt import Excerpt
from kb.records import Passage, Record, Statistic
from kb.text import MONTHS, fold, sentences

_SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
          "mil": 1e3, "millón": 1e6, "millones": 1e6}  # fmt: skip
_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "twenty": 20, "thirty": 30,
    "fifty": 50, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "nueve": 9, "diez": 10, "doce": 12,
}  # fmt: skip
_BOUND = (
    r"(?:more than|less than|fewer than|over|under|around|about|approximately|roughly|almost|nearly"
    r"|only|just|at least|at most|up to|top|estimated|más de|menos de|cerca de|casi|al menos|hasta"
    r"|unos|unas)"
)
_DIGITS = r"[$€£]?\d[\d,.]*\d|[$€£]?\d"
_SCALES = "|".join(_SCALE)
_SMALLS = "|".join(sorted(_SMALL, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?:{_BOUND}\s+(?:an?\s+(?:estimated\s+)?)?)*"
    rf"(?:(?P<digits>{_DIGITS})(?P<ordinal>st|nd|rd|th)?|(?P<word>{_SMALLS}|tens|hundreds"
    rf"|thousands|millions|double|twice|half|a third|a quarter)\b)"
    rf"(?P<rest>\s*%|\s*per ?cent\b|\s*percent\b|\s*por ciento\b|(?:\s+(?:of\s+)?(?:{_SCALES}"
    rf"|thousands)\b)*)",
    re.IGNORECASE,
)
# Up to five words; of a last word before a stop only the first, which is hardly a verb.
_AFTER = re.compile(r"\s+[^\W\d_][\w’'&/-]*(?=[.,;:)])|\s+(?:[^\W\d_][\w’'&/-]*(?:\s+|$)){1,5}")
_STOPS = frozenset(
    "a al en según cada without under through among via before after at in on for into since until "
    "during and or but who which "
    "that where while when with from by as is are was were will would can "
    "could has have had to the "
    "its their than per y o que con por para se es son fue fueron".split()
)
_LABEL_BEFORE = re.compile(
    r"(?:table|figure|appendix|annex|chapter|section|article|articles|art|line|page|pages|phase|step|recommendation|stage|no|tabla|"
    r"figura|anexo|capítulo|artículo|página|paso|nº)\.?\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_MONTH_BEFORE = re.compile(rf"(?:{'|'.join(MONTHS)})\s+$", re.IGNORECASE)


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """One row for each number stated in running text."""
    rows: list[Record] = []
    for i, passage in reading.passage_of.items():
        if passage.kind not in PROSE:
            continue
        words = reading.clean(i)
        parts = [words[start:end] for start, end in sentences(words.text)]
        notes = _notes_of(reading, i, [part.offsets[0] for part in parts])
        for k, part in enumerate(parts):
            rows += _of_sentence(reading, passage, part, notes.get(k), ids)
    return rows


def _of_sentence(
    reading: Reading, passage: Passage, sentence: Excerpt, note: int | None, ids: Ids
) -> Iterator[Statistic]:
    for value, number, unit in numbers_in(sentence.text):
        yield Statistic(
            ids.next(Statistic), reading.document.id, passage.id, note, value, number, unit,
            sentence.text, passage.page, sentence.spans,
        )  # fmt: skip


def numbers_in(text: str) -> Iterator[tuple[str, float | None, str | None]]:
    """(value as printed with the words it counts, number, unit) of each number in a sentence.

    Example: "over 5,000 boats sank" -> ("over 5,000 boats", 5000.0, "boats").
    """
    position = 0
    for found in _NUMBER.finditer(text):
        if found.start() < position or not _is_statistic(text, found):
            continue
        tail = _counted(text[found.end() :])
        value = (text[found.start() : found.end()] + tail).strip()
        position = found.end()
        yield value, _number(found), _unit(found, tail)


def _is_statistic(text: str, found: re.Match[str]) -> bool:
    before = text[: found.start()]
    digits = found["digits"]
    if before[-1:].isalnum() or before.endswith(("-", ".")) and digits:
        return False
    if text[found.end() :][:1].isalpha() and digits and not found["ordinal"]:
        return False
    if _LABEL_BEFORE.search(before) or (not before.strip() and re.match(r"\d{1,2}[.)]\s", text)):
        return False
    if digits and _YEAR.fullmatch(digits) and not found["rest"].strip():
        return False
    if digits and _MONTH_BEFORE.search(before):
        return False
    word = (found["word"] or "").casefold()
    if word in ("one", "uno"):
        return bool(found["rest"].strip()) or bool(
            re.match(rf"{_BOUND}\s", found.group(), re.IGNORECASE)
        )
    return True


def _counted(after: str) -> str:
    """The few words behind a number that say what it counts."""
    found = _AFTER.match(after)
    if not found:
        return ""
    kept: list[str] = []
    for word in re.findall(r"\s+\S+", found.group().rstrip()):
        if fold(word.strip()) in _STOPS or len(kept) == 5:
            break
        kept.append(word)
    while kept and fold(kept[-1].strip()) in ("of", "in", "de", "en", "for", "at", "on"):
        kept.pop()
    return "".join(kept)


def _number(found: re.Match[str]) -> float | None:
    scale = 1.0
    for word in re.findall(r"[^\W\d_]+", found["rest"]):
        scale *= _SCALE.get(word.casefold(), 1.0)
    if found["digits"]:
        # A single comma or stop before three digits is read as one of thousands.
        number = read_number(found["digits"], ",.")
        return number * scale if number is not None else None
    base = _SMALL.get(found["word"].casefold())
    return base * scale if base is not None else None


def _unit(found: re.Match[str], tail: str) -> str | None:
    rest = found["rest"].strip().casefold()
    if rest.startswith(("%", "per", "por")):
        return "%"
    if found["digits"] and found["digits"][0] in "$€£":
        return found["digits"][0]
    if found["ordinal"]:
        return "rank"
    words = tail.split()
    return words[-1] if words else None


def _notes_of(reading: Reading, block: int, starts: Sequence[int]) -> dict[int, int]:
    """Index of sentence -> id of the footnote whose mark stands in it, the last one if several do.

    :param starts: offset in the source at which each sentence begins.
    """
    notes = {}
    for mark in reading.marks:
        if mark.block == block:
            at = reading.blocks[block].words.offsets[mark.stretch[0]]
            notes[bisect_right(starts, at) - 1] = reading.note_ids[mark.note]
    return notes

"""Acronyms, where the document spells them out: "Flood Board (FB)", also "(FB for its acronym in
Spanish)", and in a list of them "FB: Flood Board.".

The expansion is the words before the bracket whose first letters are the acronym's; where the
acronym is of another language, the run of capitalised words right before it.
"""

from __future__ import annotations

import re

from ingest import lexicon
from ingest.pages import FIELD
from ingest.reading import Ids, Reading
from kb.records import Acronym, Record
from kb.text import fold

_BRACKET = re.compile(
    r"\((?P<acronym>[A-ZÀ-Þ][A-Za-zÀ-ÿ0-9&.-]{1,11})(?:\s+(?:for its|in|por sus"
    r"|en)\b[^()]{0,40})?[,;]?\)"
)
_LISTED = re.compile(
    r"(?<![\w(])(?P<acronym>[A-ZÀ-Þ][A-Za-zÀ-ÿ0-9&-]{1,11})\s*[:–—-]\s+(?P<words>[A-ZÀ-Þ][^.:;()]+)"
)
_WORD = re.compile(r"[\w’'\-/&]+,?")
_LINKS = frozenset("of the and for to in on a de del la las los y e para en el".split())
TWO = 2  # fields of a line that spells out an acronym
_WORDS = 14
LEAST_SHARE = 0.4  # of the first letters of a name, that its acronym of another language has too


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """One row for each acronym and expansion, where it first stands."""
    rows: list[Record] = []
    seen: set[tuple[str, str]] = set()
    for i, passage in reading.passage_of.items():
        text = reading.clean(i).text
        said = [(m.start(), m["acronym"], expand(m["acronym"], text[: m.start()]))
                for m in _BRACKET.finditer(text)]  # fmt: skip
        said += [(m.start(), m["acronym"], _listed(m["acronym"], m["words"]))
                 for m in _LISTED.finditer(text)]  # fmt: skip
        lines = reading.blocks[i].lines if reading.blocks[i].kind == "table" else ()
        for fields in (FIELD.findall(line.text) for line in lines):
            if len(fields) == TWO:
                words = re.split(r"[.,;:(]", fields[1])[0]
                said.append((len(text), fields[0], _listed(fields[0], words)))
        for _, acronym, expansion in sorted(said, key=lambda one: one[0]):
            key = (acronym, fold(expansion or ""))
            if expansion is None or key in seen:
                continue
            seen.add(key)
            rows.append(
                Acronym(
                    ids.next(Acronym),
                    reading.document.id,
                    passage.id,
                    acronym,
                    expansion,
                    passage.page,
                )
            )
    return rows


def expand(acronym: str, before: str) -> str | None:
    """The words before a bracket that its acronym stands for, None if it is no acronym of them.

    Example: "FB", "run by the Flood Board " -> "Flood Board".
    """
    if sum(c.isupper() for c in acronym) < 2:
        return None
    words = [m for m in _WORD.finditer(re.split(r"[.;:()“”]", before)[-1])][-_WORDS:]
    tail = re.split(r"[.;:()“”]", before)[-1]
    plain = [m.group().rstrip(",") for m in words]
    start = _by_initials(acronym, plain)
    if start is None:
        start = _by_capitals([m.group() for m in words], acronym)
    if start is None:
        return None
    return tail[words[start].start() :].strip(" ,")


def _listed(acronym: str, words: str) -> str | None:
    """The words behind an acronym of a list, if they are what it stands for."""
    parts = [m.group().rstrip(",") for m in _WORD.finditer(words)][:_WORDS]
    is_acronym = sum(c.isupper() for c in acronym) > 1
    return words.strip(" ,") if is_acronym and _by_initials(acronym, parts) == 0 else None


def _by_initials(acronym: str, words: list[str]) -> int | None:
    """Index of the word from which the first letters, small links left out, are the acronym's."""
    letters = fold(re.sub(r"[^A-Za-zÀ-ÿ]", "", acronym))
    for wanted in {letters, letters.removesuffix("s")}:
        for start in range(len(words) - 1, -1, -1):
            parts = [p for word in words[start:] for p in re.split(r"[-/]", word) if p]
            full = "".join(fold(p)[0] for p in parts)
            short = "".join(fold(p)[0] for p in parts if fold(p) not in _LINKS)
            if wanted in (full, short) and fold(words[start]) not in _LINKS:
                return start
    return None


def _by_capitals(words: list[str], acronym: str) -> int | None:
    """Index where the name right before the bracket begins, for an acronym of another language.

    The run of capitalised words and links; where the letters of the acronym are the first letters
    of a part of it in any order, that part. Too few common letters are a coincidence.
    """
    start = len(words)
    while start > 0 and _is_part(words[start - 1]):
        start -= 1
        if words[start].endswith(("’s", "'s", "s’")) or words[start : start + 2] == ["and", "the"]:
            start += 1  # the owner of a body, or another body, is no part of its name
            break
    letters = sorted(fold(acronym))
    for at in range(len(words) - 1, start - 1, -1):
        if sorted(_initials(words[at:])) == letters:
            return at
    for at in range(len(words) - 1, start, -1):
        is_role = any(fold(word) in lexicon.JOB_WORDS for word in words[start:at])
        if words[at - 1].endswith(",") and is_role:
            start = at  # "Senior Scientist, National Institute": a role before the body
            break
    while start < len(words) and fold(words[start]) in _LINKS | lexicon.FUNCTION_WORDS:
        start += 1
    initials = _initials(words[start:])
    shared = sum(letter in letters for letter in initials)
    least = len(initials) if len(initials) <= 2 else LEAST_SHARE * len(initials)
    return start if len(initials) >= 2 and shared >= least else None


def _is_part(word: str) -> bool:
    return word[0].isupper() or fold(word).rstrip(",") in _LINKS


def _initials(words: list[str]) -> list[str]:
    return [fold(word)[0] for word in words if fold(word).rstrip(",") not in _LINKS]

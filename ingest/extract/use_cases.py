"""Use cases: sections under a "Use cases" heading, and sections headed "Case: ...", with what they
tell.

The heading names the purpose, then behind a colon or dash the project and its body or place.
"""

from __future__ import annotations

import re

from ingest import lexicon
from ingest.extract.statistics import numbers_in
from ingest.reading import Ids, Reading
from kb.excerpt import join
from kb.records import Record, UseCase, UseCaseResult
from kb.text import fold, sentences, tokens

_CHAPTER = re.compile(
    r"\b(?:use cases?|case studies|casos de uso|casos de estudio|estudios de caso)\b", re.IGNORECASE
)
_CASE = re.compile(
    r"(?:use case|case study|case|caso de uso|caso|estudio de caso)\b\s*\d*\s*[:.–—-]\s*",
    re.IGNORECASE,
)
_LEVELS = {
    "national": "national", "nacional": "national", "federal": "national", "country": "national",
    "regional": "regional", "local": "regional", "locales": "regional", "nacionales": "national",
    "regionales": "regional",
    "state": "regional", "estatal": "regional", "estatales": "regional", "provincial": "regional",
    "municipal": "regional",
}  # fmt: skip


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """One row for each section that describes a case."""
    rows: list[Record] = []
    for i, section in enumerate(reading.sections):
        parents = section.path.split(" > ")[:-1]
        is_case = bool(_CASE.match(section.heading)) or any(map(_CHAPTER.search, parents))
        is_parent = any(h.parent == i for h in reading.outline.headings)
        blocks = [
            b
            for b in reading.blocks_of(i)
            if b in reading.passage_of and reading.blocks[b].kind not in ("figure", "table")
        ]
        if not is_case or is_parent or not blocks or _CHAPTER.search(section.heading):
            continue
        words = join([reading.clean(b) for b in blocks])
        name, organisation, place = _who_and_where(section.heading)
        rows.append(
            UseCase(
                ids.next(UseCase), reading.document.id, section.id, section.heading, name,
                organisation, place,
                _level(parents), words.text, words.text, section.page, words.spans,
            )
        )  # fmt: skip
        rows += _results(reading, rows[-1], blocks, ids)
    return rows


def _results(reading: Reading, case: Record, blocks: list[int], ids: Ids) -> list[UseCaseResult]:
    """The numbers that a case reports, each with its sentence."""
    found = []
    for block in blocks:
        words = reading.clean(block)
        for start, end in sentences(words.text):
            sentence = words[start:end]
            found += [
                UseCaseResult(
                    ids.next(UseCaseResult), case.id, reading.document.id, value, sentence.text,
                    reading.blocks[block].page, sentence.spans,
                )
                for value, _, _ in numbers_in(sentence.text)
            ]  # fmt: skip
    return found


def _level(parents: list[str]) -> str | None:
    for heading in reversed(parents):
        for word in tokens(heading):
            if word in _LEVELS:
                return _LEVELS[word]
    return None


def _who_and_where(heading: str) -> tuple[str | None, str | None, str | None]:
    """(name, organisation, place) from "Purpose: Name, Body" or "Case: Purpose — Name, Place"."""
    heading = _CASE.sub("", heading, count=1)
    parts = re.split(r" [—–] |: | - ", heading, maxsplit=1)
    if len(parts) == 1:
        return None, None, None
    tail = parts[1]
    name, _, rest = (part.strip() for part in tail.partition(","))
    if not rest:
        return name, None, None
    if _is_body(rest):
        return name, rest, None
    return name, None, rest


def _is_body(text: str) -> bool:
    return any(fold(word) in lexicon.BODY_WORDS for word in re.findall(r"\w+", text)) or bool(
        re.match(r"(?:Port|Puerto) (?:of|de)\b", text)
    )

"""Use cases: sections under a "Use cases" heading, and sections headed "Case: ...", with what they
tell; where such a chapter has no sections, its paragraphs that begin with a title of their own.

The heading names the purpose, then behind a colon or dash the project and its body or place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest import lexicon
from ingest.blocks import is_title
from ingest.extract.statistics import numbers_in
from ingest.reading import Ids, Reading
from kb.excerpt import EMPTY, Excerpt, join
from kb.records import Record, Section, UseCase, UseCaseResult
from kb.text import fold, sentences, tokens

_CHAPTER = re.compile(
    r"\b(?:use cases?|case studies|casos de uso|casos de estudio|estudios de caso|success stories"
    r"|(?:good|best|promising) practices?|practices? worth|casos de éxito|buenas prácticas"
    r"|experiencias (?:que|exitosas|destacadas))\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"(.+?) \((.+)\)")
_MARK = re.compile(r"(?:\d{1,3}[.)]|[•▪◦·●■*>–—-])\s+")
TITLE_WORDS = 10
LEAST_TITLED = 2  # paragraphs of a chapter that begin with a title
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
    titled: list[Record] = []
    for i, section in enumerate(reading.sections):
        parents = section.path.split(" > ")[:-1]
        is_case = bool(_CASE.match(section.heading)) or any(map(_CHAPTER.search, parents))
        is_parent = any(h.parent == i for h in reading.outline.headings)
        blocks = [
            b
            for b in reading.blocks_of(i)
            if b in reading.passage_of and reading.blocks[b].kind not in ("figure", "table")
        ]
        if is_parent or not blocks:
            continue
        if _CHAPTER.search(section.heading):
            titled += _titled(reading, section, blocks, ids)
        elif is_case:
            words = join([reading.clean(b) for b in blocks])
            rows += _case(reading, section, section.heading, words, section.page, blocks, ids)
    return rows or titled


def _titled(reading: Reading, section: Section, blocks: Sequence[int], ids: Ids) -> list[Record]:
    """A chapter's paragraphs that begin with a title, in their first line or sentence."""
    titles = {b: title for b in blocks if (title := _title(reading, b)).text}
    if len(titles) < LEAST_TITLED:
        return []
    return [
        record
        for b, title in titles.items()
        for record in _case(
            reading, section, title.text, reading.clean(b), reading.blocks[b].page, [b], ids
        )
    ]


def _title(reading: Reading, block: int) -> Excerpt:
    """What a paragraph begins with, if it may be a title; empty if it may not."""
    first, words = reading.blocks[block].lines[0].text, reading.clean(block)
    mark = _MARK.match(words.text)
    start = mark.end() if mark else 0
    below = [line.text for line in reading.blocks[block].lines[1:]]
    room = max(map(len, below), default=0) - len(first)
    if below and is_title(first[start:], TITLE_WORDS) and room > len(below[0].split()[0]):
        return words[start : len(first)].strip()
    (_, end), *more = sentences(words.text[start:]) or [(0, 0)]
    said = words[start : start + end].strip(" .")
    return said if more and len(said.text.split()) <= TITLE_WORDS else EMPTY


def _case(
    reading: Reading, section: Section, title: str, words: Excerpt, page: int | None,
    blocks: Sequence[int], ids: Ids,
) -> list[Record]:  # fmt: skip
    name, organisation, place = _who_and_where(title)
    level = _level(section.path.split(" > ")[:-1])
    case = UseCase(
        ids.next(UseCase), reading.document.id, section.id, title, name, organisation, place, level,
        words.text, words.text, page, words.spans,
    )  # fmt: skip
    return [case, *_results(reading, case, blocks, ids)]


def _results(
    reading: Reading, case: Record, blocks: Sequence[int], ids: Ids
) -> list[UseCaseResult]:
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
    """(name, organisation, place) from "Purpose: Name, Body", "Case: Purpose — Name, Place" or
    "Name (Place)".
    """
    heading = _CASE.sub("", heading, count=1)
    parts = re.split(r" [—–] |: | - ", heading, maxsplit=1)
    bracketed = _BRACKETED.fullmatch(heading)
    if len(parts) > 1:
        name, _, rest = (part.strip() for part in parts[1].partition(","))
    elif bracketed:
        name, rest = bracketed.groups()
    else:
        return None, None, None
    if not rest:
        return name, None, None
    return (name, rest, None) if _is_body(rest) else (name, None, rest)


def _is_body(text: str) -> bool:
    return any(fold(word) in lexicon.BODY_WORDS for word in re.findall(r"\w+", text)) or bool(
        re.match(r"(?:Port|Puerto) (?:of|de)\b", text)
    )

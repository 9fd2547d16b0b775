"""Interviews: a document whose speakers take turns. Its first lines say who was asked, when, where
and by whom.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from ingest.attribution import Attribution, read_attribution
from ingest.blocks import Block
from ingest.reading import Ids, Reading
from kb.records import Interview, Record
from kb.text import fold

_FIELDS = {
    "date": ("date", "fecha"),
    "place": ("place", "lugar", "location"),
    "interviewer": (
        "interviewer",
        "entrevistador",
        "entrevistadora",
        "interviewed by",
        "entrevista de",
    ),
}
_WITH = re.compile(
    r"^(?:interview with|entrevista (?:con|a)|in conversation with)\s+", re.IGNORECASE
)


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """One row if the document is an interview, none otherwise."""
    if reading.document.kind != "interview":
        return []
    first = reading.blocks[0]
    facts = read_facts(reading.blocks)
    title = first.lines[0].words
    return [
        Interview(
            ids.next(Interview), reading.document.id, None, title.text, facts.get("date"),
            facts.get("place"),
            facts.get("interviewer"), first.page, title.spans,
        )
    ]  # fmt: skip


def read_facts(blocks: Sequence[Block]) -> Mapping[str, str]:
    """What the lines above an interview's first turn state, by field of the record."""
    facts: dict[str, str] = {}
    if not any(block.speaker for block in blocks):
        return facts
    above = takewhile(lambda block: not block.speaker, blocks)
    for line in (line for block in above for line in block.lines):
        label, _, value = line.text.partition(":")
        for name, words in _FIELDS.items():
            if fold(label) in words and value.strip():
                facts.setdefault(name, value.strip())
    return facts


def read_asked(blocks: Sequence[Block]) -> Attribution | None:
    """Who the first line says was asked: "Interview with Ruth Aldane, Harbour Master"."""
    first = blocks[0].lines[0].text if blocks else ""
    return read_attribution(_WITH.sub("", first)) if _WITH.match(first) else None


def speakers(blocks: tuple[Block, ...]) -> dict[str, str]:
    """Label of a turn -> the full name that the first lines give for it ("ALDANE" -> "Ruth
    Aldane").
    """
    labels = {block.speaker.text for block in blocks if block.speaker}
    if not labels or not blocks:
        return {}
    asked = read_asked(blocks)
    names = [n for n in (asked.name if asked else None, read_facts(blocks).get("interviewer")) if n]
    return {
        label: name
        for label in labels
        for name in names
        if fold(name).split()[-1] == fold(label).split()[-1]
    }

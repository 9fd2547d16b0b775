"""Interviews: a document whose speakers take turns. Its first lines say who was asked, when, where
and by whom.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.attribution import read_attribution
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
    facts = read_facts(first)
    title = first.lines[0].words
    return [
        Interview(
            ids.next(Interview), reading.document.id, None, title.text, facts.get("date"),
            facts.get("place"),
            facts.get("interviewer"), first.page, title.spans,
        )
    ]  # fmt: skip


def read_facts(block: Block) -> Mapping[str, str]:
    """What the lines of an interview's first block state, by field of the record."""
    facts = {}
    for line in block.lines:
        label, _, value = line.text.partition(":")
        for name, words in _FIELDS.items():
            if fold(label) in words and value.strip():
                facts[name] = value.strip()
    return facts


def speakers(blocks: tuple[Block, ...]) -> dict[str, str]:
    """Label of a turn -> the full name that the first lines give for it ("ALDANE" -> "Ruth
    Aldane").
    """
    labels = {block.speaker.text for block in blocks if block.speaker}
    if not labels or not blocks:
        return {}
    asked = read_attribution(_WITH.sub("", blocks[0].lines[0].text))
    names = [
        n for n in (asked.name if asked else None, read_facts(blocks[0]).get("interviewer")) if n
    ]
    return {
        label: name
        for label in labels
        for name in names
        if fold(name).split()[-1] == fold(label).split()[-1]
    }

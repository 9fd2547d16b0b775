"""Turns of an interview: which labels before a colon are speakers, and whose each paragraph is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest import lexicon
from ingest.blocks import PROSE, Block
from ingest.pages import Page

_TURN = re.compile(r"(?P<speaker>[A-ZÀ-Þ][\w.’'\-]*(?:\s[A-ZÀ-Þ(][\w.’'\-)]*){0,4})\s*:\s+(?=\S)")


def turn_labels(pages: Sequence[Page]) -> frozenset[str]:
    """Labels before a colon that take turns: at least two of them, one at least three times."""
    seen: dict[str, int] = {}
    for page in pages:
        for line in page.lines:
            if label := turn_label(line.text):
                seen[label] = seen.get(label, 0) + 1
    labels = {label for label, count in seen.items() if count >= 2}
    return frozenset(labels) if len(labels) >= 2 and max(seen.values()) >= 3 else frozenset()


def turn_label(text: str) -> str | None:
    found = _TURN.match(text)
    return (
        found["speaker"]
        if found and not any(p.match(text) for p in (lexicon.SOURCE, lexicon.NAMED, lexicon.FIELD))
        else None
    )


def with_speaker(block: Block, turns: frozenset[str]) -> Block:
    first = block.lines[0].words
    found = _TURN.match(first.text)
    if not found or found["speaker"] not in turns:
        return block
    return replace(block, speaker=first[: found.end("speaker")])


def carry_speakers(blocks: list[Block]) -> list[Block]:
    """A paragraph after a turn is still that speaker's, until a heading or the next label."""
    result: list[Block] = []
    speaker = None
    for block in blocks:
        if block.kind in ("heading", "title"):
            speaker = None
        elif block.speaker:
            speaker = block.speaker
        elif speaker and block.kind in PROSE:
            block = replace(block, kind="turn", speaker=speaker)
        result.append(block)
    return result

"""Figures: number, caption, source, and the labels and values that came out with the text."""

from __future__ import annotations

from ingest import lexicon
from ingest.extract.tables import parts_of
from ingest.reading import Ids, Reading
from kb.excerpt import join, unbroken
from kb.records import Figure, Record


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """One row for each captioned figure."""
    rows: list[Record] = []
    for i, block in enumerate(reading.blocks):
        found = lexicon.CAPTION.match(block.text) if block.kind == "figure" else None
        if not found:
            continue
        caption, body, source = parts_of(block)
        passage = reading.passage_of[i]
        words = unbroken(join([line.words for chunk in body for line in chunk]))
        rows.append(
            Figure(
                ids.next(Figure), reading.document.id, passage.id, passage.section_id,
                found["number"], caption.text, source.text if source else None, words.text or None,
                block.page, (words if words.text else caption).spans,
            )
        )  # fmt: skip
    return rows

"""Where every non-blank character of a document went: into a table, or skipped for a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.reading import Ids, Reading
from kb.excerpt import Spans
from kb.records import (
    Coverage,
    DataCell,
    Document,
    Footnote,
    Participant,
    Passage,
    Quote,
    Recommendation,
    Record,
    Section,
    UseCase,
)

# A stretch belongs to the first of these tables that holds it.
ORDER: tuple[type[Record], ...] = (
    Section,
    Participant,
    Quote,
    Footnote,
    Recommendation,
    UseCase,
    DataCell,
    Passage,
)


def account(reading: Reading, records: Sequence[Record], ids: Ids) -> list[Coverage]:
    """Rows that together hold each non-blank character once, in reading order."""
    text = reading.document.text
    owner = bytearray(len(text))  # 0: nobody yet
    rows: list[tuple[str | None, str | None, int | None, Spans]] = []
    for record_type in ORDER:
        for record in records:
            if isinstance(record, record_type):
                free = _take(owner, text, getattr(record, "spans", ()))
                if free:
                    rows.append((record_type.table, None, getattr(record, "page", None), free))
    for skip in reading.skips:
        free = _take(owner, text, skip.spans)
        if free:
            rows.append((None, skip.reason, skip.page, free))
    rows.sort(key=lambda row: row[3][0])
    return [
        Coverage(
            ids.next(Coverage),
            reading.document.id,
            "record" if table else "skipped",
            reason,
            table,
            page,
            _words(text, spans),
            spans,
        )
        for table, reason, page, spans in rows
    ]


def share(document: Document, rows: Iterable[Coverage]) -> float:
    """Share of a document's non-blank characters that coverage rows hold, 0 to 1."""
    owner = bytearray(len(document.text))
    for row in rows:
        for start, end in row.spans:
            owner[start:end] = b"\x01" * (end - start)
    solid = [i for i, c in enumerate(document.text) if not c.isspace()]
    return sum(owner[i] for i in solid) / max(1, len(solid))


def _take(owner: bytearray, text: str, spans: Spans) -> Spans:
    """The parts of spans that nobody holds yet; they are held from now on."""
    free: list[list[int]] = []
    for start, end in spans:
        for i in range(start, end):
            if owner[i] or text[i].isspace():
                continue
            owner[i] = 1
            if free and start <= free[-1][1] <= i and not text[free[-1][1] : i].strip():
                free[-1][1] = i + 1
            else:
                free.append([i, i + 1])
    return tuple((a, b) for a, b in free)


def _words(text: str, spans: Spans) -> str:
    return " ".join(" ".join(text[a:b].split()) for a, b in spans)

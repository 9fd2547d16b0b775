"""Footnotes and where they are cited. A link or a year is read only where the note prints one."""

from __future__ import annotations

import re

from ingest.reading import Ids, Reading
from kb.records import Footnote, FootnoteCitation, Record
from kb.text import letters

_URL = re.compile(r"https?://[^\s,;)\]]+|www\.[^\s,;)\]]+")
_YEAR = re.compile(r"\((?P<a>(?:19|20)\d\d)[a-z]?\)|,\s(?P<b>(?:19|20)\d\d)(?=[,.]|$)")


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """The notes of a document, and a row for each mark."""
    notes: list[Footnote] = []
    first: dict[str, int] = {}
    for id, note, passage in zip(
        reading.note_ids, reading.notes, reading.note_passages, strict=True
    ):
        text = note.words.text
        same = first.setdefault(letters(text), id)
        notes.append(
            Footnote(
                id, reading.document.id, passage.id, None if same == id else same,
                note.number, text, _url(text), _year(text), note.page, note.words.spans,
            )
        )  # fmt: skip
    citations = [
        FootnoteCitation(
            ids.next(FootnoteCitation),
            notes[mark.note].id,
            reading.passage_of[mark.block].id,
            *mark.stretch,
        )
        for mark in reading.marks
        if mark.block in reading.passage_of
    ]
    return [*notes, *citations]


def _url(text: str) -> str | None:
    found = _URL.search(text)
    return found.group().rstrip(".") if found else None


def _year(text: str) -> str | None:
    found = _YEAR.search(_URL.sub("", text))
    return (found["a"] or found["b"]) if found else None

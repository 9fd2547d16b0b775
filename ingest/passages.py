"""Blocks -> passages: the units that are found and cited. One rule set for all sources.

A passage never crosses a section or a speaker. Its text is final; what helps the index to find it
(headings, caption, columns) goes into `context`, never into the words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.blocks import Block
from ingest.notes import Note
from ingest.outline import Outline
from ingest.reading import Ids, Mark
from ingest.roster import read_header
from kb.excerpt import BELOW, Excerpt, unbroken
from kb.records import (
    Document,
    FootnoteCitation,
    Passage,
    Recommendation,
    Record,
    Section,
    UseCase,
)  # fmt: skip
from kb.text import letters

SHORT = 25  # words that do not stand without their heading
KINDS = {"paragraph", "list_item", "quote", "turn", "table", "figure", "participant", "title"}


def cut_passages(
    document: Document,
    outline: Outline,
    sections: Sequence[Section],
    marks: Sequence[Mark],
    ids: Ids,
) -> dict[int, Passage]:
    """One passage for each block that holds words of the document; keys are indexes of blocks."""
    passages: dict[int, Passage] = {}
    lead = None
    columns = ""
    for i, block in enumerate(outline.blocks):
        if block.kind == "roster_header":
            columns = ", ".join(
                column.field.replace("_", " ") for column in read_header(block.lines[0])
            )
        if block.kind not in KINDS:
            continue
        at = outline.section_of[i]
        section = None if at is None else sections[at]
        clean = unbroken(block.words.without(m.stretch for m in marks if m.block == i))
        # A list's items say little without the sentence that announces them.
        lead_text = lead.text if lead is not None and block.kind == "list_item" else ""
        context = _context(section, columns if block.kind == "participant" else lead_text)
        passages[i] = _passage(
            document, section, block, block.words, clean, context, len(passages), ids
        )
        if block.kind == "paragraph":
            lead = block.words if block.text.endswith(":") else None
    return passages


def note_passages(
    document: Document, notes: Sequence[Note], start: int, ids: Ids
) -> tuple[Passage, ...]:
    """One passage for each footnote."""
    return tuple(
        Passage(
            ids.next(Passage), document.id, None, start + i, "footnote", note.words.text,
            note.words.text,
            f"footnote {note.number}", None, document.language, note.page, note.words.spans,
        )
        for i, note in enumerate(notes)
    )  # fmt: skip


def heading_passages(records: Sequence[Record], ids: Ids) -> list[Passage]:
    """One passage for each heading that is a record's title, so that it can be found and cited:
    of a recommendation (with its actor and time) or of a case.
    """
    documents = {r.id: r for r in records if isinstance(r, Document)}
    titles = {
        (r.section_id, letters(r.title))
        for r in records
        if isinstance(r, Recommendation | UseCase) and r.section_id is not None
    }
    titled = {id for id, _ in titles}
    return [
        _heading_passage(s, documents[s.document_id], ids)
        for s in records
        if isinstance(s, Section)
        and s.id in titled
        and any(id == s.id and title in letters(s.heading) for id, title in titles)
    ]


def with_headings(records: Sequence[Record]) -> list[Record]:
    """A few words that open a section take its heading before them: "Rankings" and "8th place"
    say nothing apart.
    """
    sections = {r.id: r for r in records if isinstance(r, Section)}
    passages = [r for r in records if isinstance(r, Passage) and r.section_id is not None]
    taken = {p.section_id for p in passages if p.kind == "heading"}
    first: dict[int | None, Passage] = {}
    for passage in sorted(passages, key=lambda p: p.position):
        first.setdefault(passage.section_id, passage)
    short = {
        p.id: sections[s]
        for s, p in first.items()
        if s is not None and s not in taken and _is_short(p)
    }
    return [_under_heading(r, short) for r in records]


def _under_heading(record: Record, short: Mapping[int, Section]) -> Record:
    """A passage with its heading, or a footnote's mark moved on by it."""
    if isinstance(record, Passage) and record.id in short:
        return _headed(record, short[record.id])
    if isinstance(record, FootnoteCitation) and record.passage_id in short:
        by = len(f"{short[record.passage_id].heading}{BELOW}")
        return replace(record, start=record.start + by, end=record.end + by)
    return record


def _is_short(passage: Passage) -> bool:
    return passage.kind in ("paragraph", "list_item") and len(passage.text.split()) <= SHORT


def _headed(passage: Passage, section: Section) -> Passage:
    return replace(
        passage,
        text=f"{section.heading}{BELOW}{passage.text}",
        clean=f"{section.heading} {passage.clean}",
        spans=(*section.spans, *passage.spans),
    )


def _heading_passage(section: Section, document: Document, ids: Ids) -> Passage:
    above = ". ".join(section.path.split(" > ")[-2::-1])
    return Passage(
        ids.next(Passage), document.id, section.id, -1, "heading", section.heading,
        section.heading, above, None, document.language, section.page, section.spans,
    )  # fmt: skip


def _passage(
    document: Document,
    section: Section | None,
    block: Block,
    words: Excerpt,
    clean: Excerpt,
    context: str,
    position: int,
    ids: Ids,
) -> Passage:
    speaker = block.speaker.text if block.speaker else None
    return Passage(
        ids.next(Passage), document.id, section.id if section else None, position, block.kind,
        words.text, clean.text,
        context, speaker, document.language, block.page, words.spans,
    )  # fmt: skip


def _context(section: Section | None, more: str) -> str:
    """The headings above a passage, nearest first, and what else says what it is about."""
    headings = section.path.split(" > ")[::-1] if section else []
    return ". ".join([*headings, more] if more else headings)

"""Sources -> a new knowledge base, proven, then put in the place of the old one.

The old one is not touched before the new one is whole: the database is one file that is moved into
place, and its vectors stand in a folder of their own that the database names by hash.
"""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from ingest import coverage, entities
from ingest.audit import audit
from ingest.blocks import Block
from ingest.extract import (
    acronyms,
    figures,
    footnotes,
    interviews,
    participants,
    quotes,
    recommendations,
    regions,
    statistics,
    tables,
    use_cases,
    views,
)
from ingest.layout import arrange
from ingest.notes import Note, marks, take_notes
from ingest.outline import Outline, read_outline
from ingest.pages import Page, paginate
from ingest.passages import cut_passages, heading_passages, note_passages, with_headings
from ingest.reading import Ids, Mark, Reading, Skip
from ingest.sources import Source, find_files, fingerprint, read_source
from ingest.stretches import cut_stretches, with_other_forms, words_of
from ingest.title import read_title
from kb import __version__
from kb.errors import KBError, ProofError
from kb.proof import Finding, prove
from kb.records import (
    Build,
    Coverage,
    Document,
    Footnote,
    Passage,
    Quote,
    Record,
    Section,
)
from kb.store import Store, passages_hash, vectors_folder
from kb.text import language_of

Extractor = Callable[[Reading, Ids], list[Record]]
# A new kind of record is one module and one entry.
EXTRACTORS: tuple[Extractor, ...] = (
    footnotes.extract, participants.extract, quotes.extract, views.extract, use_cases.extract,
    recommendations.extract, tables.extract, figures.extract, regions.extract, acronyms.extract,
    statistics.extract, interviews.extract,
)  # fmt: skip
# Writes the vectors of a store's rows to a folder; returns (model name, hash of its weights).
MakeIndex = Callable[[Store, str, Path], tuple[str, str]]
Progress = Callable[[str], None]
INTERVIEW_TURNS = 6


def build(
    paths: Sequence[Path],
    db: Path,
    make_index: MakeIndex,
    model_sha256: str,
    progress: Progress = lambda _: None,
) -> tuple[Build, bool]:
    """Read sources into a knowledge base at db.

    :param make_index: called with the new rows, the hash of their passages and the folder for
        their vectors.
    :param model_sha256: of the encoder's weights; a rebuild is due when it changed.
    :returns: the build, and whether anything was built (not if sources, version and model are
        those of the present one).
    :raises SourceError: a source cannot be read; nothing was changed.
    :raises ProofError: the new knowledge base does not prove; nothing was changed.
    """
    files = find_files(paths)
    source_sha256 = fingerprint([*files, *_recipe()])
    present = _present(db)
    if present and (present.source_sha256, present.model_sha256) == (source_sha256, model_sha256):
        return present, False
    started = _now()
    db.parent.mkdir(parents=True, exist_ok=True)
    ids = Ids()
    records: list[Record] = []
    for path in files:
        progress(f"reading {path.name}")
        records += read_document(read_source(path), ids)
    records = with_headings([*records, *heading_passages(records, ids)])
    records = with_other_forms(entities.link(records, ids))
    records += [*cut_stretches(records, ids), *words_of(records, ids)]
    with tempfile.TemporaryDirectory(dir=db.parent, prefix=".kb-build-") as folder:
        new = Path(folder) / db.name
        store = Store.create(new)
        store.add(records)
        store.add_data_tables()
        passages = store.all(Passage)
        digest = passages_hash(passages)
        progress(f"encoding {len(passages)} passages")
        vectors = vectors_folder(db, digest)
        model, weights = make_index(store, digest, vectors)
        store.add([_build_row(store, records, digest, source_sha256, model, weights, started)])
        progress("proving")
        _require(prove(store))
        store.connection.execute("vacuum")
        store.close()
        os.replace(new, db)
    _drop_other_indexes(db, keep=vectors)
    return _present(db) or _lost(db), True


def read_document(source: Source, ids: Ids) -> list[Record]:
    """Every record of one source, the document first."""
    pagination = paginate(source.text)
    notes, pages = take_notes(pagination.pages)
    outline = read_outline(arrange(pages))
    document = _document(source, outline, pagination.pages, pagination.basis, ids)
    sections = _sections(document, outline, ids)
    note_marks = _marks(notes, outline.blocks)
    passage_of = cut_passages(document, outline, sections, note_marks, ids)
    if names := interviews.speakers(outline.blocks):
        passage_of = {
            i: replace(p, speaker=names.get(p.speaker or "", p.speaker))
            for i, p in passage_of.items()
        }
    of_notes = note_passages(document, notes, len(passage_of), ids)
    reading = Reading(
        document, outline, tuple(notes), tuple(ids.next(Footnote) for _ in notes), note_marks,
        sections, (*passage_of.values(), *of_notes),
        passage_of, of_notes,
        _skips(pagination.pages, notes, outline.blocks),
    )  # fmt: skip
    found = [record for extract in EXTRACTORS for record in extract(reading, ids)]
    found += audit(reading, found, ids)
    records: list[Record] = [document, *sections, *_with_speakers(reading.passages, found), *found]
    return [*records, *coverage.account(reading, records, ids)]


def _document(
    source: Source, outline: Outline, pages: Sequence[Page], basis: str, ids: Ids
) -> Document:
    turns = sum(block.kind == "turn" for block in outline.blocks)
    kind = "interview" if turns >= INTERVIEW_TURNS else "report"
    return Document(
        ids.next(Document), kind, read_title(outline.blocks, pages, source.name), source.name,
        source.media_type, language_of(source.text),
        source.sha256, basis, _now(), source.text,
    )  # fmt: skip


def _sections(document: Document, outline: Outline, ids: Ids) -> tuple[Section, ...]:
    numbers = [ids.next(Section) for _ in outline.headings]
    return tuple(
        Section(
            numbers[i], document.id, None if h.parent is None else numbers[h.parent], i, h.level,
            h.words.text, outline.path(i),
            h.page, h.words.spans,
        )
        for i, h in enumerate(outline.headings)
    )  # fmt: skip


def _marks(notes: Sequence[Note], blocks: Sequence[Block]) -> tuple[Mark, ...]:
    readable = [
        i
        for i, b in enumerate(blocks)
        if b.kind not in ("fragment", "mark", "roster_header", "participant")
    ]
    texts = [(blocks[i].page_index, blocks[i].text) for i in readable]
    numbers = {id(note): k for k, note in enumerate(notes)}
    return tuple(
        Mark(numbers[id(note)], readable[at], stretch) for note, at, stretch in marks(notes, texts)
    )


def _skips(
    pages: Sequence[Page], notes: Sequence[Note], blocks: Sequence[Block]
) -> tuple[Skip, ...]:
    reasons = {
        "fragment": "letters and numbers of a drawing",
        "mark": "quotation mark set apart from its quote",
        "roster_header": "column titles of a list of people",
        "contents": "table of contents",
    }
    skips = [
        Skip("running head or page number", line.words.spans, page.number)
        for page in pages
        for line in page.heads
    ]
    skips += [
        Skip("line drawn between parts", line.words.spans, page.number)
        for page in pages
        for line in page.rules
    ]
    skips += [Skip("number of a footnote", note.label.spans, note.page) for note in notes]
    skips += [Skip(reasons[b.kind], b.words.spans, b.page) for b in blocks if b.kind in reasons]
    return tuple(skips)


def _with_speakers(passages: Sequence[Passage], found: Sequence[Record]) -> list[Passage]:
    """A passage that is a quotation carries its speaker."""
    said = {q.passage_id: q.speaker for q in found if isinstance(q, Quote) and q.kind == "pull"}
    return [replace(p, speaker=said.get(p.id, p.speaker)) for p in passages]


def _build_row(
    store: Store,
    records: Sequence[Record],
    digest: str,
    sources: str,
    model: str,
    weights: str,
    started: str,
) -> Build:
    documents = store.all(Document)
    rows = store.all(Coverage)
    least = min(coverage.share(d, [r for r in rows if r.document_id == d.id]) for d in documents)
    passages = sum(isinstance(r, Passage) for r in records)
    return Build(
        1, __version__, platform.python_version(), model, weights, len(documents), passages,
        len(records), round(least, 6), digest, sources,
        started, _now(),
    )  # fmt: skip


def _require(findings: Sequence[Finding]) -> None:
    broken = [f for f in findings if not f.holds]
    if broken:
        raise ProofError(
            f"The new knowledge base does not prove ({broken[0].what}: {broken[0].good} of "
            f"{broken[0].total}; {broken[0].example}). "
            "The old one still serves. Please report this source."
        )


def _recipe() -> list[Path]:
    """The modules that turn sources into rows: where they changed, the same sources make other
    rows.
    """
    here = Path(__file__).parent
    return sorted(here.rglob("*.py")) + sorted((here.parent / "kb").glob("*.py"))


def _present(db: Path) -> Build | None:
    """The build that stands at db, None if there is none that is whole with its vectors."""
    with contextlib.suppress(KBError):
        store = Store.open(db)
        try:
            found = store.build()
        finally:
            store.close()
        return found if vectors_folder(db, found.passages_sha256).is_dir() else None
    return None


def _lost(db: Path) -> Build:
    raise KBError(f"{db} was written but cannot be read back. Check the disk and build again.")


def _drop_other_indexes(db: Path, keep: Path) -> None:
    for folder in keep.parent.iterdir():
        if folder.is_dir() and folder != keep:
            shutil.rmtree(folder)


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")

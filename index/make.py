"""Passages -> an index on disk, and the check that the two agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from index.encode import Encoder, KeptEncoder
from index.vectors import VectorIndex, encoded_text
from kb.errors import KBError
from kb.proof import Finding
from kb.records import Passage, Stretch
from kb.store import Store, vectors_folder

KEPT_FILE = "encoded.sqlite"
PASSAGES, STRETCHES = Passage.table, Stretch.table  # folders of an index


def index_maker(
    encoder: Encoder,
    progress: Callable[[int, int], None] = lambda done, total: None,
    step: int = 64,
) -> Callable[[Sequence[Passage], Sequence[Stretch], str, Path], tuple[str, str]]:
    """A function that encodes passages and stretches and saves their vectors to a folder; what was
    encoded before is kept beside it.

    :param progress: called with how many texts are done, of how many.
    """

    def make(
        passages: Sequence[Passage],
        stretches: Sequence[Stretch],
        passages_sha256: str,
        folder: Path,
    ) -> tuple[str, str]:
        texts = [*map(encoded_text, passages), *(s.reading for s in stretches)]
        kept = KeptEncoder(encoder, folder.parent / KEPT_FILE)
        try:
            for done in range(0, len(texts), step):
                kept.encode(texts[done : done + step])
                progress(min(done + step, len(texts)), len(texts))
            vectors = kept.encode(texts)
            kept.keep_only(texts)
        finally:
            kept.close()
        for part, rows in (
            (PASSAGES, vectors[: len(passages)]),
            (STRETCHES, vectors[len(passages) :]),
        ):
            ids = [r.id for r in (passages if part == PASSAGES else stretches)]
            VectorIndex.build(ids, rows).save(folder / part, encoder, passages_sha256)
        return encoder.name, encoder.sha256

    return make


def prove_index(store: Store, db: Path) -> list[Finding]:
    """That the vectors are of this knowledge base's passages, each once."""
    folder = vectors_folder(db, store.build().passages_sha256)
    return [finding for part in (PASSAGES, STRETCHES) for finding in _prove(store, folder, part)]


def _prove(store: Store, folder: Path, part: str) -> list[Finding]:
    belong = f"vectors of {part} belong to this knowledge base"
    try:
        index = VectorIndex.load(folder / part, store.build())
    except KBError as error:
        return [Finding(belong, 0, 1, str(error))]
    ids = [row["id"] for row in store.rows(f"select id from {part} order by id")]
    missing = sorted(set(ids) ^ set(index.ids))
    example = f"row {missing[0]} is in one of the two only" if missing else None
    return [
        Finding(belong, 1, 1),
        Finding(f"vectors hold the {part}", len(ids) - len(missing), len(ids), example),
    ]

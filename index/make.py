"""Passages -> an index on disk, and the check that the two agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from index.encode import Encoder, KeptEncoder
from index.vectors import VectorIndex, encoded_text
from kb.errors import KBError
from kb.proof import Finding
from kb.records import Passage
from kb.store import Store, vectors_folder

KEPT_FILE = "encoded.sqlite"


def index_maker(
    encoder: Encoder,
    progress: Callable[[int, int], None] = lambda done, total: None,
    step: int = 64,
) -> Callable[[Sequence[Passage], str, Path], tuple[str, str]]:
    """A function that encodes passages and saves their vectors to a folder; what was encoded before
    is kept beside it.

    :param progress: called with how many texts are done, of how many.
    """

    def make(passages: Sequence[Passage], passages_sha256: str, folder: Path) -> tuple[str, str]:
        texts = [encoded_text(p) for p in passages]
        kept = KeptEncoder(encoder, folder.parent / KEPT_FILE)
        try:
            for done in range(0, len(texts), step):
                kept.encode(texts[done : done + step])
                progress(min(done + step, len(texts)), len(texts))
            vectors = kept.encode(texts)
            kept.keep_only(texts)
        finally:
            kept.close()
        VectorIndex.build([p.id for p in passages], vectors).save(folder, encoder, passages_sha256)
        return encoder.name, encoder.sha256

    return make


def prove_index(store: Store, db: Path) -> list[Finding]:
    """That the vectors are of this knowledge base's passages, each once."""
    try:
        index = VectorIndex.load(vectors_folder(db, store.build().passages_sha256), store.build())
    except KBError as error:
        return [Finding("vectors belong to this knowledge base", 0, 1, str(error))]
    ids = [row["id"] for row in store.rows("select id from passages order by id")]
    missing = sorted(set(ids) ^ set(index.ids))
    example = f"passage {missing[0]} is in one of the two only" if missing else None
    return [
        Finding("vectors belong to this knowledge base", 1, 1),
        Finding("vectors hold the passages", len(ids) - len(missing), len(ids), example),
    ]

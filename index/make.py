"""Passages, their stretches and words -> an index on disk, and the check that the two agree."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np

from index.encode import Encoder
from index.kept import KeptEncoder, of_tokens
from index.late import TokenIndex
from index.vectors import VectorIndex, encoded_text
from kb.errors import KBError
from kb.proof import Finding
from kb.records import Passage, Stretch, Word
from kb.store import Store, vectors_folder

KEPT_FILE = "encoded.sqlite"
# Folders of an index, each named by the table whose rows it holds.
PASSAGES, STRETCHES, WORDS = Passage.table, Stretch.table, Word.table
PARTS = (PASSAGES, STRETCHES, WORDS)
# What the token vectors are of: stretches, and what stands above a passage and who says it.
TOKEN_PARTS = {STRETCHES: "stretch_tokens", PASSAGES: "passage_tokens"}


def index_maker(
    encoder: Encoder,
    progress: Callable[[int, int], None] = lambda done, total: None,
    step: int = 64,
) -> Callable[[Store, str, Path], tuple[str, str]]:
    """A function that encodes what a store holds and saves the vectors to a folder; what was
    encoded before is kept beside it.

    :param progress: called with how many texts are done, of how many.
    """

    def make(store: Store, passages_sha256: str, folder: Path) -> tuple[str, str]:
        parts, token_parts = _texts(store), _token_texts(store)
        whole = [(text, language) for rows in parts.values() for _, text, language in rows]
        in_tokens = [(text, code) for rows in token_parts.values() for _, text, code in rows]
        total = len(whole) + len(in_tokens)
        kept = KeptEncoder(encoder, folder.parent / KEPT_FILE)
        try:
            done = 0
            for texts, encode in ((whole, kept.encode), (in_tokens, kept.tokens)):
                for language, own in groupby(sorted(texts, key=itemgetter(1)), key=itemgetter(1)):
                    batch = [text for text, _ in own]
                    for first in range(0, len(batch), step):
                        one = batch[first : first + step]
                        encode(one, language)
                        done += len(one)
                        progress(done, total)
            for part, rows in parts.items():
                none = np.zeros((0, encoder.dimension), np.float32)  # a part may have no rows
                vectors = [none, *(kept.encode([text], language) for _, text, language in rows)]
                index = VectorIndex.build([id for id, _, _ in rows], np.concatenate(vectors))
                index.save(folder / part, encoder, passages_sha256)
            for part, rows in token_parts.items():
                packed = [own for _, text, code in rows for own in kept.tokens([text], code)]
                made = TokenIndex.build([id for id, _, _ in rows], packed, kept.token_dimension)
                made.save(folder / TOKEN_PARTS[part], encoder, passages_sha256)
            kept.keep_only([*whole, *((text, of_tokens(code)) for text, code in in_tokens)])
        finally:
            kept.close()
        return encoder.name, encoder.sha256

    return make


def _texts(store: Store) -> dict[str, list[tuple[int, str, str]]]:
    """Part of the index -> (id, what the encoder reads, language) of its rows."""
    passages = store.all(Passage)
    languages = {p.id: p.language for p in passages}
    return {
        PASSAGES: [(p.id, encoded_text(p), p.language) for p in passages],
        STRETCHES: [(s.id, s.reading, languages[s.passage_id]) for s in store.all(Stretch)],
        WORDS: [(w.id, w.word, w.language) for w in store.all(Word)],
    }


def _token_texts(store: Store) -> dict[str, list[tuple[int, str, str]]]:
    """Part of TOKEN_PARTS -> (id, what is read, language) of its rows."""
    passages = store.all(Passage)
    languages = {p.id: p.language for p in passages}
    return {
        STRETCHES: [(s.id, s.reading, languages[s.passage_id]) for s in store.all(Stretch)],
        PASSAGES: [(p.id, p.frame, p.language) for p in passages],
    }


def prove_index(store: Store, db: Path) -> list[Finding]:
    """That the vectors are of this knowledge base's rows, each once."""
    folder = vectors_folder(db, store.build().passages_sha256)
    vectors = [f for part in PARTS for f in _prove(store, folder / part, part, VectorIndex)]
    return vectors + [
        finding
        for part, name in TOKEN_PARTS.items()
        for finding in _prove(store, folder / name, part, TokenIndex)
    ]


def _prove(
    store: Store, folder: Path, part: str, kind: type[VectorIndex] | type[TokenIndex]
) -> list[Finding]:
    of = "vectors" if kind is VectorIndex else "token vectors"
    belong = f"{of} of {part} belong to this knowledge base"
    try:
        index = kind.load(folder, store.build())
    except KBError as error:
        return [Finding(belong, 0, 1, str(error))]
    ids = [row["id"] for row in store.rows(f"select id from {part} order by id")]
    missing = sorted(set(ids) ^ set(index.ids))
    example = f"row {missing[0]} is in one of the two only" if missing else None
    return [
        Finding(belong, 1, 1),
        Finding(f"{of} hold the {part}", len(ids) - len(missing), len(ids), example),
    ]

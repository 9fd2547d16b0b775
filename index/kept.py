"""Vectors that are kept by text, so that what did not change is not encoded twice."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.encode import Encoder, Vectors
from index.late import Packed, packed


def of_tokens(language: str) -> str:
    """What stands in the place of a language for the token vectors of its texts."""
    return f"tokens {language}"


class KeptEncoder:
    """An encoder that keeps what it encoded in an SQLite file, by hash of model, language and text,
    over builds too.
    """

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self.encoder = encoder
        self.name, self.sha256, self.dimension = encoder.name, encoder.sha256, encoder.dimension
        self.token_dimension = encoder.token_dimension
        self.encoded = 0  # texts that were not kept yet
        path.parent.mkdir(parents=True, exist_ok=True)
        self._kept = sqlite3.connect(path)
        self._kept.execute(
            "create table if not exists vectors (key blob primary key, vector blob) without rowid"
        )

    def encode(self, texts: Sequence[str], language: str = "en") -> Vectors:
        def fresh(missing: Sequence[str]) -> list[bytes]:
            return [row.tobytes() for row in self.encoder.encode(missing, language)]

        rows = [np.frombuffer(b, dtype=np.float32) for b in self._found(texts, language, fresh)]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), np.float32)

    def tokens(self, texts: Sequence[str], language: str = "en") -> list[Packed]:
        """Token vectors of each text, packed; see index.late."""

        def fresh(missing: Sequence[str]) -> list[bytes]:
            return [packed(own.vectors).tobytes() for own in self.encoder.tokens(missing, language)]

        blobs = self._found(texts, of_tokens(language), fresh)
        return [
            np.frombuffer(blob, dtype=np.int8).reshape(-1, self.token_dimension) for blob in blobs
        ]

    def _found(
        self, texts: Sequence[str], of: str, fresh: Callable[[Sequence[str]], list[bytes]]
    ) -> list[bytes]:
        """What is kept of texts, made first where it is missing."""
        keys = [self._key(text, of) for text in texts]
        found: dict[bytes, bytes] = {}
        for key in keys:
            row = self._kept.execute("select vector from vectors where key = ?", (key,)).fetchone()
            if row:
                found[key] = row[0]
        missing = sorted({k: t for k, t in zip(keys, texts, strict=True) if k not in found}.items())
        if missing:
            made = fresh([text for _, text in missing])
            self.encoded += len(missing)
            found |= {key: blob for (key, _), blob in zip(missing, made, strict=True)}
            with self._kept:
                self._kept.executemany(
                    "insert or replace into vectors values (?, ?)",
                    [(k, found[k]) for k, _ in missing],
                )
        return [found[key] for key in keys]

    def _key(self, text: str, of: str) -> bytes:
        return hashlib.sha256(f"{self.sha256}\x00{of}\x00{text}".encode()).digest()

    def keep_only(self, texts: Sequence[tuple[str, str]]) -> None:
        """Forget every (text, its language or of_tokens of it) but these, so that withdrawn words
        leave no vector.
        """
        keys = [(self._key(text, of),) for text, of in texts]
        with self._kept:
            self._kept.execute("create temp table wanted (key blob primary key) without rowid")
            self._kept.executemany("insert or ignore into wanted values (?)", keys)
            self._kept.execute("delete from vectors where key not in (select key from wanted)")
            self._kept.execute("drop table wanted")

    def close(self) -> None:
        self._kept.close()

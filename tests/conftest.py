"""Fixtures that most tests stand on: a toy encoder, the sample corpus, a knowledge base built from
it, a small reader.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from index.encode import Encoder, TokenVectors, Vectors
from index.make import index_maker
from index.polyglot import Polyglot
from ingest.build import build, read_document
from ingest.reading import Ids
from ingest.sources import Source
from kb.records import Record
from kb.service import Service
from kb.store import Store
from kb.text import placed, tokens


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-floors",
        action="store_true",
        help="write tests/data/questions/floors.json from what is measured now",
    )


@dataclass(frozen=True)
class ToyEncoder:
    """Counts words in 64 drawers that a hash picks: texts that share words are alike, and nothing
    is downloaded.
    """

    name: str = "toy: hashed words"
    sha256: str = "0" * 64
    dimension: int = 64
    token_dimension: int = 64

    def encode(self, texts: Sequence[str], language: str = "en") -> Vectors:
        return self._counted(texts)

    def _counted(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in tokens(text) or [""]:
                row[hashlib.sha256(word.encode()).digest()[0] % self.dimension] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def tokens(self, texts: Sequence[str], language: str = "en") -> list[TokenVectors]:
        none = np.zeros((0, self.dimension), np.float32)
        return [
            TokenVectors(
                np.concatenate([none, *(self._counted([word]) for _, word in placed(text))]),
                tuple(span for span, _ in placed(text)),
                self._counted([text])[0],
            )
            for text in texts
        ]

    def pieces(self, texts: Sequence[str], language: str = "en") -> list[Vectors]:
        sign = np.zeros((1, self.dimension), np.float32)
        return [np.concatenate([sign, own.vectors, sign]) for own in self.tokens(texts)]


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return ToyEncoder()


@pytest.fixture(scope="session")
def sample() -> Path:
    return Path(__file__).parents[1] / "corpus" / "sample"


@pytest.fixture(scope="session")
def db(sample: Path, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base built once from the sample corpus; not to be changed (copy it first)."""
    path = tmp_path_factory.mktemp("kb") / "kb.db"
    build([sample], path, index_maker(encoder), encoder.sha256)
    return path


@pytest.fixture(scope="session")
def services(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Service]:
    """Three knowledge bases with the real encoder, each of one corpus; for tests marked model."""
    other = Path(__file__).parent / "data" / "other"
    sources = {
        "sample": sample,
        "brackwell": other / "allotments-in-brackwell-2033.txt",
        "aldera": other / "agua-en-aldera-2032.txt",
    }
    encoder, found = Polyglot(), {}
    for name, source in sources.items():
        db = tmp_path_factory.mktemp(name) / "kb.db"
        build([source], db, index_maker(encoder), encoder.sha256)
        found[name] = Service.load(db, encoder)
    return found


@pytest.fixture
def store(db: Path) -> Iterator[Store]:
    opened = Store.open(db)
    yield opened
    opened.close()


@pytest.fixture
def read() -> Callable[..., list[Record]]:
    """A small document as a string -> its records, all or those of one type."""

    def read_text(text: str, only: type[Record] | None = None) -> list[Record]:
        source = Source("paper.txt", "text/plain", text, hashlib.sha256(text.encode()).hexdigest())
        records = read_document(source, Ids())
        return [r for r in records if only is None or isinstance(r, only)]

    return read_text

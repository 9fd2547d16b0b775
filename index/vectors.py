"""Vectors of texts under the texts' ids."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.encode import Encoder, Vectors
from index.manifest import REMEDY, checked, write_manifest
from kb.errors import StaleIndexError
from kb.records import Build, Passage

VECTORS_FILE = "vectors.faiss"
# A question is one row: threads that wait for each other cost more than a search of 100,000 rows.
faiss.omp_set_num_threads(1)


class VectorIndex:
    """Exact search over rows of length 1, so that the inner product is the cosine."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    @classmethod
    def build(cls, ids: Sequence[int], vectors: Vectors) -> VectorIndex:
        """An index of float32 (n, dimension) vectors under n ids."""
        made = cls(vectors.shape[1])
        made._index.add_with_ids(np.ascontiguousarray(vectors), np.asarray(ids, dtype=np.int64))
        return made

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def ids(self) -> list[int]:
        return sorted(int(i) for i in faiss.vector_to_array(self._index.id_map))

    def search(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """The k passages nearest to one (dimension,) vector as (id, cosine), best first, ties by
        id.
        """
        if not len(self):  # FAISS refuses to look for 0 rows
            return []
        scores, ids = self._index.search(vector.reshape(1, -1), min(k, len(self)))
        # FAISS fills up with id -1 where there are fewer than k rows.
        found = [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def matrix(self, ids: Sequence[int]) -> Vectors:
        """The rows under these ids, (n, dimension)."""
        rows: Vectors = self._rows[[self._places[i] for i in ids]]
        return rows

    @cached_property
    def _rows(self) -> Vectors:
        """All rows, where FAISS holds them."""
        flat: Any = faiss.downcast_index(self._index.index)
        rows: Vectors = faiss.rev_swig_ptr(flat.get_xb(), len(self) * self.dimension)
        return rows.reshape(-1, self.dimension)

    @cached_property
    def _places(self) -> dict[int, int]:
        """Id -> row."""
        return {int(id): n for n, id in enumerate(faiss.vector_to_array(self._index.id_map))}

    def cosines(self, vector: Vectors, ids: Sequence[int]) -> list[float]:
        """Cosine of one (dimension,) vector with the rows under these ids, in their order."""
        return [float(c) for c in self.matrix(ids) @ vector]

    def save(self, folder: Path, encoder: Encoder, passages_sha256: str) -> None:
        """Write vectors and manifest into a folder of their own."""
        folder.mkdir(parents=True, exist_ok=True)
        faiss.write_index(self._index, str(folder / VECTORS_FILE))
        write_manifest(folder / VECTORS_FILE, encoder, self.dimension, len(self), passages_sha256)

    @classmethod
    def load(cls, folder: Path, build: Build) -> VectorIndex:
        """Read an index and make sure it is this knowledge base's.

        :raises StaleIndexError: see index.manifest.checked; or the file is no such index.
        """
        manifest = checked(folder / VECTORS_FILE, build)
        loaded = cls(manifest.dimension)
        index: object = faiss.read_index(str(folder / VECTORS_FILE))
        if not isinstance(index, faiss.IndexIDMap2):
            raise StaleIndexError(f"{folder / VECTORS_FILE} is no index with ids. {REMEDY}")
        loaded._index = index
        return loaded


def encoded_text(passage: Passage) -> str:
    """What the encoder reads of a passage: what it is about, then its words."""
    return f"{passage.context}: {passage.clean}" if passage.context else passage.clean

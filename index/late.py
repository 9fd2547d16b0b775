"""Words of a question against the words of a text, each as it is meant in its place.

Source: late interaction, Khattab and Zaharia, SIGIR 2020 (ColBERT), here with an encoder that was
not trained for it; token vectors packed to a byte a dimension, after Santhanam et al. 2022.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encode import Encoder, TokenVectors, Vectors
from index.manifest import checked, write_manifest
from kb.excerpt import Spans
from kb.question import Question
from kb.records import Build
from kb.text import placed, stemmed

TOKENS_FILE = "tokens.npy"
PLACES_FILE = "places.npy"
SCALE = 127
LEAST_MET = 2
Packed = NDArray[np.int8]


def packed(vectors: Vectors) -> Packed:
    """Rows of length 1 in a byte a number."""
    return np.round(vectors * SCALE).astype(np.int8)


class TokenIndex:
    """The token vectors of texts, under the texts' ids."""

    def __init__(self, rows: Packed, places: NDArray[np.int64]) -> None:
        self._rows = rows  # (tokens of all texts, dimension)
        self._places = {int(id): slice(first, last) for id, first, last in places}

    @classmethod
    def build(cls, ids: Sequence[int], texts: Sequence[Packed], dimension: int) -> TokenIndex:
        """An index of the packed token vectors of n texts under n ids."""
        rows = np.concatenate([np.zeros((0, dimension), np.int8), *texts])
        ends = np.cumsum([len(own) for own in texts], dtype=np.int64)
        starts = ends - [len(own) for own in texts]
        return cls(rows, np.stack([np.array(ids, np.int64), starts, ends], axis=1))

    @property
    def ids(self) -> list[int]:
        return sorted(self._places)

    def rows(self, id: int) -> Packed:
        """The token vectors of a text, packed."""
        return self._rows[self._places[id]]

    def save(self, folder: Path, encoder: Encoder, passages_sha256: str) -> None:
        """Write rows, places and manifest into a folder of their own."""
        folder.mkdir(parents=True, exist_ok=True)
        places = [(id, at.start, at.stop) for id, at in self._places.items()]
        np.save(folder / PLACES_FILE, np.array(places, np.int64).reshape(-1, 3))
        np.save(folder / TOKENS_FILE, self._rows)
        dimension = self._rows.shape[1]
        write_manifest(folder / TOKENS_FILE, encoder, dimension, len(places), passages_sha256)

    @classmethod
    def load(cls, folder: Path, build: Build) -> TokenIndex:
        """Read an index and make sure it is this knowledge base's; rows stay on disk until read.

        :raises StaleIndexError: see index.manifest.checked.
        """
        checked(folder / TOKENS_FILE, build)
        rows = np.load(folder / TOKENS_FILE, mmap_mode="r")
        return cls(rows, np.load(folder / PLACES_FILE))


@dataclass(frozen=True, repr=False)
class Late:
    """The tokens of a question: vectors (tokens, dimension), their weights, adding up to 1, and
    which of its words each is a part of.
    """

    vectors: Vectors
    weights: Vectors
    words: NDArray[np.int64]

    @classmethod
    def of(cls, question: Question, read: TokenVectors, weight: Callable[[str], float]) -> Late:
        """The tokens of a question's content words; all of them where it has no such word.

        :param read: the question as it is meant.
        :param weight: of a stem: how much it tells.
        """
        weighed = weighed_words(question, read.spans, weight)
        words = [word for word, _ in weighed]
        asked = [word in question.words for word in words]
        weights = np.array(
            [
                own if is_asked or not any(asked) else 0.0
                for (_, own), is_asked in zip(weighed, asked, strict=True)
            ],
            dtype=np.float32,
        )
        kept = weights > 0
        _, places = np.unique(np.array(words, dtype=object)[kept], return_inverse=True)
        total = max(float(weights.sum()), 1e-9)
        return cls(read.vectors[kept], weights[kept] / total, places)

    def cosines(self, parts: Sequence[Packed]) -> Vectors:
        """(parts, question tokens): the best cosine of each token in each part; -1 in an empty
        one.
        """
        best = np.full((len(parts), len(self.weights)), -1.0, dtype=np.float32)
        full = [n for n, part in enumerate(parts) if len(part)]
        if full:
            rows = np.concatenate([parts[n] for n in full]).astype(np.float32)
            starts = np.cumsum([0, *(len(parts[n]) for n in full[:-1])])
            best[full] = np.maximum.reduceat(rows @ (self.vectors.T / SCALE), starts, axis=0)
        return best

    def scores(self, cosines: Vectors) -> Vectors:
        """The mean by weight of (parts, question tokens), for each part."""
        # Not as a product: for narrow matrices BLAS reads beyond the rows, and numpy now and then
        # warns of what it finds there.
        means: Vectors = (cosines * self.weights).sum(axis=1)
        return means

    def unmet(self, cosines: Vectors) -> Vectors:
        """How much of a question each of (parts, question tokens) does not meet, in the two words
        that it meets least; 0 to 1.
        """
        of_word = np.eye(self.words.max(initial=0) + 1, dtype=np.float32)[self.words]
        lacking = (self.weights * (1 - cosines)) @ of_word
        least: Vectors = np.sort(lacking, axis=1)[:, -LEAST_MET:].sum(axis=1)
        return least


def weighed_words(
    question: Question, spans: Spans, weight: Callable[[str], float]
) -> list[tuple[str, float]]:
    """For each token of a question the folded word that it is a part of, and its part of how much
    the word tells; ("", 0.0) for signs.

    :param spans: where the tokens stand in the question as it is meant.
    :param weight: of a stem: how much it tells.
    """
    placed_words = placed(question.meant)
    words = [
        next((word for (start, end), word in placed_words if start <= at < end), "")
        for at, _ in spans
    ]
    parts, stems = Counter(words), stemmed(words, question.language)
    return [
        (word, weight(stem) / parts[word] if word else 0.0)
        for word, stem in zip(words, stems, strict=True)
    ]

"""Words of a question -> how well a passage covers them, words of like meaning included.

Source: soft alignment of words by their vectors, as in BERTScore (Zhang et al., ICLR 2020), here
with one vector a word.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.encode import Encoder, Vectors
from index.vectors import VectorIndex
from kb.records import Passage, Word
from kb.text import stemmed, tokens

# Vectors of unlike words still have a cosine of up to this; above it likeness grows to 1.
UNLIKE = 0.4


@dataclass(frozen=True, repr=False)
class Vocabulary:
    """The documents' words: vectors, stems, and which stand in which passage."""

    vectors: Vectors  # (words, dimension)
    rows: Mapping[tuple[str, str], int]  # (language, word) -> row of vectors
    stems: Mapping[tuple[str, str], Sequence[int]]  # (language, stem) -> rows of vectors
    of_passage: Mapping[int, Sequence[int]]  # passage id -> rows of vectors
    spread: Mapping[str, int]  # stem -> passages it stands in
    passages: int

    @classmethod
    def of(
        cls, words: Sequence[Word], vectors: VectorIndex, passages: Sequence[Passage]
    ) -> Vocabulary:
        """Put a knowledge base's words and passages together."""
        places = {(w.language, w.word): i for i, w in enumerate(words)}
        stems: dict[tuple[str, str], list[int]] = defaultdict(list)
        spread: dict[str, int] = defaultdict(int)
        for i, word in enumerate(words):
            (stem,) = stemmed([word.word], word.language)
            stems[word.language, stem].append(i)
            spread[stem] += word.passages
        of_passage = {
            p.id: sorted({places[p.language, w] for w in tokens(p.read)}) for p in passages
        }
        matrix = vectors.matrix([w.id for w in words])
        return cls(matrix, places, stems, of_passage, spread, len(passages))

    def weight(self, stem: str) -> float:
        """How much a word tells: its inverse document frequency."""
        return math.log(1 + self.passages / (1 + self.spread.get(stem, 0)))

    def encoded(self, words: Sequence[str], language: str, encoder: Encoder) -> Vectors:
        """Vectors (n, dimension) of words; those that the documents have are known already."""
        strange = [w for w in words if (language, w) not in self.rows]
        made = dict(zip(strange, encoder.encode(strange, language), strict=True))
        return np.stack(
            [made[w] if w in made else self.vectors[self.rows[language, w]] for w in words]
        )


@dataclass(frozen=True)
class Cover:
    """A question's words against the vocabulary. likeness: (question words, words), 0 to 1."""

    vocabulary: Vocabulary
    weights: Vectors  # of the question's words, adding up to 1
    likeness: Vectors

    @classmethod
    def of(
        cls, question: Sequence[str], language: str, vocabulary: Vocabulary, encoder: Encoder
    ) -> Cover:
        """Compare a question's words with all words of the documents.

        :param question: folded content words, at least one.
        """
        cosines = vocabulary.encoded(question, language, encoder) @ vocabulary.vectors.T
        likeness = np.clip((cosines - UNLIKE) / (1 - UNLIKE), 0.0, 1.0).astype(np.float32)
        stems = stemmed(question, language)
        for row, stem in zip(likeness, stems, strict=True):
            row[list(vocabulary.stems.get((language, stem), ()))] = 1.0
        weights = np.array([vocabulary.weight(s) for s in stems], dtype=np.float32)
        return cls(vocabulary, weights / weights.sum(), likeness)

    def share(self, passage_id: int) -> float:
        """How much of the question a passage covers, 0 to 1."""
        places = self.vocabulary.of_passage[passage_id]
        return float(self.weights @ self.likeness[:, places].max(axis=1)) if places else 0.0

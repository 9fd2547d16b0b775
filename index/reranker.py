"""Question + stretches -> how likely each answers it: a small network, learnt, that reads the token
vectors that the index holds anyway. data/reranker/CARD.md says of what it was learnt and how well
it does.

Source: compare and aggregate, Wang and Jiang, ICLR 2017: each word of the one text beside what of
the other it is aligned with, both together summed up by one layer of attention (Vaswani et al.,
NeurIPS 2017) instead of a convolution.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.encode import Encoder, TokenVectors, Vectors, opened_session, require_shipped
from index.late import SCALE, Packed, weighed_words
from index.words import DATA
from kb.question import Question
from kb.records import UNREAD

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = DATA.parent / "reranker" / "model.onnx"
# Of the encoder (index.polyglot) whose token vectors it was learnt on.
ENCODER_SHA256 = "ba2f475a361d9478939cf4213ebfdd4aea5ab1ed8cf94243a3379eab201f9b13"
SHA256 = "21c3085f8382c6556c07964f62ec5013c8190e3cefb5e87e01ab67dc64af2efe"
TOGETHER = 8  # stretches
# Tokens that are read: of a question, a stretch, what stands above it and what before it.
ASKED, OWN, ABOVE, BEFORE = 48, 80, 32, 32
# What is taken from a stretch's cosine, late score and lack, so that they lie about nought.
CENTRE = (0.45, 0.55, 0.5)


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """A question's tokens: vectors (tokens, dimension); marks (tokens, 2): how much each tells, of
    the most telling, and whether it is a word of what is asked about.
    """

    vectors: Vectors
    marks: Vectors

    @classmethod
    def of(cls, question: Question, read: TokenVectors, weight: Callable[[str], float]) -> Asked:
        """The tokens of a question as it is meant.

        :param weight: of a stem: how much it tells.
        """
        weighed = weighed_words(question, read.spans, weight)
        most = max([*(own for _, own in weighed), 1e-3])
        marks = [(own / most, float(word in question.words)) for word, own in weighed]
        return cls(read.vectors[:ASKED], np.array(marks, np.float32).reshape(-1, 2)[:ASKED])


@dataclass(frozen=True, slots=True, repr=False)
class Read:
    """A stretch as it is read: its token vectors, those of what stands above its passage and of the
    stretch before it; how near the question it is (see Part); whether it is a row of a table.
    """

    own: Packed
    above: Packed
    before: Packed
    cosine: float
    late: float
    unmet: float
    is_row: bool
    language: str

    @property
    def around(self) -> Packed:
        """What is read beside its own words."""
        return np.concatenate([self.above[:ABOVE], self.before[-BEFORE:]])

    @property
    def measures(self) -> tuple[float, ...]:
        """What else the network is told of it."""
        near = np.subtract((self.cosine, self.late, self.unmet), CENTRE)
        return (*near, float(self.is_row), float(self.language == "es"))


class Reranker:
    """The network, loaded at the first question.

    :raises MissingPartError: when it loads, if its file is missing or is not the tested one.
    """

    def __init__(self, model: Path = MODEL, sha256: str = SHA256) -> None:
        self.model, self.sha256 = model, sha256

    @cached_property
    def _session(self) -> InferenceSession:
        self.check()
        return opened_session(self.model)

    def check(self) -> None:
        """Make sure that the weights are the tested ones.

        :raises MissingPartError: they are not, or not there.
        """
        require_shipped(self.model, self.sha256)

    def log_odds(self, asked: Asked, stretches: Sequence[Read]) -> Vectors:
        """(stretches,): the logarithm of the odds that each answers the question."""
        if not stretches or not len(asked.vectors):
            return np.zeros(len(stretches), np.float32) + UNREAD
        # Stretches of like length together: less padding, less work.
        order = sorted(range(len(stretches)), key=lambda i: len(stretches[i].own))
        made = np.zeros(len(stretches), np.float32)
        for first in range(0, len(order), TOGETHER):
            few = order[first : first + TOGETHER]
            fed = fed_to_network(asked, [stretches[i] for i in few])
            made[few] = self._session.run(None, fed)[0]
        return made


def reranker_for(encoder: Encoder) -> Reranker | None:
    """The reranker, if it was learnt on an encoder's token vectors; those of another say nothing to
    it.
    """
    return Reranker() if encoder.sha256 == ENCODER_SHA256 else None


def fed_to_network(asked: Asked, stretches: Sequence[Read]) -> dict[str, NDArray[Any]]:
    """What the graph reads: the question once, the stretches padded to one length, with masks."""
    own, has_own = _padded([s.own[:OWN] for s in stretches])
    around, has_around = _padded([s.around for s in stretches])
    return {
        "asked": asked.vectors.astype(np.float32),
        "marks": asked.marks,
        "own": own,
        "has_own": has_own,
        "around": around,
        "has_around": has_around,
        "measures": np.array([s.measures for s in stretches], np.float32),
    }


def _padded(texts: Sequence[Packed]) -> tuple[Vectors, NDArray[np.bool_]]:
    """(texts, longest, dimension) of rows of length 1, at least one, and which are there."""
    longest = max([1, *map(len, texts)])
    rows = np.zeros((len(texts), longest, texts[0].shape[1]), np.float32)
    there = np.zeros(rows.shape[:2], np.bool_)
    for n, text in enumerate(texts):
        rows[n, : len(text)] = text
        there[n, : len(text)] = True
    return rows / np.float32(SCALE), there

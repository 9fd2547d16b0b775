"""Question + stretches -> how likely each answers it: a small transformer, learnt, that reads the
question and a stretch as one text. data/reranker/CARD.md says of what it was learnt and how well it
does.

Source: passage re-ranking with BERT, Nogueira and Cho 2019, from the packaged encoder's weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.encode import Encoder, Vectors, opened_session, require_shipped
from index.words import DATA
from kb.records import UNREAD

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = DATA.parent / "reranker" / "model.onnx"
# Of the encoder (index.polyglot) whose word pieces it was learnt on.
ENCODER_SHA256 = "ba2f475a361d9478939cf4213ebfdd4aea5ab1ed8cf94243a3379eab201f9b13"
SHA256 = "a7ad3680d8604788260b4def80316a6753f1f3a911154ed6cd997cb53e05dcbb"
# Word pieces that are read of a question and of a stretch, signs of beginning and end included.
ASKED, OWN = 50, 81
# What is taken from a stretch's cosine, late score and lack, so that they lie about nought.
CENTRE = (0.45, 0.55, 0.5)


@dataclass(frozen=True, slots=True)
class Read:
    """A stretch as it is read: its words with the headings above them; how near the question it is
    (see Part); whether it is a row of a table.
    """

    text: str
    language: str
    cosine: float
    late: float
    unmet: float
    is_row: bool

    @property
    def measures(self) -> tuple[float, ...]:
        """What else the network is told of it."""
        near = np.subtract((self.cosine, self.late, self.unmet), CENTRE)
        return (*near, float(self.is_row))


class Reranker:
    """The network, loaded at the first question.

    :param encoder: whose word pieces it reads.
    :raises MissingPartError: when it loads, if its file is missing or is not the tested one.
    """

    def __init__(self, encoder: Encoder, model: Path = MODEL, sha256: str = SHA256) -> None:
        self.encoder, self.model, self.sha256 = encoder, model, sha256

    @cached_property
    def _session(self) -> InferenceSession:
        self.check()
        return opened_session(self.model)

    def check(self) -> None:
        """Make sure that the weights are the tested ones.

        :raises MissingPartError: they are not, or not there.
        """
        require_shipped(self.model, self.sha256)

    def log_odds(self, asked: Sequence[tuple[str, str]], stretches: Sequence[Read]) -> Vectors:
        """(stretches,): the logarithm of the odds that each answers a question.

        :param asked: words and language of the question, in the stretches' language, and if it was
            asked in another, behind it in that: what a translation loses is read there.
        """
        if not stretches or not asked[0][0].strip():
            return np.full(len(stretches), UNREAD, np.float32)
        question = [self.encoder.pieces([text], language)[0] for text, language in asked]
        own = self.encoder.pieces([s.text for s in stretches], stretches[0].language)
        fed = fed_to_network(question, own, [s.measures for s in stretches])
        odds: Vectors = self._session.run(None, fed)[0]
        return odds


def reranker_for(encoder: Encoder) -> Reranker | None:
    """The reranker, if it was learnt on an encoder's word pieces; those of another say nothing to
    it.
    """
    return Reranker(encoder) if encoder.sha256 == ENCODER_SHA256 else None


def fed_to_network(
    asked: Sequence[Vectors], stretches: Sequence[Vectors], measures: Sequence[Sequence[float]]
) -> dict[str, NDArray[Any]]:
    """What the graph reads: a row a stretch, in it the question and the stretch, one behind the
    other, padded to one length. Only the first sign of beginning is kept.

    :param asked: the pieces of the question, in one language or two, as Encoder.pieces gives them;
        stretches: of each.
    """
    first = np.concatenate([cut(asked[0], ASKED), *(cut(own[1:], ASKED - 1) for own in asked[1:])])
    second = [cut(own[1:], OWN) for own in stretches]
    longest = len(first) + max(map(len, second))
    pieces = np.zeros((len(second), longest, first.shape[1]), np.float32)
    sides = np.zeros(pieces.shape[:2], np.int64)
    there = np.zeros(pieces.shape[:2], np.bool_)
    sides[:, len(first) :] = 1
    for row, own in enumerate(second):
        both = np.concatenate([first, own])
        pieces[row, : len(both)], there[row, : len(both)] = both, True
    return {
        "pieces": pieces,
        "sides": sides,
        "there": there,
        "measures": np.array(measures, np.float32),
    }


def cut(pieces: Vectors, most: int) -> Vectors:
    """A text's first pieces and its sign of the end."""
    if len(pieces) <= most:
        return pieces
    kept: Vectors = np.concatenate([pieces[: most - 1], pieces[-1:]])
    return kept

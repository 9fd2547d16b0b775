"""Spanish texts -> vectors where the English encoder puts their English twins, so that a Spanish
question meets English passages and the other way round. data/spanish/CARD.md says how it was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encode import OnnxEncoder, Vectors, require_shipped
from index.words import DATA

NAME = "spanish-minilm"
# Of data/spanish/model.onnx; other weights make other vectors.
SHA256 = "f277d229182d853d9272297b8a169b76274757aafbbe0a980154d39306a309a7"

# Parts of the graph: the embedding of each word piece in 8 bits, and what it is multiplied by.
SMALL_EMBEDDINGS = ("words.small", "words.scale")


class SpanishEncoder(OnnxEncoder):
    """The Spanish encoder, 384 dimensions, loaded at the first text.

    :raises MissingPartError: when it loads, if a file is missing or is not the tested one.
    """

    def __init__(self) -> None:
        self.weights = DATA / "model.onnx"
        super().__init__(NAME, SHA256, self.weights, DATA / "tokenizer.json")

    def load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            self.check()
        return super().load()

    def embedded(self, ids: Sequence[int]) -> Vectors:
        small, scale = self._embeddings
        rows: Vectors = small[list(ids)].astype(np.float32) * scale[list(ids)]
        return rows

    @cached_property
    def _embeddings(self) -> tuple[NDArray[np.int8], Vectors]:
        import onnx  # most commands never rerank
        from onnx import numpy_helper

        held = {part.name: part for part in onnx.load(str(self.weights)).graph.initializer}
        small, scale = (numpy_helper.to_array(held[name]) for name in SMALL_EMBEDDINGS)
        return small, scale

    def check(self) -> None:
        """Make sure that the weights are the tested ones.

        :raises MissingPartError: they are not, or not there.
        """
        require_shipped(self.weights, self.sha256)

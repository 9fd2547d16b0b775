"""An encoder for each language, all in one space."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from index.encode import BASIS, Encoder, MiniLM, TokenVectors, Vectors
from index.spanish import SpanishEncoder


class Polyglot:
    """Texts of a language go to its encoder, those of any other to the English one.

    :raises MissingPartError: see the encoders.
    """

    def __init__(self, others: Mapping[str, Encoder] | None = None) -> None:
        self.english = MiniLM()
        self.others = {"es": SpanishEncoder()} if others is None else dict(others)
        encoders = [self.english, *self.others.values()]
        self.name = " + ".join(e.name for e in encoders)
        parts = [*(e.sha256 for e in encoders), hashlib.sha256(BASIS.read_bytes()).hexdigest()]
        self.sha256 = hashlib.sha256("".join(parts).encode()).hexdigest()
        self.dimension = self.english.dimension
        self.token_dimension = self.english.token_dimension

    def encode(self, texts: Sequence[str], language: str = "en") -> Vectors:
        return self.others.get(language, self.english).encode(texts)

    def tokens(self, texts: Sequence[str], language: str = "en") -> list[TokenVectors]:
        return self.others.get(language, self.english).tokens(texts)

    def pieces(self, texts: Sequence[str], language: str = "en") -> list[Vectors]:
        return self.others.get(language, self.english).pieces(texts)

    def load(self, language: str = "en") -> None:
        """Read a language's encoder now; the others are read when their language is met."""
        self.pieces([""], language)

    def check(self) -> None:
        """Make sure that the weights are the tested ones."""
        self.english.check()
        SpanishEncoder().check()

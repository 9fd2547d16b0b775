"""English paragraphs -> the 128 directions in which token vectors differ most, for index.late.

Run: python -m training.token_basis squad2-en.json.gz index/data/tokens/basis.npy; a minute. The
eigenvectors of the second moment (not centred, so that cosines stay what they were) of the token
vectors of every third paragraph.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np

from index.encode import TOKEN_DIMENSION, MiniLM, Vectors

EVERY = 3


class Whole(MiniLM):
    """The packaged encoder with its token vectors as they are."""

    @property
    def basis(self) -> Vectors:  # type: ignore[override]
        return np.eye(self.dimension, dtype=np.float32)


def main(texts: Path, target: Path) -> None:
    documents = json.loads(gzip.open(texts).read())["data"]
    paragraphs = [p["context"] for d in documents for p in d["paragraphs"]][::EVERY]
    rows = np.concatenate([own.vectors for own in Whole().tokens(paragraphs)])
    values, directions = np.linalg.eigh(rows.T @ rows / len(rows))
    share = values[-TOKEN_DIMENSION:].sum() / values.sum()
    print(f"{len(rows)} tokens; {share:.3f} of their squared length is kept")  # noqa: T201
    target.parent.mkdir(parents=True, exist_ok=True)
    np.save(target, directions[:, ::-1][:, :TOKEN_DIMENSION].astype(np.float16))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Documents with questions -> what the reranker learns from: for each question the stretches that
the product finds, in word pieces, as one file of arrays.

Run: python -m training.examples squad2-en.json.gz FOLDER TARGET.npz; an hour on two cores. Needs
Apertium. FOLDER keeps the knowledge bases that are built of the documents.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from index.apertium import Pipeline
from index.encode import Encoder, Vectors
from index.make import index_maker
from index.polyglot import Polyglot
from index.rank import READ_PASSAGES
from index.reranker import ASKED, OWN, Read, cut
from index.search import Searcher
from ingest.build import build
from kb.records import Stretch
from training.documents import Written, is_answer, squad, with_translations, written

FOUND = 24  # stretches of a question that are kept, and those that answer wherever they come
START = "start."  # before the names of the encoder's weights


@dataclass(frozen=True, slots=True, repr=False)
class Example:
    """A question in the documents' language and, if it was asked in another, in that; the stretches
    that the product finds for it, nearest first, with whether each answers.
    """

    question: str
    language: str
    own: tuple[str, str] | None  # words, language
    reads: Sequence[Read]
    answers: Sequence[bool]
    slug: str
    is_answerable: bool
    is_held: bool


def main(articles: Path, folder: Path, target: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    encoder = Polyglot()
    pipelines = {"en": Pipeline("en", "es"), "es": Pipeline("es", "en")}
    ours = (with_translations(document, pipelines) for document in written())
    documents = chain(ours, squad(articles))
    examples = [e for document in documents for e in examples_of(document, folder, encoder)]
    start = load_file(str(encoder.english.weights))
    np.savez_compressed(target, **packed(examples, encoder), **started(start))


def examples_of(document: Written, folder: Path, encoder: Encoder) -> Iterator[Example]:
    """What the product finds in a document for its questions."""
    db = folder / f"{document.slug}.db"
    if not db.exists():
        source = folder / f"{document.slug}.txt"
        source.write_text(document.text, encoding="utf-8")
        build([source], db, index_maker(encoder), encoder.sha256)
    searcher = Searcher.load(db, encoder)
    ranker = replace(searcher.ranker, reranker=None)  # what is learnt may not lean on what was
    for one in document.questions:
        query = searcher.read(one.question)
        found = ranker.rank(query)[:READ_PASSAGES]
        reads = [pair for candidate in found for pair in ranker.reads(candidate)]
        reads = sorted(reads, key=lambda pair: -pair[1].late)
        answers = [_answers(searcher, stretch, one.evidence) for stretch, _ in reads]
        kept = [i for i, answer in enumerate(answers) if i < FOUND or answer]
        if not reads or (one.evidence and not any(answers)):
            continue  # it is not found, so nothing can be learnt of it here
        language = reads[0][1].language
        yield Example(
            query.readings[language].meant,
            language,
            (query.own.meant, query.language) if query.language != language else None,
            [reads[i][1] for i in kept],
            [answers[i] for i in kept],
            document.slug,
            bool(one.evidence),
            document.is_held,
        )


def _answers(searcher: Searcher, stretch: Stretch, evidence: Sequence[str]) -> bool:
    words = searcher.passages[stretch.passage_id].text[stretch.start : stretch.end]
    texts = [words] if stretch.kind != "row" else [stretch.reading, f"{stretch.reading} {words}"]
    return any(is_answer(text, own) for text in texts for own in evidence)


def packed(examples: Sequence[Example], encoder: Polyglot) -> dict[str, NDArray[Any]]:
    """Examples as arrays: embeddings of the word pieces that occur (pieces, dimension); questions,
    in the documents' language and in their own, and stretches as rows of places in it, cut as the
    product cuts them, ended by -1; of each question where its stretches begin in "reads" and end,
    and the rest of Example.
    """
    pieces = Pieces(encoder)
    questions = [pieces.of(e.question, e.language) for e in examples]
    # The sign of beginning is left out of what comes behind, see index.reranker.
    own = [pieces.of(*e.own)[1:] if e.own else [] for e in examples]
    texts = dict.fromkeys((r.text, r.language) for e in examples for r in e.reads)
    places = {text: place for place, text in enumerate(texts)}
    stretches = [pieces.of(*text)[1:] for text in texts]
    ends = np.cumsum([len(e.reads) for e in examples])
    return {
        "embeddings": np.stack(pieces.rows).astype(np.float16),
        "questions": _rows([cut(np.array(q), ASKED) for q in questions]),
        "own": _rows([cut(np.array(q, np.int64), ASKED - 1) for q in own]),
        "stretches": _rows([cut(np.array(s), OWN) for s in stretches]),
        "begin": np.array([0, *ends[:-1]]),
        "end": ends,
        "reads": np.array([places[r.text, r.language] for e in examples for r in e.reads]),
        "answers": np.array([a for e in examples for a in e.answers]),
        "measures": np.array([r.measures for e in examples for r in e.reads], np.float16),
        "slug": np.array([e.slug for e in examples]),
        "is_answerable": np.array([e.is_answerable for e in examples]),
        "is_held": np.array([e.is_held for e in examples]),
    }


class Pieces:
    """The word pieces that were met, of all languages, and their embeddings."""

    def __init__(self, encoder: Polyglot) -> None:
        self.encoders = {"en": encoder.english, **encoder.others}
        self.rows: list[Vectors] = []
        self._places: dict[tuple[str, int], int] = {}

    def of(self, text: str, language: str) -> list[int]:
        """Places in rows of a text's pieces, signs of beginning and end included."""
        encoder = self.encoders[language]
        ids = encoder.ids(text)
        for id in ids:
            if (language, id) not in self._places:
                self._places[language, id] = len(self.rows)
                self.rows.append(encoder.embedded([id])[0])
        return [self._places[language, id] for id in ids]


def started(weights: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The encoder's weights that the network starts from."""
    return {
        START + name: rows.astype(np.float16)
        for name, rows in weights.items()
        if rows.dtype == np.float32 and "word_embeddings" not in name and "pooler" not in name
    }


def _rows(texts: Sequence[NDArray[Any]]) -> NDArray[np.int32]:
    longest = max(map(len, texts))
    rows = np.full((len(texts), longest), -1, np.int32)
    for row, text in zip(rows, texts, strict=True):
        row[: len(text)] = text
    return rows


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))

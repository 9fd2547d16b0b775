"""How well Spanish questions find English paragraphs that nothing was trained on, by each route.

Run: python -m training.evaluate SETS PAIRS, with the folders of training.pairs. Two sets of
questions: those of the held-out articles and policies, put into Spanish by Apertium (which flatters
Apertium, and the encoder that learnt from it), and 66 written in Spanish by hand
(questions-es.tsv). They look among all 1,142 paragraphs; those of a policy, which are the same for
all policies, among its own.
"""

from __future__ import annotations

import gzip
import json
import math
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.encode import MiniLM, Vectors
from index.spanish import SpanishEncoder
from index.translate import Apertium
from index.words import WORD, WordTable
from kb.text import fold, stop_words

OURS = Path(__file__).parent / "questions-es.tsv"
DEPTH = 1200
EXPANSION = 3  # translations of a word that are looked for
LEAST_SHARE = 0.15
Runs = list[list[int]]


@dataclass(frozen=True)
class Questions:
    """Questions in both languages (English "" where there is none), the paragraphs that are meant,
    and those among which they are looked for.
    """

    english: list[str]
    spanish: list[str]
    meant: list[set[int]]
    among: list[range]


def main(sets: Path, pairs: Path) -> None:
    paragraphs, held, by_policy, by_hand = read(sets, pairs)
    print(f"{len(paragraphs)} paragraphs")  # noqa: T201
    encoder, spanish = MiniLM(), SpanishEncoder()
    twins(encoder, spanish, pairs)
    vectors = encoder.encode(paragraphs)
    full_text = bm25(paragraphs)
    for name, questions in (("SQuAD", held), ("PolicyQA", by_policy), ("by hand", by_hand)):
        print(f"\n{name}: {len(questions.spanish)} questions, nDCG@10 and recall@5")  # noqa: T201
        for route, runs in routes(questions, encoder, spanish, vectors, full_text).items():
            own = [
                [i for i in run if i in among]
                for run, among in zip(runs, questions.among, strict=True)
            ]
            rows = list(zip(own, questions.meant, strict=True))
            scores = [ndcg(run, meant) for run, meant in rows]
            found = [bool(meant & set(run[:5])) for run, meant in rows]
            print(f"{route:58} {np.mean(scores):.3f} {np.mean(found):.3f}", flush=True)  # noqa: T201


def read(sets: Path, pairs: Path) -> tuple[list[str], Questions, Questions, Questions]:
    """All paragraphs; held-out questions of SQuAD, those of PolicyQA, and those made by hand."""
    spanish = {
        en: es.replace("*", "")
        for kind, en, es in map(fields, lines(pairs / "held.tsv"))
        if kind == "question"
    }
    paragraphs: list[str] = []
    number: dict[tuple[str, int], int] = {}
    made = []
    for name, offset in (("squad2", 0), ("policyqa", 1)):
        documents = json.loads(gzip.open(sets / f"{name}-en.json.gz").read())["data"]
        documents.sort(key=lambda document: document["title"])
        rows: list[tuple[str, str, set[int], range]] = []
        for i, document in enumerate(documents):
            first = len(paragraphs)
            meant: dict[str, set[int]] = defaultdict(set)
            for j, paragraph in enumerate(document["paragraphs"]):
                number[document["title"], j] = len(paragraphs)
                for q in paragraph["qas"] if i % 5 == offset else ():
                    if q.get("answers"):
                        meant[" ".join(q["question"].split())].add(len(paragraphs))
                paragraphs.append(paragraph["context"])
            own = range(first, len(paragraphs))
            rows += [(q, spanish[q], m, own) for q, m in meant.items() if q in spanish]
        made.append(rows)
    everything = range(len(paragraphs))
    squad = [(q, s, m, everything) for q, s, m, _ in made[0]]
    hand = [
        ("", question, {number[title, int(place)]}, everything)
        for title, place, question in map(fields, lines(OURS))
    ]
    return paragraphs, *(
        Questions(*map(list, zip(*rows, strict=True))) for rows in (squad, made[1], hand)
    )  # type: ignore[return-value]


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def fields(line: str) -> list[str]:
    return line.split("\t")


def twins(encoder: MiniLM, spanish: SpanishEncoder, pairs: Path) -> None:
    """How often the English twin of a held-out Tatoeba sentence is the nearest of 1,000."""
    rows = [row for row in map(fields, lines(pairs / "held.tsv")) if row[0] == "tatoeba"]
    english, table = encoder.encode([r[1] for r in rows]), WordTable()
    for name, vectors in (
        ("MiniLM", encoder.encode([r[2] for r in rows])),
        ("gloss, MiniLM", encoder.encode([table.translate(r[2], "es", "en") for r in rows])),
        ("Spanish encoder", spanish.encode([r[2] for r in rows])),
    ):
        found = ((vectors @ english.T).argmax(1) == np.arange(len(rows))).mean()
        print(f"twin among {len(rows)}: {name:20} {found:.3f}")  # noqa: T201


def routes(
    questions: Questions,
    encoder: MiniLM,
    spanish: SpanishEncoder,
    vectors: Vectors,
    full_text: Callable[[Sequence[str]], list[int]],
) -> dict[str, Runs]:
    """For each route the paragraphs of each question, best first."""
    table = WordTable()
    apertium = Apertium(table)
    gloss = [table.translate(q, "es", "en") for q in questions.spanish]
    other = [apertium.translate(q, "es", "en") for q in questions.spanish]
    apertium.close()

    def near(rows: Vectors) -> Runs:
        return [list(np.argsort(-row, kind="stable")[:DEPTH]) for row in rows @ vectors.T]

    def words(texts: Sequence[Sequence[str]]) -> Runs:
        return [full_text(text) for text in texts]

    plain = encoder.encode(questions.spanish)
    ours = spanish.encode(questions.spanish)
    by_gloss, by_apertium = encoder.encode(gloss), encoder.encode(other)
    w_gloss = [said(t, "en") for t in gloss]
    w_more = [expanded(q, table) for q in questions.spanish]
    w_apertium = [said(t, "en") for t in other]
    w_raw = [said(q, "es") for q in questions.spanish]
    w_both = [[*dict.fromkeys([*a, *b])] for a, b in zip(w_apertium, w_more, strict=True)]
    w_two = [[*dict.fromkeys([*a, *b])] for a, b in zip(w_apertium, w_gloss, strict=True)]
    found: dict[str, Runs] = {}
    if any(questions.english):
        english = encoder.encode(questions.english)
        w_english = [said(t, "en") for t in questions.english]
        found["English question: MiniLM"] = near(english)
        found["English question: BM25"] = words(w_english)
        found["English question: MiniLM + BM25"] = fused(near(english), words(w_english))
    found |= {
        "MiniLM on Spanish": near(plain),
        "BM25 on Spanish": words(w_raw),
        "MiniLM + BM25 on Spanish": fused(near(plain), words(w_raw)),
        "Spanish encoder": near(ours),
        "gloss, MiniLM": near(by_gloss),
        "Spanish encoder & gloss MiniLM (mean)": near(ours + by_gloss),
        "gloss, BM25": words(w_gloss),
        "word table's translations, BM25": words(w_more),
        "Spanish encoder + gloss BM25": fused(near(ours), words(w_gloss)),
        "Spanish encoder + translations BM25": fused(near(ours), words(w_more)),
        "(encoder & gloss MiniLM) + gloss BM25": fused(near(ours + by_gloss), words(w_gloss)),
        "(encoder & gloss MiniLM) + translations BM25": fused(near(ours + by_gloss), words(w_more)),
        "Apertium, MiniLM": near(by_apertium),
        "Apertium, BM25": words(w_apertium),
        "Apertium, MiniLM + BM25": fused(near(by_apertium), words(w_apertium)),
        "encoder & Apertium MiniLM (mean)": near(ours + by_apertium),
        "encoder & Apertium & gloss MiniLM (mean)": near(ours + by_apertium + by_gloss),
        "Apertium and gloss words, BM25": words(w_two),
        "Apertium words and translations, BM25": words(w_both),
        "(encoder & Apertium) + Apertium BM25": fused(near(ours + by_apertium), words(w_apertium)),
        "(encoder & Apertium) + Apertium and gloss BM25": fused(
            near(ours + by_apertium), words(w_two)
        ),
        "(encoder & Apertium & gloss) + Apertium and gloss BM25": fused(
            near(ours + by_apertium + by_gloss), words(w_two)
        ),
        "(encoder & Apertium) + all words BM25": fused(near(ours + by_apertium), words(w_both)),
        "encoder + Apertium BM25": fused(near(ours), words(w_apertium)),
    }
    return found


def said(text: str, language: str) -> list[str]:
    """The words of a text that say what it is about."""
    stop = stop_words(language)
    return [*dict.fromkeys(fold(w) for w in WORD.findall(text) if fold(w) not in stop)]


def expanded(question: str, table: WordTable) -> list[str]:
    """The words of a Spanish question and what each may be in English."""
    found = []
    for word in WORD.findall(table.restore_accents(question)):
        if fold(word) in stop_words("es"):
            continue
        meanings = [w for w, p in table.words(word, "es", "en") if p >= LEAST_SHARE][:EXPANSION]
        found += meanings or [word]
    stop = stop_words("en")
    return [*dict.fromkeys(fold(w) for w in found if w not in stop)]


def bm25(paragraphs: Sequence[str]) -> Callable[[Sequence[str]], list[int]]:
    """A search by words, with the full-text table that the product has."""
    db = sqlite3.connect(":memory:")
    db.execute(
        "create virtual table t using fts5(text, tokenize='porter unicode61 remove_diacritics 2')"
    )
    db.executemany("insert into t(rowid, text) values (?, ?)", enumerate(paragraphs))

    def search(words: Sequence[str]) -> list[int]:
        if not words:
            return []
        rows = db.execute(
            "select rowid from t where t match ? order by bm25(t), rowid limit ?",
            (" OR ".join(f'"{word}"' for word in words), DEPTH),
        )
        return [row[0] for row in rows]

    return search


def fused(one: Runs, other: Runs) -> Runs:
    """Reciprocal rank fusion, damping 60. Source: Cormack, Clarke and Büttcher 2009."""
    made = []
    for pair in zip(one, other, strict=True):
        score: dict[int, float] = defaultdict(float)
        for run in pair:
            for rank, i in enumerate(run, start=1):
                score[i] += 1 / (60 + rank)
        made.append(sorted(score, key=lambda i: (-score[i], i)))
    return made


def ndcg(run: Sequence[int], meant: set[int]) -> float:
    """nDCG@10 with one grade. Source: Järvelin and Kekäläinen 2002."""
    gain = sum(1 / math.log2(rank + 2) for rank, i in enumerate(run[:10]) if i in meant)
    return gain / sum(1 / math.log2(rank + 2) for rank in range(min(10, len(meant))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

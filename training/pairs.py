"""Sentence pairs, English and Spanish, from public sets and from Apertium -> a folder of TSV files.

Run: python -m training.pairs SETS FOLDER, where SETS holds tatoeba-eng-spa.tsv.gz,
squad2-en.json.gz and policyqa-en.json.gz. Needs Apertium; a minute. A word that Apertium left in
English has a * before it. Of each set a part is held out whole: pairs of Tatoeba by their English
sentence, SQuAD by article, PolicyQA by policy.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from index.apertium import Pipeline
from index.words import PHRASES, TERMS, hand_written
from kb.text import sentences

HELD_OUT_TATOEBA = 1000
LONGEST = 1800  # characters of a paragraph
Pair = tuple[str, str, str]  # kind, English, Spanish


def main(sets: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    learnt, held = tatoeba(sets / "tatoeba-eng-spa.tsv.gz")
    translator = Pipeline("en", "es")
    for name, offset in (("squad2", 0), ("policyqa", 1)):
        documents = json.loads(gzip.open(sets / f"{name}-en.json.gz").read())["data"]
        documents.sort(key=lambda document: document["title"])
        for i, document in enumerate(documents):
            into = held if i % 5 == offset else learnt
            into += [
                (kind, english, spanish)
                for kind, english in texts(document)
                if (spanish := translator.translate(english))
            ]
    learnt += list(terms())
    for name, pairs in (("learnt", learnt), ("held", held)):
        rows = dict.fromkeys("\t".join(" ".join(part.split()) for part in pair) for pair in pairs)
        (folder / f"{name}.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(f"{name}: {len(rows)} pairs")  # noqa: T201


def tatoeba(path: Path) -> tuple[list[Pair], list[Pair]]:
    """Pairs to learn from and pairs held out; no sentence of either language is in both."""
    rows = [line.split("\t")[:2] for line in gzip.open(path, "rt", encoding="utf-8")]
    by_english = {english: spanish.strip() for english, spanish in rows}
    order = sorted(by_english, key=lambda english: hashlib.sha256(english.encode()).digest())
    held = {english: by_english[english] for english in order[:HELD_OUT_TATOEBA]}
    spanish_held = {s.strip() for e, s in rows if e in held}
    learnt = [
        ("tatoeba", english, spanish.strip())
        for english, spanish in rows
        if english not in held and spanish.strip() not in spanish_held
    ]
    return learnt, [("tatoeba", english, spanish) for english, spanish in held.items()]


def texts(document: dict) -> Iterator[tuple[str, str]]:  # type: ignore[type-arg]
    """Paragraphs, sentences and questions of an article or policy, each with its kind."""
    for paragraph in document["paragraphs"]:
        context = paragraph["context"]
        yield "paragraph", context[:LONGEST]
        for start, end in sentences(context):
            yield "sentence", context[start:end][:LONGEST]
        for question in paragraph["qas"]:
            yield "question", question["question"]


def terms() -> Iterator[Pair]:
    """The hand-written terms as pairs."""
    for spanish, english in hand_written(TERMS, PHRASES).items():
        yield "term", english, spanish


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

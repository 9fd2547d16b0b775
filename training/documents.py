"""Documents with questions, for the reranker to learn from: those written for this project
(documents.jsonl.gz, all invented) and the articles of SQuAD 2.0.

documents.jsonl.gz: a document a line: slug, language, text, questions. A question has its words and
the sentences that answer it, word for word; without any it is a near miss: its subject is in the
document, its answer is not. People stand as [[P1]] and get names that are made up here.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.apertium import Pipeline
from kb.evaluate.measures import counts
from kb.text import language_of, sentences, tokens

WRITTEN = Path(__file__).parent / "documents.jsonl.gz"
HELD_ARTICLES = frozenset({"Warsaw", "Packet_switching", "Islamism"})
HELD = 5  # of the written documents one in so many is held out
FEWEST, ALIKE = 3, 0.85  # words of an evidence, and which share of them, in any order
TRANSLATED = 12  # questions of a document that are asked in the other language too
SLOT = re.compile(r"\[\[(P\d+)\]\]")
FIRST = {
    "en": "Ada Brin Corin Della Edda Fenn Gillian Harl Ines Joss Kerra Lorne Mabel Nils Oona",
    "es": "Alba Bruno Celia Dario Elvira Graciela Horacio Jacinto Leandra Nuria Pilar Ramiro Tadeo",
}
LAST = {
    "en": "Aldane Barwick Corton Dunmore Fally Greystead Halby Kelworth Langick Marmere Norford",
    "es": "Aldeña Balmora Carguez Dortero Esvides Gardalba Hurrueta Larneda Monllana Navmendi",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a document and the words of it that answer; none if none do."""

    question: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A document to learn from. is_held: it is not learnt from, but measured on."""

    slug: str
    text: str
    questions: Sequence[Asked]
    is_held: bool


def written(path: Path = WRITTEN) -> Iterator[Written]:
    """The documents of this project."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(_named(line))
            digest = int(hashlib.md5(row["slug"].encode()).hexdigest(), 16)  # noqa: S324
            asked = [Asked(q["question"], tuple(q["evidence"])) for q in row["questions"]]
            yield Written(row["slug"], row["text"], asked, digest % HELD == 0)


def with_translations(document: Written, translators: Mapping[str, Pipeline]) -> Written:
    """A document with some of its questions put into the other language as well, by Apertium.

    :param translators: language -> what translates from it into the other.
    """
    drawn = random.Random(document.slug).sample(list(document.questions), TRANSLATED)
    others = [
        replace(q, question=translators[language_of(q.question)].translate(q.question))
        for q in drawn
    ]
    plain = [replace(q, question=q.question.replace("*", "")) for q in others if q.question]
    return replace(document, questions=[*document.questions, *plain])


def squad(path: Path) -> Iterator[Written]:
    """The articles of SQuAD 2.0 (Rajpurkar, Jia and Liang 2018): a document each."""
    for article in json.loads(gzip.open(path).read())["data"]:
        title, paragraphs = article["title"], article["paragraphs"]
        text = "\n\n".join([title.replace("_", " "), *(p["context"] for p in paragraphs)]) + "\n"
        asked = [
            Asked(q["question"], _evidence(p["context"], q)) for p in paragraphs for q in p["qas"]
        ]
        yield Written(f"squad-{title[:20]}".replace("/", "-"), text, asked, title in HELD_ARTICLES)


def is_answer(stretch: str, evidence: str) -> bool:
    """Whether a stretch holds words that answer, or most of them at an edge; of a table's row, in
    any order.
    """
    own, words = set(tokens(stretch)), set(tokens(evidence))
    in_any_order = len(words) >= FEWEST and len(words & own) >= ALIKE * len(words)
    return counts(stretch, evidence) or in_any_order


def _evidence(paragraph: str, question: dict[str, Any]) -> tuple[str, ...]:
    starts = [answer["answer_start"] for answer in question.get("answers") or []]
    return tuple(paragraph[a:b] for a, b in sentences(paragraph) if any(a <= s < b for s in starts))


def _named(line: str) -> str:
    """A line with names for its people, the same ones at each run."""
    language = "es" if '"language": "es"' in line else "en"
    slots = sorted(set(SLOT.findall(line)))
    chosen = random.Random(line)
    last = chosen.sample(LAST[language].split() * len(slots), len(slots)) if slots else []
    first = chosen.sample(FIRST[language].split() * len(slots), len(slots)) if slots else []
    names = {slot: f"{a} {b}" for slot, a, b in zip(slots, first, last, strict=True)}
    return SLOT.sub(lambda found: names[found[1]], line)

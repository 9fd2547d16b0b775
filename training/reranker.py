"""Documents with questions -> the network of index.reranker, and how well it does.

Run: python -m training.reranker squad2-en.json.gz FOLDER TARGET; an hour and a half on two cores.
Needs Apertium. FOLDER keeps the knowledge bases that are built of the documents; the network learns
from what the product itself finds in them. Prints scores of the documents held out after each pass,
and the SHA-256 of the file, which index/reranker.py holds.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from index.apertium import Pipeline
from index.encode import Encoder
from index.make import index_maker
from index.polyglot import Polyglot
from index.rank import READ_PASSAGES, READ_STRETCHES
from index.reranker import Asked, Read, fed_to_network
from index.search import Searcher
from ingest.build import build
from kb.records import Stretch
from training.documents import Written, is_answer, squad, with_translations, written
from training.reranker_network import MARKS, Network, OneQuestion

PASSES = 6
RATE, DECAY, WARM_UP = 6e-4, 0.02, 0.05
TOGETHER = 128  # stretches a step
NONE = 0.5  # weight of the loss that sets "none of these answers" beside the stretches
ANSWERS, NEAREST, OTHERS = 2, 4, 2  # stretches of a question that a pass reads
OPSET = 17


@dataclass(frozen=True, slots=True, repr=False)
class Example:
    """A question, and the stretches that the product would read for it, nearest first, with whether
    each answers.
    """

    asked: Asked
    reads: Sequence[Read]
    answers: Sequence[bool]
    slug: str
    is_answerable: bool
    is_held: bool


def main(articles: Path, folder: Path, target: Path) -> None:
    torch.manual_seed(0)
    random.seed(0)
    folder.mkdir(parents=True, exist_ok=True)
    encoder = Polyglot()
    pipelines = {"en": Pipeline("en", "es"), "es": Pipeline("es", "en")}
    ours = (with_translations(document, pipelines) for document in written())
    documents = chain(ours, squad(articles))
    examples = [e for document in documents for e in examples_of(document, folder, encoder)]
    train(Network(encoder.token_dimension), examples, target)


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
        if not reads:
            continue
        answers = [_answers(searcher, stretch, one.evidence) for stretch, _ in reads]
        kept = [i for i, answer in enumerate(answers) if i < READ_STRETCHES or answer]
        if one.evidence and not any(answers):
            continue  # it is not found, so nothing can be learnt of it here
        language = reads[0][1].language
        reading = query.readings[language]
        tokens = encoder.tokens([reading.meant], language)[0]
        yield Example(
            Asked.of(reading, tokens, searcher.vocabulary.weight),
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


def train(network: Network, examples: Sequence[Example], target: Path) -> None:
    """Learn from the examples that are not held out, and write the network as ONNX."""
    learnt = [e for e in examples if not e.is_held]
    held = [e for e in examples if e.is_held]
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = batches(learnt)
    total = PASSES * len(steps)
    done = 0
    for number in range(PASSES):
        network.train()
        for batch in steps if number == 0 else batches(learnt):
            for group in optimiser.param_groups:
                rising = min(1.0, (done + 1) / (total * WARM_UP))
                group["lr"] = RATE * rising * max(0.02, 1 - done / total)
            optimiser.zero_grad()
            with torch.autocast("cpu", torch.bfloat16):
                lost = loss(network, batch)
            lost.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            done += 1
        print(number, scores(network, held), flush=True)  # noqa: T201
        export(network, target)
    print(hashlib.sha256(target.read_bytes()).hexdigest())  # noqa: T201


Few = tuple[Example, Sequence[int]]  # an example and the stretches of it that a step reads


def batches(examples: Sequence[Example]) -> list[list[Few]]:
    """All examples once, those with stretches of like length together."""
    drawn = [(e, drawn_of(e)) for e in random.sample(examples, len(examples))]
    drawn.sort(
        key=lambda few: max(len(few[0].reads[i].own) for i in few[1]) * random.uniform(0.9, 1.1)
    )
    made: list[list[Few]] = [[]]
    for few in drawn:
        if sum(len(own) for _, own in made[-1]) + len(few[1]) > TOGETHER:
            made.append([])
        made[-1].append(few)
    random.shuffle(made)
    return made


def drawn_of(example: Example) -> list[int]:
    """Some stretches that answer, and some that do not: the nearest and a few others."""
    right = [i for i, answer in enumerate(example.answers) if answer]
    wrong = [i for i, answer in enumerate(example.answers) if not answer]
    others = wrong[NEAREST:]
    return [
        *random.sample(right, min(ANSWERS, len(right))),
        *wrong[:NEAREST],
        *random.sample(others, min(OTHERS, len(others))),
    ]


def loss(network: Network, batch: Sequence[Few]) -> Tensor:
    """Whether each stretch answers, and which of a question's does, with "none" among them."""
    odds = run(network, batch)
    answers = torch.tensor([float(e.answers[i]) for e, own in batch for i in own])
    each = functional.binary_cross_entropy_with_logits(odds, answers)
    lists, first = [], 0
    for _, own in batch:
        last = first + len(own)
        all_odds = torch.cat([odds[first:last], torch.zeros(1)])
        right = torch.cat([answers[first:last] > 0, (answers[first:last].sum() == 0)[None]])
        lists.append(torch.logsumexp(all_odds, 0) - torch.logsumexp(all_odds[right], 0))
        first = last
    return each + NONE * torch.stack(lists).mean()


def run(network: Network, batch: Sequence[Few]) -> Tensor:
    """The log odds of a batch's stretches."""
    reads = [e.reads[i] for e, own in batch for i in own]
    asked = [e.asked for e, own in batch for _ in own]
    longest = max(len(a.vectors) for a in asked)
    vectors = np.zeros((len(asked), longest, asked[0].vectors.shape[1]), np.float32)
    marks = np.zeros((len(asked), longest, MARKS), np.float32)
    there = np.zeros((len(asked), longest), np.bool_)
    for n, one in enumerate(asked):
        vectors[n, : len(one.vectors)], marks[n, : len(one.marks)] = one.vectors, one.marks
        there[n, : len(one.vectors)] = True
    fed = fed_to_network(asked[0], reads) | {"asked": vectors, "marks": marks}
    odds: Tensor = network(
        **{name: torch.from_numpy(rows) for name, rows in fed.items()},
        has_asked=torch.from_numpy(there),
    )
    return odds


@torch.inference_mode()
def scores(network: Network, held: Sequence[Example]) -> dict[str, str]:
    """By set: first stretch that answers, of answerable questions; how well the best odds tell
    these from the others (area under the curve).
    """
    network.eval()
    found: dict[str, list[tuple[Example, Tensor]]] = {}
    for example in held:
        name = example.slug.split("-")[0]
        odds = run(network, [(example, range(min(READ_STRETCHES, len(example.reads))))])
        found.setdefault(name, []).append((example, odds))
    return {
        name: f"first {first_hit(own):.3f}, area {area(own):.3f}" for name, own in found.items()
    }


def first_hit(found: Sequence[tuple[Example, Tensor]]) -> float:
    return float(np.mean([e.answers[int(o.argmax())] for e, o in found if e.is_answerable]))


def area(found: Sequence[tuple[Example, Tensor]]) -> float:
    yes = np.array([float(o.max()) for e, o in found if e.is_answerable])
    no = np.array([float(o.max()) for e, o in found if not e.is_answerable])
    return float((yes[:, None] > no).mean())


def export(network: Network, target: Path) -> None:
    """Write the network as ONNX, for one question and any number of stretches."""
    names = ["asked", "marks", "own", "has_own", "around", "has_around", "measures"]
    dimension = network.read[0].in_features
    rows, there = torch.rand(3, 7, dimension), torch.ones(3, 7, dtype=torch.bool)
    example = (torch.rand(5, dimension), torch.rand(5, MARKS), rows, there, rows, there)
    axes = {name: {0: "stretches", 1: f"{name.removeprefix('has_')} tokens"} for name in names[2:6]}
    axes |= {"asked": {0: "words"}, "marks": {0: "words"}, "measures": {0: "stretches"}}
    target.parent.mkdir(parents=True, exist_ok=True)
    network.eval()
    torch.onnx.export(
        OneQuestion(network),
        (*example, torch.rand(3, 5)),
        str(target),
        input_names=names,
        output_names=["log odds"],
        dynamic_axes=axes | {"log odds": {0: "stretches"}},
        opset_version=OPSET,
        dynamo=False,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))

"""Examples -> the network of index.reranker, and how well it does.

Run: python -m training.reranker EXAMPLES.npz TARGET.onnx; five minutes on an H200 (a GPU is taken
where there is one), most of a day on two cores. EXAMPLES as training.examples writes them. Prints
scores of the documents held out, and the SHA-256 of the file, which index/reranker.py holds.
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from training.reranker_network import DIMENSION, MEASURES, Network

PASSES = 6
# Of the encoder's weights and of what is new; what weights lose; share of the steps to get there.
RATE, NEW_RATE, DECAY, WARM_UP = 1e-4, 5e-4, 0.02, 0.06
TOGETHER = 768  # stretches a step
NONE = 0.5  # weight of the loss that sets "none of these answers" beside the stretches
ANSWERS, NEAREST, OTHERS = 2, 5, 3  # stretches of a question that a pass reads
READ = 6, 24  # stretches of a question, the nearest, that are scored
OPSET = 17
START = "start."  # as in training.examples, which needs more than there is beside a GPU
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


@dataclass(frozen=True, repr=False)
class Examples:
    """The arrays of training.examples, those that are read in each step on the device."""

    arrays: dict[str, NDArray[Any]]
    embeddings: Tensor
    questions: Tensor
    stretches: Tensor
    measures: Tensor

    @classmethod
    def load(cls, path: Path) -> Examples:
        file = np.load(path)
        arrays = {name: file[name] for name in file.files}
        # The last row is of what is not there (-1).
        rows = np.concatenate([arrays["embeddings"], np.zeros((1, DIMENSION), np.float16)])
        arrays["questions"] = np.concatenate([arrays["questions"], arrays["own"]], 1)
        return cls(
            arrays,
            torch.from_numpy(rows.astype(np.float32)).to(DEVICE),
            torch.from_numpy(arrays["questions"].astype(np.int64)).to(DEVICE),
            torch.from_numpy(arrays["stretches"].astype(np.int64)).to(DEVICE),
            torch.from_numpy(arrays["measures"].astype(np.float32)).to(DEVICE),
        )

    @property
    def start(self) -> dict[str, Tensor]:
        """The encoder's weights."""
        return {
            name.removeprefix(START): torch.from_numpy(rows.astype(np.float32))
            for name, rows in self.arrays.items()
            if name.startswith(START)
        }

    def reads(self, question: int) -> NDArray[np.int64]:
        """Places of a question's stretches."""
        return np.arange(self.arrays["begin"][question], self.arrays["end"][question])


Batch = tuple[NDArray[np.int64], NDArray[np.int64]]  # of each stretch: question, place in reads


def main(source: Path, target: Path) -> None:
    torch.manual_seed(0)
    random.seed(0)
    examples = Examples.load(source)
    network = Network()
    network.start(examples.start)
    train(network.to(DEVICE), examples)
    print(scores(network, examples), flush=True)  # noqa: T201
    export(network.cpu(), target)
    print(hashlib.sha256(target.read_bytes()).hexdigest())  # noqa: T201


def train(network: Network, examples: Examples) -> None:
    """Learn from the examples that are not held out."""
    learnt = np.flatnonzero(~examples.arrays["is_held"])
    new = [p for name, p in network.named_parameters() if name.startswith("out.")]
    known = [p for name, p in network.named_parameters() if not name.startswith("out.")]
    groups = [{"params": known, "rate": RATE}, {"params": new, "rate": NEW_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY)
    steps = batches(examples, learnt)
    total, done, begun = PASSES * len(steps), 0, time.monotonic()
    for number in range(PASSES):
        network.train()
        for batch in steps if number == 0 else batches(examples, learnt):
            left = 1 - done / total
            for group in optimiser.param_groups:
                group["lr"] = group["rate"] * min(1.0, (done + 1) / (total * WARM_UP), left)
            optimiser.zero_grad()
            with torch.autocast(DEVICE, torch.bfloat16):
                odds = run(network, examples, *batch)
            loss(odds.float(), examples, *batch).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            done += 1
        print(number, round(time.monotonic() - begun), "s", done, "of", total, flush=True)  # noqa: T201


def batches(examples: Examples, questions: Sequence[int] | NDArray[np.int64]) -> list[Batch]:
    """All questions once, those with texts of like length together."""
    long = (examples.arrays["stretches"] >= 0).sum(1)
    asked = (examples.arrays["questions"] >= 0).sum(1)
    drawn = [(int(q), drawn_of(examples, int(q))) for q in questions]
    size = {q: asked[q] + long[examples.arrays["reads"][own]].max(initial=0) for q, own in drawn}
    drawn.sort(key=lambda few: size[few[0]] * random.uniform(0.9, 1.1))
    made: list[list[tuple[int, NDArray[np.int64]]]] = [[]]
    count = 0
    for few in drawn:
        if count + len(few[1]) > TOGETHER:
            made.append([])
            count = 0
        made[-1].append(few)
        count += len(few[1])
    random.shuffle(made)
    return [
        (np.repeat([q for q, _ in one], [len(own) for _, own in one]),
         np.concatenate([own for _, own in one]))
        for one in made
    ]  # fmt: skip


def drawn_of(examples: Examples, question: int) -> NDArray[np.int64]:
    """Some stretches that answer, and some that do not: the nearest and a few others."""
    places = examples.reads(question)
    answers = examples.arrays["answers"][places]
    right, wrong = list(places[answers]), list(places[~answers])
    others = wrong[NEAREST:]
    return np.array(
        [
            *random.sample(right, min(ANSWERS, len(right))),
            *wrong[:NEAREST],
            *random.sample(others, min(OTHERS, len(others))),
        ],
        np.int64,
    )


def run(
    network: Network, examples: Examples, questions: NDArray[np.int64], reads: NDArray[np.int64]
) -> Tensor:
    """The log odds of stretches, each with its question."""
    places = torch.from_numpy(examples.arrays["reads"][reads].astype(np.int64)).to(DEVICE)
    asked = examples.questions[torch.from_numpy(questions).to(DEVICE)]
    both = torch.cat([asked, examples.stretches[places]], 1)
    sides = torch.zeros_like(both)
    sides[:, asked.shape[1] :] = 1
    # One behind the other, and no longer than the longest.
    there = both >= 0
    order = torch.argsort((~there).to(torch.uint8), dim=1, stable=True)
    order = order[:, : int(there.sum(1).max())]
    both, sides, there = (rows.gather(1, order) for rows in (both, sides, there))
    measures = examples.measures[torch.from_numpy(reads).to(DEVICE)]
    odds: Tensor = network(examples.embeddings[both], sides, there, measures)
    return odds


def loss(
    odds: Tensor, examples: Examples, questions: NDArray[np.int64], reads: NDArray[np.int64]
) -> Tensor:
    """Whether each stretch answers, and which of a question's does, with "none" among them."""
    answers = torch.from_numpy(examples.arrays["answers"][reads]).float().to(odds.device)
    each = functional.binary_cross_entropy_with_logits(odds, answers)
    _, of = np.unique(questions, return_inverse=True)
    place = torch.from_numpy(of).to(odds.device)
    none = torch.zeros(int(of.max()) + 1, device=odds.device)
    weights = odds.clamp(-30, 30).exp()
    all_odds = (none + 1).index_add(0, place, weights)
    right = none.index_add(0, place, weights * answers)
    right = torch.where(none.index_add(0, place, answers) > 0, right, none + 1)
    return each + NONE * (all_odds.log() - right.log()).mean()


@torch.inference_mode()
def scores(network: Network, examples: Examples) -> str:
    """By set and language of what is held out, and by how many of the nearest stretches are read:
    first stretch that answers, of answerable questions; how well the best odds tell these from the
    others (area under the curve).
    """
    network.eval()
    held = np.flatnonzero(examples.arrays["is_held"])
    pairs = [(q, place) for q in held for place in examples.reads(q)[: READ[-1]]]
    questions, reads = (np.array(part, np.int64) for part in zip(*pairs, strict=True))
    odds = np.concatenate(
        [
            run(network, examples, questions[at : at + 2048], reads[at : at + 2048]).float().cpu()
            for at in range(0, len(reads), 2048)
        ]
    )
    by_place = dict(zip(reads.tolist(), odds.tolist(), strict=True))
    other = (examples.arrays["own"] >= 0).any(1)  # asked in another language than the document's
    names = np.array(
        [s.split("-")[0] + " asked in another" * int(o)
         for s, o in zip(examples.arrays["slug"], other, strict=True)]
    )  # fmt: skip
    lines = []
    for name in sorted(set(names[held])):
        for most in READ:
            own = [
                (q, examples.reads(q)[:most], [by_place[p] for p in examples.reads(q)[:most]])
                for q in held
                if names[q] == name
            ]
            lines.append(f"{name}, {most} read: {_scores(own, examples)}")
    return "\n".join(lines)


def _scores(found: Sequence[tuple[int, NDArray[np.int64], list[float]]], examples: Examples) -> str:
    can = examples.arrays["is_answerable"]
    first = [examples.arrays["answers"][own[int(np.argmax(o))]] for q, own, o in found if can[q]]
    yes = np.array([max(o) for q, _, o in found if can[q]])
    no = np.array([max(o) for q, _, o in found if not can[q]])
    return f"first {np.mean(first):.3f}, area {(yes[:, None] > no).mean():.3f}"


def export(network: Network, target: Path) -> None:
    """Write the network as ONNX, products in 8 bits, for any number of stretches."""
    names = ["pieces", "sides", "there", "measures"]
    example = (
        torch.rand(3, 7, DIMENSION),
        torch.zeros(3, 7, dtype=torch.long),
        torch.ones(3, 7, dtype=torch.bool),
        torch.rand(3, MEASURES),
    )
    both = {0: "stretches", 1: "pieces"}
    axes = {name: both for name in names[:3]} | {"measures": {0: "stretches"}}
    network.eval()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            network,
            example,
            str(whole),
            input_names=names,
            output_names=["log odds"],
            dynamic_axes=axes | {"log odds": {0: "stretches"}},
            opset_version=OPSET,
            dynamo=False,
        )
        # Without reduce_range, processors without VNNI overflow in the products.
        quantize_dynamic(
            whole,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul"],
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

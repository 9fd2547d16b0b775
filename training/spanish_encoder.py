"""The English encoder -> one for Spanish whose vectors lie where the English twins lie.

Run: python -m training.spanish_encoder PAIRS FOLDER MINUTES, where PAIRS holds learnt.tsv and
held.tsv of training.pairs. Writes checkpoints; training.ship makes the shipped files of the best.
Spanish words enter the vocabulary with the mean of their translations' embeddings, so that step 0
is a word-by-word translation already. The teacher is the untouched English encoder.
"""

from __future__ import annotations

import json
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F
from transformers import BertModel

from index.encode import model_folder
from index.words import WordTable

NEW_WORDS = 14_000
TERM_WORDS = 550
BATCH = 128
LONG_BATCH = 32
LEARNING_RATE = 1.5e-4
EMBEDDING_RATE = 2.0  # times as much for the words' embeddings
WARM_UP = 0.03
TEMPERATURE = 0.05
CONTRAST = 0.2  # weight of telling the twin from the others of the batch
MOST_TOKENS = 224
SHORT_SHARE = 0.5  # of Tatoeba's sentences under six words, which say little
TIMES = {"sentence": 2, "question": 2, "paragraph": 2, "term": 3}
EVALUATE_S = 240
Pair = tuple[str, str, str]


def main(pairs: Path, folder: Path, minutes: float) -> None:
    torch.manual_seed(0)
    random.seed(0)
    folder.mkdir(parents=True, exist_ok=True)
    learnt, held = read(pairs / "learnt.tsv"), read(pairs / "held.tsv")
    teacher = BertModel.from_pretrained(model_folder()).eval()
    english = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    english.enable_truncation(MOST_TOKENS)
    english.enable_padding()
    spanish = with_spanish(english, [es for _, _, es in learnt], folder / "tokenizer.json")
    student = start(teacher, english, spanish, WordTable())
    save(student, folder / "step0.pt")
    probe = Probe(held, teacher, english)
    print(0, probe.scores(student, spanish), flush=True)  # noqa: T201
    train(student, teacher, spanish, english, chosen(learnt), probe, folder, minutes * 60)


def read(path: Path) -> list[Pair]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [(kind, english, spanish.replace("*", "")) for kind, english, spanish in rows]
    return sorted(pairs, key=lambda pair: pair[0] != "term")


def chosen(pairs: Sequence[Pair]) -> list[Pair]:
    """What one pass reads: made pairs more than once, of the short everyday sentences a part."""
    kept = []
    for pair in pairs:
        if pair[0] != "tatoeba":
            kept += [pair] * TIMES[pair[0]]
        elif len(pair[1].split()) >= 6 or random.random() < SHORT_SHARE:
            kept.append(pair)
    return kept


def with_spanish(english: Tokenizer, texts: Sequence[str], path: Path) -> Tokenizer:
    """The English tokenizer with Spanish words in place of the scripts that neither has."""
    made = json.loads(english.to_str())
    counts = Counter(
        word
        for text in texts
        for word, _ in english.pre_tokenizer.pre_tokenize_str(
            english.normalizer.normalize_str(text)
        )
        if word.isalpha()
    )
    plain = [
        token
        for token in made["model"]["vocab"]
        if (token.isascii() or not any(map(str.isalpha, token))) and "[unused" not in token
    ]
    # Words of the hand-written terms come first in the counts, and are kept however rare.
    frequent = [*list(counts)[:TERM_WORDS], *(word for word, _ in counts.most_common(NEW_WORDS))]
    made["model"]["vocab"] = {t: i for i, t in enumerate(dict.fromkeys([*plain, *frequent]))}
    for token in made["added_tokens"]:
        token["id"] = made["model"]["vocab"][token["content"]]
    template = made["post_processor"]["special_tokens"]
    for token in template.values():
        token["ids"] = [made["model"]["vocab"][t] for t in token["tokens"]]
    made["padding"]["pad_id"] = made["model"]["vocab"]["[PAD]"]
    opening = {"type": "Replace", "pattern": {"Regex": "[¿¡]"}, "content": " "}
    made["normalizer"] = {"type": "Sequence", "normalizers": [opening, made["normalizer"]]}
    path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return Tokenizer.from_file(str(path))


def start(
    teacher: BertModel, english: Tokenizer, spanish: Tokenizer, table: WordTable
) -> BertModel:
    """A student with the teacher's weights and the new vocabulary's embeddings."""
    old = teacher.embeddings.word_embeddings.weight.detach()

    def embedding(text: str) -> Tensor:
        return old[english.encode(text, add_special_tokens=False).ids].mean(0)

    vocabulary = spanish.get_vocab()
    known = english.get_vocab()
    rows = torch.zeros(len(vocabulary), old.shape[1])
    for token, number in vocabulary.items():
        meanings = table.folded(token, "es")
        whole = sum(share for _, share in meanings)
        if meanings:
            rows[number] = sum(embedding(w) * (p / whole) for w, p in meanings)
        else:
            rows[number] = old[known[token]] if token in known else embedding(token)
    config = teacher.config.__class__.from_dict(
        {**teacher.config.to_dict(), "vocab_size": len(vocabulary)}
    )
    student = BertModel(config)
    state = teacher.state_dict()
    state["embeddings.word_embeddings.weight"] = rows
    student.load_state_dict(state)
    return student


def pooled(model: BertModel, tokenizer: Tokenizer, texts: Sequence[str]) -> Tensor:
    """Vectors of length 1, (n, 384): the mean over the tokens."""
    rows = tokenizer.encode_batch(list(texts))
    ids = torch.tensor([row.ids for row in rows])
    mask = torch.tensor([row.attention_mask for row in rows])
    states = model(input_ids=ids, attention_mask=mask).last_hidden_state
    weight = mask.unsqueeze(-1).float()
    return F.normalize((states * weight).sum(1) / weight.sum(1), dim=-1)


@torch.inference_mode()
def encode(model: BertModel, tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    rows = np.zeros((len(texts), 384), np.float32)
    for at in range(0, len(order), 64):
        part = order[at : at + 64]
        rows[part] = pooled(model, tokenizer, [texts[i] for i in part]).numpy()
    return rows


class Probe:
    """A small part of what is held out, to choose a checkpoint by."""

    def __init__(self, held: Sequence[Pair], teacher: BertModel, english: Tokenizer) -> None:
        self.parts = {}
        for kind, n in (("tatoeba", 500), ("question", 400), ("sentence", 300)):
            rows = [pair for pair in held if pair[0] == kind]
            rows = random.Random(1).sample(rows, min(n, len(rows)))
            texts = [es.rstrip("?") if i % 2 else es for i, (_, _, es) in enumerate(rows)]
            self.parts[kind] = texts, encode(teacher, english, [en for _, en, _ in rows])

    def scores(self, student: BertModel, spanish: Tokenizer) -> dict[str, tuple[float, float]]:
        """Of each kind: share of twins found first, mean cosine of twins."""
        student.eval()
        found = {}
        for kind, (texts, twins) in self.parts.items():
            alike = encode(student, spanish, texts) @ twins.T
            first = alike.argmax(1) == np.arange(len(texts))
            found[kind] = round(float(first.mean()), 3), round(float(alike.diagonal().mean()), 4)
        return found


def batches(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Batches of texts of like length, in random order."""
    mixed = random.sample(list(pairs), len(pairs))
    mixed.sort(key=lambda pair: (len(pair[2]) * random.uniform(0.9, 1.1)) // 12)
    made, at = [], 0
    while at < len(mixed):
        size = BATCH if len(mixed[at][2]) < 250 else LONG_BATCH
        made.append(mixed[at : at + size])
        at += size
    random.shuffle(made)
    return made


def train(
    student: BertModel, teacher: BertModel, spanish: Tokenizer, english: Tokenizer,
    pairs: Sequence[Pair], probe: Probe, folder: Path, budget_s: float,
) -> None:  # fmt: skip
    words = student.embeddings.word_embeddings.weight
    others = [p for p in student.parameters() if p is not words]
    groups = [{"params": others, "rate": 1.0}, {"params": [words], "rate": EMBEDDING_RATE}]
    optimiser = torch.optim.AdamW(groups, lr=LEARNING_RATE, weight_decay=0.01)
    begun = told = time.monotonic()
    for step, batch in enumerate(endless(pairs), start=1):
        spent = (time.monotonic() - begun) / budget_s
        if spent >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = (
                LEARNING_RATE
                * group["rate"]
                * min(spent / WARM_UP + 0.02, 0.5 * (1 + math.cos(math.pi * spent)) + 0.01)
            )
        student.train()
        with torch.inference_mode():
            wanted = pooled(teacher, english, [en for _, en, _ in batch])
        wanted = wanted.clone()
        made = pooled(student, spanish, [dulled(es) for _, _, es in batch])
        loss = (made - wanted).square().sum(1).mean() + CONTRAST * contrast(made, wanted)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimiser.step()
        if step % 20 == 0:
            print(step, f"{spent:.3f}", f"{loss.item():.4f}", flush=True)  # noqa: T201
        if time.monotonic() - told > EVALUATE_S:
            told = time.monotonic()
            print(step, probe.scores(student, spanish), flush=True)  # noqa: T201
            save(student, folder / "last.pt")
    print("end", step, probe.scores(student, spanish), flush=True)  # noqa: T201
    save(student, folder / "end.pt")


def endless(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    while True:
        yield from batches(pairs)
        print("pass done", flush=True)  # noqa: T201


def dulled(text: str) -> str:
    """Now and then without the closing sign, as people type."""
    return text.rstrip(" ?.!") or text if random.random() < 0.2 else text


def contrast(made: Tensor, wanted: Tensor) -> Tensor:
    """Cross-entropy of finding the twin in the batch; equal English sentences do not compete."""
    alike = made @ wanted.T / TEMPERATURE
    same = (wanted @ wanted.T > 0.999) & ~torch.eye(len(wanted), dtype=torch.bool)
    return F.cross_entropy(alike.masked_fill(same, -1e4), torch.arange(len(wanted)))


def save(model: BertModel, path: Path) -> None:
    torch.save(model.state_dict(), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))

"""Sentence pairs -> the word table of index/words.py.

Run: python -m training.word_table PAIRS TABLE, where PAIRS is learnt.tsv of training.pairs; ten
seconds. IBM model 1 with a diagonal prior in both directions; a link counts as far as both agree.

Sources: Brown et al. 1993 (model 1); Dyer, Chahuneau and Smith 2013 (diagonal prior); Liang, Taskar
and Klein 2006 (agreement).
"""

from __future__ import annotations

import gzip
import io
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.words import PHRASES, TERMS, WORD, hand_written

ROUNDS = 6
TENSION = 4.0  # how strongly a word aligns to the same place in the other sentence
EMPTY = 0.08  # prior of a word that stands for nothing
LONGEST = 45  # words of a sentence that is aligned
MOST = 6  # translations kept of a word
LEAST = 0.03  # share of a word's occurrences below which a translation is left out
LEAST_COUNT = 0.3  # and its expected number
FREQUENT = 50  # a word seen as often is kept even if it stands for nothing
LITTLE = 0.3
TERM = 0.6  # the share that a hand-written term takes
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Words = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Side:
    """One language: its words numbered from 0, and the word at each position of all sentences."""

    words: list[str]
    at: Ints

    @classmethod
    def of(cls, sentences: Words) -> Side:
        number: dict[str, int] = {}
        at = [number.setdefault(word, len(number)) for sentence in sentences for word in sentence]
        return cls(list(number), np.array(at))


@dataclass(frozen=True)
class Links:
    """Every possible link of a word with one of the other sentence: positions, and prior."""

    english: Ints
    spanish: Ints
    prior: Floats

    @classmethod
    def of(cls, english: Words, spanish: Words) -> Links:
        parts: tuple[list[Ints], list[Ints], list[Floats]] = ([], [], [])
        start_en = start_es = 0
        for one, other in zip(english, spanish, strict=True):
            i, j = np.divmod(np.arange(len(one) * len(other)), len(other))
            away = np.abs((i + 0.5) / len(one) - (j + 0.5) / len(other))
            for part, values in zip(
                parts, (i + start_en, j + start_es, np.exp(-TENSION * away)), strict=True
            ):
                part.append(values)
            start_en, start_es = start_en + len(one), start_es + len(other)
        return cls(*(np.concatenate(part) for part in parts))


def main(pairs: Path, table: Path) -> None:
    english, spanish = read(pairs)
    en, es = Side.of(english), Side.of(spanish)
    links = Links.of(english, spanish)
    kinds, kind = np.unique(
        en.at[links.english] * len(es.words) + es.at[links.spanish], return_inverse=True
    )
    kind_en, kind_es = np.divmod(kinds, len(es.words))
    both = posterior(links.spanish, es.at, links.prior, kind, kind_en)
    both *= posterior(links.english, en.at, links.prior, kind, kind_es)
    counts = np.bincount(kind, both)
    ends = swaps(links, both, es)
    named = hand_written(TERMS, PHRASES).items()
    # Without a time of making, the same pairs give the same file.
    with io.TextIOWrapper(gzip.GzipFile(table, "wb", mtime=0), encoding="utf-8") as file:
        for code, side, other, mine, theirs in (
            ("es", es, en, kind_es, kind_en),
            ("en", en, es, kind_en, kind_es),
        ):
            found = translations(side, other, mine, theirs, counts)
            seen = Counter(side.at.tolist())
            frequency = {side.words[number]: n for number, n in seen.items()}
            for spanish_term, english_term in named:
                add(found, *((spanish_term, english_term)[:: 1 if code == "es" else -1]), code)
            idle = {word for word, n in frequency.items() if n >= FREQUENT} - found.keys()
            for word in sorted([*found, *idle]):
                shares = "|".join(f"{w}:{p:.2f}" for w, p in found.get(word, []))
                last = int(code == "es" and word in ends)
                file.write(f"{code}\t{word}\t{frequency.get(word, 1)}\t{last}\t{shares}\n")


def read(pairs: Path) -> tuple[Words, Words]:
    """The words of both sides, lower case; paragraphs are too long to align."""
    english, spanish = [], []
    for line in pairs.read_text(encoding="utf-8").splitlines():
        kind, en, es = line.split("\t")
        # What Apertium left in English teaches that it is Spanish; a name may stay.
        known = re.sub(r"\*[a-z][\w'’-]*", " ", es)
        one, other = WORD.findall(uncontracted(en.lower())), WORD.findall(known.lower())
        if kind not in ("paragraph", "term") and 0 < len(one) <= LONGEST >= len(other) > 0:
            english.append(one)
            spanish.append(other)
    return english, spanish


def uncontracted(english: str) -> str:
    """Example: "what's it? i won't" -> "what it? i will not"; the verb behind 's is let go."""
    plain = english.replace("’", "'").replace("won't", "will not").replace("can't", "can not")
    return re.sub(r"'(?:s|re|ve|ll|m|d)\b", "", plain.replace("n't", " not"))


def posterior(made: Ints, words: Ints, prior: Floats, kind: Ints, kind_from: Ints) -> Floats:
    """Of each link, how likely it is that its word in one language was made by that in the other.

    :param made: per link, the position of the word that is made.
    :param words: per position, the word that is made there.
    :param kind: per link, the number of its pair of words.
    :param kind_from: per pair of words, the word that makes.
    """
    near = prior / np.bincount(made, prior)[made] * (1 - EMPTY)
    share = np.bincount(words) / len(words)
    alone, chance = share, np.full(len(kind_from), 1e-3)
    for _ in range(ROUNDS):
        weight = near * chance[kind]
        nothing = EMPTY * alone[words]
        whole = np.bincount(made, weight, len(words)) + nothing
        weight /= whole[made]
        count = np.bincount(kind, weight)
        chance = count / np.bincount(kind_from, count)[kind_from]
        free = np.bincount(words, nothing / whole)
        alone = 0.5 * free / free.sum() + 0.5 * share
    return weight


def swaps(links: Links, both: Floats, es: Side) -> set[str]:
    """Spanish words that stand after a word that they stand before in English: adjectives."""
    order = np.argsort(both)  # the best link of a position is written last
    partner = np.full(len(es.at), -10)
    partner[links.spanish[order]] = np.where(both[order] > 0.3, links.english[order], -10)
    step = partner[1:] - partner[:-1]
    known = (partner[1:] >= 0) & (partner[:-1] >= 0) & (np.abs(step) <= 2)
    behind = np.bincount(es.at[1:], known & (step < 0))
    seen = np.bincount(es.at[1:], known)
    return {es.words[n] for n in np.nonzero((behind >= 2) & (behind > 0.4 * seen))[0]}


def translations(
    side: Side, other: Side, mine: Ints, theirs: Ints, counts: Floats
) -> dict[str, list[tuple[str, float]]]:
    """Of each word the likeliest translations with their share of its occurrences, best first."""
    seen = np.bincount(side.at)
    found = defaultdict(list)
    for k in np.nonzero((counts >= LEAST_COUNT) & (counts >= LEAST * seen[mine]))[0]:
        share = float(counts[k] / seen[mine[k]])
        found[side.words[mine[k]]].append((other.words[theirs[k]], share))
    return {w: sorted(rows, key=lambda r: (-r[1], r[0]))[:MOST] for w, rows in found.items()}


def add(found: dict[str, list[tuple[str, float]]], word: str, meaning: str, language: str) -> None:
    """A hand-written term, before what was learnt; into Spanish only where little was learnt."""
    if language == "en" and found.get(word, [("", 0.0)])[0][1] > LITTLE:
        return
    rest = [(w, p * (1 - TERM)) for w, p in found.get(word, []) if w != meaning]
    found[word] = [(meaning, TERM if rest else 1.0), *rest]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Words of a question that the documents do not have -> words written nearly alike that they do."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from index.lexical import LEAST_PREFIX, stem
from kb.text import fold

LEAST_LIKENESS = 0.799  # one letter wrong in five
MOST_CANDIDATES = 2
WORD = re.compile(r"[^\W\d_]+")


def corrections(word: str, vocabulary: Collection[str]) -> list[str]:
    """Words of the vocabulary that a word may be meant for, best first; none if it is known or too
    short to tell.

    Example: "goverment" -> ["government"]; "tecnologia" over an English text -> ["technology"].
    """
    if word in vocabulary or len(word) < LEAST_PREFIX or not word.isalpha():
        return []
    prefix = stem(word)
    if any(known.startswith(prefix) for known in vocabulary):
        return []
    return nearly(word, vocabulary)


def nearly(word: str, vocabulary: Collection[str]) -> list[str]:
    """Words of the vocabulary that are written nearly alike, best first; none if it is too short to
    tell.
    """
    if len(word) < LEAST_PREFIX or not word.isalpha():
        return []
    found = process.extract(
        word,
        list(vocabulary),
        scorer=DamerauLevenshtein.normalized_similarity,
        limit=MOST_CANDIDATES,
        score_cutoff=LEAST_LIKENESS,
    )
    return [known for known, _, _ in found]


def replaced(text: str, meant: Mapping[str, str]) -> str:
    """A text with some of its words put as they are meant.

    :param meant: folded word -> the word in its place.
    """
    return WORD.sub(lambda found: meant.get(fold(found.group()), found.group()), text)

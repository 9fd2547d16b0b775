"""Words of a question that the documents do not have -> words written nearly alike that they do."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from index.lexical import LEAST_PREFIX, stem
from kb.text import fold

LEAST_LIKENESS = 0.799  # one letter wrong in five
MOST_CANDIDATES = 2
LEAST_SOUND = 4  # letters of a word that may be meant for one that sounds the same
WORD = re.compile(r"[^\W\d_]+")


def corrections(word: str, vocabulary: Collection[str], language: str = "") -> list[str]:
    """Words of the vocabulary that a word may be meant for, best first; none if it is known or too
    short to tell.

    :param language: of the word; a Spanish one may be meant for any that sounds the same.

    Example: "goverment" -> ["government"]; "tecnologia" over an English text -> ["technology"];
    "ojas" -> ["hojas"].
    """
    if word in vocabulary or not word.isalpha():
        return []
    if language == "es" and len(word) >= LEAST_SOUND:
        sound = _sound(word)
        if alike := [known for known in vocabulary if _sound(known) == sound]:
            return alike[:MOST_CANDIDATES]
    if len(word) < LEAST_PREFIX:
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


@lru_cache(maxsize=50_000)  # each strange word is held against all of the documents'
def _sound(word: str) -> str:
    """A folded Spanish word by its sounds, as in America: "vaya" and "valla" are one."""
    plain = re.sub(r"(?<!c)h", "", word).replace("qu", "k")
    plain = re.sub(r"c(?=[ei])", "s", plain)
    plain = re.sub(r"g(?=[ei])", "j", plain)
    return plain.replace("ll", "y").replace("ch", "@").translate(_SOUNDS)


_SOUNDS = str.maketrans("vzc", "bsk")


def replaced(text: str, meant: Mapping[str, str]) -> str:
    """A text with some of its words put as they are meant.

    :param meant: folded word -> the word in its place.
    """
    return WORD.sub(lambda found: meant.get(fold(found.group()), found.group()), text)

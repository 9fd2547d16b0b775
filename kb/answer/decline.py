"""Question + hits + stretches -> why there is no answer, if there is none.

Two tests: is the subject in the documents at all, and does a stretch answer this question: does it
hold the kind of thing asked for, and what the question names.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kb.answer.extract import Candidate, holds_kind
from kb.question import Query, Question, is_order, read_labels
from kb.text import tokens

LEAST_COSINE = 0.30  # of question and best stretch, below which the subject is another one
# Of the best stretch (see extract.candidates). Fitted on the three invented reports, where it
# declines 5 of 19 questions without an answer and 4 of 71 with one.
LEAST_SCORE = 1.42
ACROSS = 0.1  # a passage in another language than the question's lies so much further off


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason of the contract, and the names that the documents do not have."""

    reason: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the documents have: folded words, and numbered things such as ("table", "4")."""

    words: Mapping[str, int]
    labels: Collection[tuple[str, str]]


def unreadable(query: Query, longest: int) -> Refusal | None:
    """A question that cannot be looked for."""
    if len(query.text) > longest:
        return Refusal("too_long")
    if is_order(query.text):
        return Refusal("off_subject")
    return None if any(q.words for q in query.readings.values()) else Refusal("unreadable")


def unknown(query: Query, known: Known) -> Refusal | None:
    """A question that rests on what the documents do not have."""
    if missing := missing_names(query.own, known):
        return Refusal("no_evidence", missing)
    labels = tuple(
        f"{kind} {number}"
        for kind, number in query.own.labels
        if (kind, number) not in known.labels
    )
    if labels:
        return Refusal("false_premise", labels)
    if not any(word in known.words for q in query.readings.values() for word in q.words):
        return Refusal("off_subject")
    return None


def unanswered(query: Query, found: Sequence[Candidate]) -> Refusal | None:
    """A question to which no stretch is an answer.

    :param found: stretches, best first.
    """
    if not found:
        return Refusal("no_evidence")
    across = ACROSS if found[0].hit.passage.language != query.language else 0.0
    if max(c.cosine for c in found) < LEAST_COSINE - across:
        return Refusal("off_subject")
    if found[0].score < LEAST_SCORE - across:
        return Refusal("no_evidence")
    return None


def fitting(query: Query, found: Sequence[Candidate]) -> list[Candidate]:
    """The stretches that can answer this question: of the table it names, of the year it names,
    with the kind of thing it asks for.
    """
    return [
        c
        for c in found
        if _is_of_label(query.own, c) and _is_of_year(query.own, c) and holds_kind(query, c)
    ]


def _is_of_label(question: Question, candidate: Candidate) -> bool:
    passage = candidate.hit.passage
    labels = set(question.labels)
    return not labels or bool(labels & set(read_labels(f"{passage.text[:40]} {passage.context}")))


def _is_of_year(question: Question, candidate: Candidate) -> bool:
    hit = candidate.hit
    read = f"{hit.document} {hit.passage.context} {hit.passage.text}"
    return not question.years or any(year in read for year in question.years)


def missing_names(question: Question, known: Known) -> tuple[str, ...]:
    """Names and years of the question that stand nowhere in the documents."""
    # A short acronym in Spanish may stand for an English one (IA, PIB); only longer names can be
    # missed.
    names = [n for n in question.names if question.language == "en" or len(n) >= 4]
    return tuple(
        name
        for name in (*names, *question.years)
        if not any(_stands(token, known.words) for token in tokens(name))
    )


def _stands(token: str, words: Mapping[str, int]) -> bool:
    if token in words:
        return True
    # A name may be inflected ("Mexican" for Mexico) but keeps its first letters.
    return len(token) >= 5 and any(
        word.startswith(token[:5]) and abs(len(word) - len(token)) <= 3 for word in words
    )

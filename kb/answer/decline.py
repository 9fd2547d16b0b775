"""Question + hits + stretches -> why there is no answer, if there is none.

Two tests: is the subject in the documents at all, and does a stretch answer this question (see
fits.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.answer.extract import Candidate, asks_all_of
from kb.answer.known import Known, stands
from kb.question import Query, Question, is_order
from kb.text import tokens

LEAST_COSINE = 0.30  # of question and best stretch, below which the subject is another one
# What is unmet of a question in the best stretch takes so much from its cosine, which then has to
# be at least LEAST_NEAR. Fitted on 277 questions on four reports, of which it declines 1 in 50 that
# can be answered and 3 in 10 of those that nothing else declines.
UNMET, LEAST_NEAR, LEAST_WHO = 2.0, -0.35, -0.1
ACROSS = 0.1  # a passage in another language than the question's lies so much further off
GOES_ON = 0.25
LEAST_BEGINNING = 7  # letters
LIKE = 0.36  # of likeness: words that mean nearly the same
MOST_ABOUT = 3  # words of a subject; a longer one is described, not named
OF_PLACES = re.compile(
    r"\b(?:states?|regions?|provinces?|districts?|sectors?|profiles?|estados?|estatal|regi[oó]n|regiones"
    r"|provincias?|comarcas?|sectores|sector|fichas?|perfil)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason of the contract, the names that the documents do not have, and those of the same
    kind that they do.
    """

    reason: str
    missing: tuple[str, ...] = ()
    there: tuple[str, ...] = ()


def unreadable(query: Query, longest: int) -> Refusal | None:
    """A question that cannot be looked for."""
    if len(query.text) > longest:
        return Refusal("too_long")
    if is_order(query.text):
        return Refusal("off_subject")
    return None if any(q.words for q in query.readings.values()) else Refusal("unreadable")


def unknown(query: Query, known: Known) -> Refusal | None:
    """A question that rests on what the documents do not have."""
    if missing := missing_names(query, known):
        if known.places and OF_PLACES.search(query.text):
            return Refusal("false_premise", missing, tuple(known.places))
        return Refusal("no_evidence", missing)
    if query.own.defines and not any(
        stands(token, known.words)
        for reading in query.readings.values()
        for token in tokens(reading.defines)
    ):
        return Refusal("no_evidence", (query.own.defines,))
    if strange := _strange(query, known):
        return Refusal("off_subject", (strange,))
    labels = tuple(
        f"{kind} {number}"
        for kind, number in query.own.labels
        if (kind, number) not in known.labels
    )
    if labels:
        return Refusal("false_premise", labels)
    if not any(_is_met(word, known) for q in query.readings.values() for word in q.words):
        return Refusal("off_subject")
    return None


def _is_met(word: str, known: Known) -> bool:
    """Whether the documents have a word, or one that begins like it: recommend, recommendations."""
    begins = word[:LEAST_BEGINNING]
    return stands(word, known.words) or (
        len(begins) == LEAST_BEGINNING and any(other.startswith(begins) for other in known.words)
    )


def _strange(query: Query, known: Known) -> str:
    """A word of what a question says it is about that the documents do not have, nor one of like
    meaning, in any language; "" if there is none.
    """
    asked = tokens(query.own.about)
    if len(asked) > MOST_ABOUT:
        return ""
    missing = [
        word
        for word in query.own.words
        if word in asked
        and not stands(word, known.words)
        and known.likeness(word, query.language, None) < LIKE
    ]
    others = [q for language, q in query.readings.items() if language != query.language]
    translated = [w for q in others for w in tokens(q.about)]
    return missing[0] if missing and not any(stands(w, known.words) for w in translated) else ""


def unanswered(
    query: Query, found: Sequence[Candidate], near: Sequence[Candidate], known: Known
) -> Refusal | None:
    """A question to which no stretch is an answer.

    :param found: stretches that fit, best first.
    :param near: all stretches of the hits; they show whether the subject is there at all.
    """
    if near and max(c.cosine for c in near) < LEAST_COSINE - _across(query, near):
        return Refusal("off_subject" if _is_elsewhere(query, known) else "no_evidence")
    # To be on a list of people is not to have said anything.
    is_listed = all(c.hit.passage.kind == "participant" for c in found)
    if not found or (is_listed and asks_all_of(query)):
        return Refusal("no_evidence")
    best = found[0]
    # Who did something is to stand with what was done.
    is_who = query.own.wants == "who" and not query.own.asks_speaker and not query.said
    least = LEAST_WHO if is_who else LEAST_NEAR
    if best.cosine - UNMET * best.unmet < least - _across(query, found):
        return Refusal("no_evidence")
    return None


def _is_elsewhere(query: Query, known: Known) -> bool:
    """Whether a question is on another subject: it names nothing (what it names is there, see
    unknown) and the documents do not have most of its words.
    """
    words = [word for q in query.readings.values() for word in q.words]
    met = sum(_is_met(word, known) for word in words)
    return not query.own.names and 2 * met < len(words)


def _across(query: Query, found: Sequence[Candidate]) -> float:
    """What a threshold is lowered by where the words are in another language, or the question goes
    on from an answer, which leaves much unsaid.
    """
    lowered = ACROSS if found[0].hit.passage.language != query.language else 0.0
    return lowered + (GOES_ON if query.said else 0.0)


def missing_names(query: Query, known: Known) -> tuple[str, ...]:
    """Names and years of the question that stand nowhere in the documents."""
    missing = [
        name
        for name in (*query.own.names, *query.own.years)
        if not any(stands(token, known.words) for token in tokens(name))
        and not any(
            all(stands(token, known.words) for token in tokens(form)) for form in known.forms(name)
        )
    ]
    return tuple(dict.fromkeys(_in_full(name, query.own) for name in missing))


def _in_full(name: str, question: Question) -> str:
    """A word of a name with the words of names that stand beside it: Anaya -> Ricardo Anaya."""
    for run in re.finditer(r"\w[\w’'&.-]*(?: \w[\w’'&.-]*)*", question.text):
        words = run.group().split()
        if name not in words:
            continue
        first = last = words.index(name)
        while first and words[first - 1] in question.names:
            first -= 1
        while last + 1 < len(words) and words[last + 1] in question.names:
            last += 1
        return " ".join(words[first : last + 1])
    return name

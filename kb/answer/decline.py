"""Question + hits + stretches -> why there is no answer, if there is none.

Two tests: is the subject in the documents at all, and does a stretch answer this question (see
fits.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.answer.extract import LEAST_ODDS, SPEAKING, Candidate, asks_all_of
from kb.answer.known import Known, stands
from kb.question import LABELS, Query, Question, is_order
from kb.records import UNREAD
from kb.text import stemmed, tokens

LEAST_COSINE = 0.30  # of question and best stretch, below which the subject may be another one
# The likeliest stretch's odds, as a logarithm, and so many times how near the nearest stretch is,
# its cosine less so many times what is unmet of the question, have to be at least so much; the odds
# alone have to be higher still where the documents have no word of the question.
# index/data/reranker/CARD.md says what each costs.
NEAR, UNMET, LEAST_LIKELY, LEAST_UNMET = 2.0, 2.0, -4.0, -1.0
LEAST_NEAR = 0.1  # of how near the nearest has to be where no reranker reads
# What is said about a subject at all is no answer to anything that a reranker could tell; the
# nearest has to be so near.
LEAST_ABOUT = -0.2
ABOUT = re.compile(
    r"\b(?:do|does|did) (?:the|this|these) (?:report|document|study|paper|interview)s?"
    r" (?:say|tell us) (?:about|on|of)\b"
    r"|\bqu[eé] dicen? (?:el|este|los|estos|las|estas) (?:informe|documento|estudio|reporte"
    r"|entrevista)s? (?:sobre|acerca de|de|respecto)\b",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"\b(?:says?|said|thinks?|believes?|argue[sd]?|warn(?:s|ed)|note[sd]|stress(?:es|ed)"
    r"|highlight(?:s|ed)|point(?:s|ed) out|according to|claim(?:s|ed)|considers?|considered"
    r"|insist(?:s|ed)|dice|dijo|opina|cree|advierte|advirtió|sostiene|sostuvo|señala|señaló"
    r"|afirma|afirmó|considera|insiste|insistió|destaca|destacó|según)\b",
    re.IGNORECASE,
)
# What a line of a recommendation says before its colon -> the kind of thing behind it.
FIELDS = {
    "money": re.compile(
        r"\b(?:costs?|budget|costes?|costos?|presupuesto)(?: \w+)?:", re.IGNORECASE
    ),
    "who": re.compile(
        r"\b(?:responsible|lead|owner|actors?|who|responsables?|organismo|qui[eé]n)(?: \w+)?:",
        re.IGNORECASE,
    ),
    "time": re.compile(
        r"\b(?:term|deadline|time ?frame|due|when|plazo|fecha|cu[aá]ndo)(?: \w+)?:", re.IGNORECASE
    ),
}
FEW = 0.25  # of a question's words
GOES_ON = 3.0  # what goes on from an answer leaves much unsaid; so much lower are its odds
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
    # A reading in which the word was not found again says nothing.
    defined = [reading.defines for reading in query.readings.values()]
    if all(defined) and not any(stands(t, known.words) for word in defined for t in tokens(word)):
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
    translated = [w for q in others for w in tokens(q.about) if w in q.words]
    return missing[0] if missing and not any(stands(w, known.words) for w in translated) else ""


def unanswered(
    query: Query, found: Sequence[Candidate], near: Sequence[Candidate], known: Known
) -> Refusal | None:
    """A question to which no stretch is an answer.

    :param found: stretches that fit, best first.
    :param near: all stretches of the hits; they show whether the subject is there at all.
    """
    # To be on a list of people is not to have said anything.
    is_listed = all(c.hit.passage.kind == "participant" for c in found)
    is_far = max((c.cosine for c in near), default=0.0) < LEAST_COSINE
    is_elsewhere = is_far and _is_elsewhere(query, known)
    refused = Refusal("off_subject" if is_elsewhere else "no_evidence")
    if not found or (is_listed and asks_all_of(query)):
        return refused
    nearest = max(c.cosine - UNMET * c.unmet for c in found)
    likeliest = max(LEAST_ODDS, *(c.odds for c in found)) + (GOES_ON if query.goes_on else 0.0)
    if likeliest < LEAST_UNMET and not _share_met(query, known):
        return Refusal("off_subject")
    if asks_no_more(query) or any(_is_field(query, c) for c in found):
        return None
    if ABOUT.search(query.text):
        return refused if nearest < LEAST_ABOUT else None
    if any(_is_told_of(query, c) for c in found):
        return None
    if all(c.odds == UNREAD for c in near):
        return refused if nearest < LEAST_NEAR else None
    return refused if likeliest + NEAR * nearest < LEAST_LIKELY else None


def _is_told_of(query: Query, candidate: Candidate) -> bool:
    """Whether a sentence tells what somebody says, and names the one whose view is asked and a word
    of what on: "As Ruiz said, nets are dear" for "What does Ruiz think of nets?".
    """
    reading = query.reading(candidate.hit.passage.language)
    named = {token for name in query.own.names for token in tokens(name)}
    topic = [w for w in reading.words if w not in named and w not in SPEAKING]
    if query.own.wants != "text" or not named or not SPEAKING & set(tokens(query.text)):
        return False
    there = tokens(candidate.text)
    told = set(stemmed(there, reading.language)) & set(stemmed(topic, reading.language))
    return named <= set(there) and bool(told) and TOLD.search(candidate.text) is not None


def asks_no_more(query: Query) -> bool:
    """Whether a question only names something by its number: "What does recommendation 2 say?"."""
    numbers = {number for _, number in query.own.labels}
    return bool(query.named) and set(query.own.words) <= numbers | LABELS.keys() | SPEAKING


def _is_field(query: Query, candidate: Candidate) -> bool:
    """Whether a line of what is named by its number says what is asked: "Cost: 400 crowns"."""
    if not query.named:
        return False
    words = [f"{word}:" for word in tokens(query.text)]
    asked = [
        field
        for wanted, field in FIELDS.items()
        if wanted == query.own.wants or any(field.search(word) for word in words)
    ]
    return any(field.search(candidate.text) for field in asked)


def _is_elsewhere(query: Query, known: Known) -> bool:
    """Whether a question is on another subject: it names nothing (what it names is there, see
    unknown) and the documents have hardly any of its words.
    """
    return not query.own.names and _share_met(query, known) < FEW


def _share_met(query: Query, known: Known) -> float:
    """The share of a question's words, in all its languages, that the documents have."""
    words = [word for q in query.readings.values() for word in q.words]
    return sum(_is_met(word, known) for word in words) / len(words) if words else 0.0


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

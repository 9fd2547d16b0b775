"""Question + hits -> an answer: the sentences that answer, word for word, each with its citation;
or a refusal.

Two tests decide whether there is an answer: is the subject in the documents at all, and does some
sentence hold the kind of thing the question asks for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from kb.answer import phrases
from kb.excerpt import BREAK, Excerpt, Span
from kb.question import Question
from kb.records import Answer, Citation, Claim, Hit
from kb.text import fold, sentences, tokens

READ_HITS = 8  # passages whose sentences are weighed
MAX_QUESTION = 1000  # characters
MAX_WORDS = 100  # of an answer
WINDOW_WORDS = 45  # of a table or list that is too long to quote whole
LEAST_LIKENESS = (
    0.30  # cosine of question and best sentence, below which the subject is another one
)
LEAST_SCORE = {
    "en": 0.42,
    "es": 0.25,
}  # of the best sentence; a question in another language shares few words with it
SECOND_SHARE = 0.93  # a second sentence must be nearly as good as the first

_KINDS = {
    "number": re.compile(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred"
        r"|thousand|million|half|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|cien|mil"
        r"|millones)\b",
        re.IGNORECASE,
    ),
    "percent": re.compile(
        r"(?:\d\s*|\()(?:%|per ?cent|por ciento)|\d+(?:st|nd|rd|th)\b"
        r"|\b(?:half|third|quarter|mitad|tercio|cuarto|one in|two in|three in|ranked|score)\b",
        re.IGNORECASE,
    ),
    "money": re.compile(
        r"[$€£]\s?\d|\d[\d,.]*\s*(?:million |billion |thousand )?(?:\w+ )?(?:pesos|dollars|euros"
        r"|pounds|crowns|usd|eur|mxn|dólares)|\bGDP\b|\bPIB\b",
        re.IGNORECASE,
    ),
    "year": re.compile(r"\b(?:19|20)\d\d\b"),
    "who": re.compile(
        r"[A-ZÀ-Þ][\w’'-]+\s+(?:(?:de|del|la|van|von)\s+)*[A-ZÀ-Þ][\w’'-]+|\b[A-ZÀ-Þ]{2,}\b",
    ),
    "text": re.compile(r"\w"),
}  # fmt: skip

Likeness = Callable[
    [str, Sequence[str]], Sequence[float]
]  # cosine of a question with each of n texts


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the answerer may ask of the knowledge base.

    frequency: folded word -> in how many of the total passages it stands. labels: numbered things
    that exist.
    """

    total: int
    frequency: Mapping[str, int]
    likeness: Likeness
    labels: Collection[tuple[str, str]]
    roles: Mapping[int, str]  # passage id -> role of its speaker
    marks: Mapping[int, Sequence[Span]]  # passage id -> where footnote marks stand in its text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a hit's text that may answer, with its score from 0 to about 1."""

    hit: Hit
    start: int
    end: int
    score: float
    likeness: float

    @property
    def text(self) -> str:
        return self.hit.passage.text[self.start : self.end]


def answer(question: Question, hits: Sequence[Hit], knowledge: Knowledge) -> Answer:
    """Answer a question from hits, or decline with a reason."""
    if len(question.text) > MAX_QUESTION:
        return _declined(question, hits, "too_long")
    if not question.words:
        return _declined(question, hits, "unreadable")
    missing = missing_names(question, knowledge)
    if missing:
        return _declined(question, hits, "no_evidence", missing)
    unknown = tuple(
        f"{kind} {number}"
        for kind, number in question.labels
        if (kind, number) not in knowledge.labels
    )
    if unknown:
        return _declined(question, hits, "false_premise", unknown)
    candidates = _candidates(question, hits, knowledge)
    if not any(word in knowledge.frequency for word in question.words):
        return _declined(question, hits, "off_subject")
    best = max((c.likeness for c in candidates), default=0.0)
    if best < LEAST_LIKENESS and question.language == "en":
        return _declined(question, hits, "off_subject")
    fitting = [c for c in candidates if _holds_kind(c, question.wants)]
    if not fitting or fitting[0].score < LEAST_SCORE[question.language]:
        return _declined(question, hits, "no_evidence")
    return _composed(question, _chosen(fitting), hits, knowledge)


def _holds_kind(candidate: Candidate, wants: str) -> bool:
    """Whether a stretch holds the kind of thing asked for; a table's unit stands in its header."""
    passage = candidate.hit.passage
    text = passage.text if passage.kind in ("table", "figure") else candidate.text
    return bool(_KINDS[wants].search(text)) or (wants == "who" and passage.speaker is not None)


def missing_names(question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    """Names and years of the question that stand nowhere in the documents."""
    # A short acronym in Spanish may stand for an English one (IA, PIB); only longer names can be
    # missed.
    names = [n for n in question.names if question.language == "en" or len(n) >= 4] + list(
        question.years
    )
    return tuple(
        name for name in names if not any(_stands(token, knowledge) for token in tokens(name))
    )


def _stands(token: str, knowledge: Knowledge) -> bool:
    if token in knowledge.frequency:
        return True
    # A name may be inflected ("Mexican" for Mexico) but keeps its first letters.
    return len(token) >= 5 and any(
        word.startswith(token[:5]) and abs(len(word) - len(token)) <= 3
        for word in knowledge.frequency
    )


def _candidates(question: Question, hits: Sequence[Hit], knowledge: Knowledge) -> list[Candidate]:
    """Sentences of the first hits, best first."""
    stretches = [(hit, a, b) for hit in hits[:READ_HITS] for a, b in _stretches(question, hit)]
    if not stretches:
        return []
    likeness = knowledge.likeness(
        question.meant, [f"{_about(hit)} {hit.passage.text[a:b]}" for hit, a, b in stretches]
    )
    made = []
    for (hit, a, b), cosine in zip(stretches, likeness, strict=True):
        shared = _shared(question, f"{hit.passage.text[a:b]} {hit.passage.context}", knowledge)
        prior = 1 / (1 + 0.15 * (hit.rank - 1))
        made.append(Candidate(hit, a, b, 0.45 * shared + 0.4 * cosine + 0.15 * prior, cosine))
    return sorted(made, key=lambda c: (-c.score, c.hit.rank, c.start))


def _about(hit: Hit) -> str:
    return f"{hit.passage.context.split('. ')[0]}:" if hit.passage.context else ""


def _stretches(question: Question, hit: Hit) -> list[tuple[int, int]]:
    """Sentences of a passage; of a long table, the window with most words of the question."""
    text = hit.passage.text
    found = []
    for a, b in sentences(text):
        if text[a:b].endswith("?"):
            continue  # a question answers none
        if len(text[a:b].split()) <= 1.5 * WINDOW_WORDS:
            found.append((a, b))
        else:
            found.append(_window(question, text, a, b))
    return found


def _window(question: Question, text: str, a: int, b: int) -> tuple[int, int]:
    words = [m.span() for m in re.finditer(r"\S+", text[a:b])]
    hits = [any(w in fold(text[a + s : a + e]) for w in question.words) for s, e in words]
    at = max(range(len(words)), key=lambda i: (sum(hits[i : i + WINDOW_WORDS]), -i))
    last = min(at + WINDOW_WORDS, len(words)) - 1
    return a + words[at][0], a + words[last][1]


def _shared(question: Question, text: str, knowledge: Knowledge) -> float:
    """Share of the question's words, weighted by rarity, that stand in a text; 0 to 1."""
    there = set(tokens(text))
    stems = {word[:6] for word in there}
    weights = {
        word: math.log(1 + knowledge.total / (1 + knowledge.frequency.get(word, 0)))
        for word in question.words
    }
    got = sum(
        weight
        for word, weight in weights.items()
        if word in there or (len(word) >= 5 and word[:6] in stems)
    )
    return got / sum(weights.values())


def _chosen(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence, and a second one that is nearly as good, while the answer stays short."""
    chosen = [candidates[0]]
    for candidate in candidates[1:3]:
        length = sum(len(c.text.split()) for c in [*chosen, candidate])
        if (
            candidate.score >= SECOND_SHARE * chosen[0].score
            and length <= MAX_WORDS - 20
            and len(chosen) < 2
        ):
            chosen.append(candidate)
    return chosen


def _composed(
    question: Question, chosen: Sequence[Candidate], hits: Sequence[Hit], knowledge: Knowledge
) -> Answer:
    citations = tuple(Citation(n, c.hit, c.start, c.end) for n, c in enumerate(chosen, start=1))
    claims = tuple(
        Claim(
            phrases.framed(
                _as_read(c, knowledge),
                c.hit,
                question.language,
                c.number,
                knowledge.roles.get(c.hit.passage.id),
            ),
            (c.number,),
        )
        for c in citations
    )
    return Answer(
        question.text,
        question.language,
        " ".join(c.text for c in claims),
        claims,
        citations,
        tuple(hits),
    )


def _as_read(citation: Citation, knowledge: Knowledge) -> str:
    """A quotation for the answer's text: footnote marks left out, broken words put together."""
    start, end = citation.start, citation.end
    inside = [
        (a - start, b - start)
        for a, b in knowledge.marks.get(citation.hit.passage.id, ())
        if start <= a and b <= end
    ]
    words = (
        Excerpt.of(citation.quote, 0, len(citation.quote)).without(inside).text.replace(BREAK, "")
    )
    is_turn = citation.hit.passage.kind == "turn" and citation.start == 0
    return re.sub(r"^[A-ZÀ-Þ][^:]{0,40}:\s+", "", words) if is_turn else words


def _declined(
    question: Question, hits: Sequence[Hit], reason: str, missing: tuple[str, ...] = ()
) -> Answer:
    text = phrases.refusal(reason, question.language, missing)
    return Answer(question.text, question.language, text, (), (), tuple(hits), reason)

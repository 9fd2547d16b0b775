"""How did a knowledge base do on a question set? Asks every question and sums up the measures."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb.evaluate.measures import answers, bootstrap, nearest_rank, recall
from kb.evaluate.questions import Conversation, Question
from kb.records import Answer, Citation, Turn
from kb.service import Service

CUTOFFS = (1, 3, 5, 10)
MEASURES = {
    "R@1": "Evidence among the first passage.",
    "R@3": "Evidence among the first 3 passages.",
    "R@5": "Evidence among the first 5 passages.",
    "R@10": "Evidence among the first 10 passages.",
    "answer": "The answer holds what is wanted, and is short.",
    "cited": "Of the answered: a cited passage is evidence.",
    "refused+": "Declined, of the unanswerable.",
    "refused-": "Wrongly declined, of the answerable.",
    "turn answer": "As answer, over the turns of conversations.",
    "turn cited": "As cited, over the turns of conversations.",
    "turn refused-": "As refused-, over the turns of conversations.",
}
LOWER_IS_BETTER = frozenset({"refused-", "turn refused-"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A question, what was answered, and its score on each measure that applies to it."""

    question: Question
    conversation_id: str | None
    answer: str
    reason: str | None  # why it declined
    scores: Mapping[str, float]  # by the names of MEASURES, without "turn "; 0 to 1
    nearest_rank: int | None  # of evidence among the hits, from 1
    citations: int
    verbatim: int  # of the citations
    words: int | None  # of an answer to an answerable question; None where it declined
    took_ms: float

    @property
    def failed(self) -> tuple[str, ...]:
        """Measures on which it lost something."""
        lost = [m for m, v in self.scores.items() if v < 1 and m not in LOWER_IS_BETTER]
        lost += [m for m, v in self.scores.items() if v > 0 and m in LOWER_IS_BETTER]
        return (*lost, *(["verbatim"] if self.verbatim < self.citations else []))


@dataclass(frozen=True, slots=True)
class Measure:
    """The mean of a measure over a group of questions, with its 95 % confidence interval."""

    by: str  # language, type
    group: str  # en, quote
    name: str
    value: float
    low: float
    high: float
    n: int  # questions


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that one run over a question set found."""

    judgements: tuple[Judgement, ...]
    measures: tuple[Measure, ...]

    @property
    def citations(self) -> int:
        return sum(j.citations for j in self.judgements)

    @property
    def verbatim(self) -> float | None:
        """Share of all citations whose quote stands in its passage; None if nothing was cited."""
        cited = self.citations
        return sum(j.verbatim for j in self.judgements) / cited if cited else None

    @property
    def words(self) -> float | None:
        """Words per answer to an answerable question; None if all were declined."""
        counts = [j.words for j in self.judgements if j.words is not None]
        return sum(counts) / len(counts) if counts else None

    @property
    def median_ms(self) -> float:
        """Of asking a single question, on this machine."""
        times = sorted(j.took_ms for j in self.judgements if j.conversation_id is None)
        return times[len(times) // 2]


def evaluate(
    service: Service,
    questions: Sequence[Question],
    conversations: Sequence[Conversation] = (),
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Evaluation:
    """Ask every question, and every conversation turn by turn.

    :param step: told how many of how many entries are done.
    """
    judgements: list[Judgement] = []
    total = len(questions) + len(conversations)
    for question in questions:
        judgements.append(_ask_alone(service, question))
        step(len(judgements), total)
    for done, conversation in enumerate(conversations, len(questions) + 1):
        judgements += _hold(service, conversation)
        step(done, total)
    return Evaluation(tuple(judgements), tuple(_sum_up(judgements)))


def _ask_alone(service: Service, question: Question) -> Judgement:
    found: list[str] = []
    if question.is_answerable:
        page = service.search(question.text, max(CUTOFFS))
        found = [hit.passage.text for hit in page.hits]
    recalls = {f"R@{k}": recall(found[:k], question) for k in CUTOFFS if question.is_answerable}
    return _ask(service, question, None, (), found, recalls)


def _hold(service: Service, conversation: Conversation) -> list[Judgement]:
    judgements: list[Judgement] = []
    history: list[Turn] = []
    for turn in conversation.turns:
        judgement = _ask(service, turn, conversation.id, tuple(history), None, {})
        history.append(Turn(turn.text, judgement.answer))
        judgements.append(judgement)
    return judgements


def _ask(
    service: Service,
    question: Question,
    conversation_id: str | None,
    history: Sequence[Turn],
    found: Sequence[str] | None,
    recalls: Mapping[str, float],
) -> Judgement:
    """:param found: texts of the passages that a search gave; None: take the answer's own hits."""
    started = time.perf_counter()
    answer = service.ask(question.text, None, history)
    took_ms = (time.perf_counter() - started) * 1000
    texts = [hit.passage.text for hit in answer.hits] if found is None else found
    is_counted = question.is_answerable and not answer.abstained
    return Judgement(
        question=question,
        conversation_id=conversation_id,
        answer=answer.text,
        reason=answer.reason,
        scores={**recalls, **_scores(question, answer)},
        nearest_rank=nearest_rank(texts, question),
        citations=len(answer.citations),
        verbatim=sum(map(_is_verbatim, answer.citations)),
        words=len(answer.text.split()) if is_counted else None,
        took_ms=took_ms,
    )


def _scores(question: Question, answer: Answer) -> dict[str, float]:
    declined = float(answer.abstained)
    if not question.is_answerable:
        return {"refused+": declined}
    scores = {"refused-": declined, "answer": 0.0}
    if not answer.abstained:
        quoted = [t for c in answer.citations for t in (c.hit.passage.text, c.quote)]
        scores["answer"] = float(answers(answer.text, question))
        scores["cited"] = float(recall(quoted, question) > 0)
    return scores


def _is_verbatim(citation: Citation) -> bool:
    stretch = citation.hit.passage.text[citation.start : citation.end]
    return bool(stretch.strip()) and stretch == citation.quote


def _sum_up(judgements: Sequence[Judgement]) -> list[Measure]:
    values: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for judgement in judgements:
        for name, value in judgement.scores.items():
            question = judgement.question
            is_turn = judgement.conversation_id is not None and f"turn {name}" in MEASURES
            full = f"turn {name}" if is_turn else name
            values["language", question.language, full].append(value)
            values["type", question.type, full].append(value)
    order = list(MEASURES)
    keys = sorted(values, key=lambda key: (key[0], key[1], order.index(key[2])))
    return [_measure(key, values[key]) for key in keys]


def _measure(key: tuple[str, str, str], values: Sequence[float]) -> Measure:
    by, group, name = key
    low, high = bootstrap(values)
    return Measure(by, group, name, sum(values) / len(values), low, high, len(values))

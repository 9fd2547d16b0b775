"""When is evidence found, and when does an answer hold what is wanted? Pure functions on strings.

Source of every rule: shared/questions/README.md, "Scoring".
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from kb.evaluate.questions import Question
from kb.text import fold

MAX_WORDS = 120  # of an answer
MAX_WORDS_OF_A_LIST = 200
RESAMPLES = 1000
SEED = 2031  # fixed, so that two runs over the same answers print the same intervals

_SIGNS = {
    **dict.fromkeys("‘’‛´`", "'"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}  # fmt: skip
_ONE_KIND_OF_SIGN = str.maketrans(_SIGNS)
_PERCENT = re.compile(r"(?<=\d)\s*(?:%|(?:percent|per cent|por ciento)\b)")


def plain(text: str) -> str:
    """The form in which texts are compared: no case, no accents, one kind of quotation mark and
    dash, percentages as 19%, one space between words.

    Example: "El 19 por  ciento «Sí»" -> 'el 19% "si"'.
    """
    return " ".join(_PERCENT.sub("%", fold(text).translate(_ONE_KIND_OF_SIGN)).split())


def holds(answer: str, wanted: str) -> bool:
    """Whether a wanted string stands in an answer as a whole: not inside a longer word or number.

    Example: "35" is in "35 boats" and "35.", not in "2035" or "35.5".
    """
    whole = rf"(?<!\w){re.escape(plain(wanted))}(?!\w|[.,]\d)"
    return re.search(whole, plain(answer)) is not None


def counts(passage: str, quote: str) -> bool:
    """Whether a passage counts for a quote: holds all of it, or at least 60 % of its words, either
    by lying within it or by overlapping it at an edge of the passage.
    """
    text, wanted = plain(passage), plain(quote)
    if not text:
        return False
    words, least = wanted.split(), _sixty_percent(len(wanted.split()))
    if wanted in text or (text in wanted and len(text.split()) >= least):
        return True
    return any(
        text.endswith(" ".join(words[:n])) or text.startswith(" ".join(words[-n:]))
        for n in range(least, len(words))
    )


def _sixty_percent(n: int) -> int:
    """60 % of n, rounded up, at least 1; in whole numbers, since 0.6 is none in binary."""
    return max(1, -(-3 * n // 5))


def recall(passages: Sequence[str], question: Question) -> float:
    """Share of a question's evidence that is among passages; where one quote is enough, 0 or 1."""
    found = [any(counts(p, each.quote) for p in passages) for each in question.evidence]
    return sum(found) / len(found) if question.needs_all_evidence else float(any(found))


def nearest_rank(passages: Sequence[str], question: Question) -> int | None:
    """Rank, from 1, of the first passage that counts for any of the evidence; None if none does."""
    ranks = (
        rank
        for rank, passage in enumerate(passages, 1)
        if any(counts(passage, each.quote) for each in question.evidence)
    )
    return next(ranks, None)


def answers(text: str, question: Question) -> bool:
    """Whether an answer that does not decline is short enough and holds what is wanted."""
    longest = MAX_WORDS_OF_A_LIST if question.type == "list" else MAX_WORDS
    if len(text.split()) > longest:
        return False
    held = (holds(text, wanted) for wanted in question.answers)
    return all(held) if question.needs_all_answers else any(held)


def bootstrap(values: Sequence[float]) -> tuple[float, float]:
    """95 % confidence interval of the mean, by the percentiles of resampled means.

    :param values: one per question, at least one.
    :returns: low and high; the same for the same values.

    Source: Efron, Annals of Statistics 7 (1979); percentile method.
    """
    means = sorted(_resampled_means(values))
    cut = RESAMPLES * 25 // 1000
    return means[cut], means[-cut - 1]


def _resampled_means(values: Sequence[float]) -> Iterator[float]:
    draw = random.Random(SEED)
    for _ in range(RESAMPLES):
        yield sum(draw.choices(values, k=len(values))) / len(values)

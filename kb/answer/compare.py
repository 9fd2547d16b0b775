"""A question that sets two names side by side -> the question on each alone, and the answers to
those as one: "Compare Ostra and Pell in the index" is read as "Ostra in the index" and so on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.question import Question, pair_of
from kb.records import Answer, Citation, Claim, Rows
from kb.text import fold, tokens

COMPARES = re.compile(
    r"\b(?:compar\w+|differ\w*|versus|vs|more|less|fewer|better|worse|\w{3,}er|difer\w+|frente a"
    r"|más|menos|mejor|peor|mayor|menor)\b",
    re.IGNORECASE,
)

_VERB = re.compile(r"^\W*(?:compare|comparar?|compara(?:me)?)\s+", re.IGNORECASE)
_RANKING = re.compile(
    r"\b(?:in|on|en) [^,?]*\b(?:index|rankings?|scoreboard|league|[ií]ndice|clasificaci[oó]n)\b"
    r"[^,?]*",
    re.IGNORECASE,
)
_PLACE = {"en": "What place does {} take {}?", "es": "¿Qué lugar ocupa {} {}?"}
_ORDERED = re.compile(r"\b(?:order by|limit)\b", re.IGNORECASE)


def sides(question: Question) -> tuple[str, ...]:
    """The question on each of the two names alone; () if it compares none."""
    text = question.text
    found = pair_of(text)
    if not found or not COMPARES.search(text):
        return ()
    before, behind = _VERB.sub("", text[: found.start()]), text[found.end() :]
    if ranking := _RANKING.search(f"{before}, {behind}"):
        form = _PLACE[question.language]
        return tuple(form.format(name, ranking.group()) for name in question.compared)
    return tuple(f"{before}{name}{behind}" for name in question.compared)


def is_on_both(question: Question, given: Answer) -> bool:
    """Whether the first words that are quoted have both names, or stand where both do."""
    return bool(given.claims) and all(_names(given, name) for name in question.compared)


def joined(question: Question, given: Answer, each: Sequence[Answer]) -> Answer:
    """What comes first in the answer to each side; the answer to the whole question if one of them
    has none, or one that does not name its side.
    """
    pairs = zip(question.compared, each, strict=False)
    if not each or not all(side.claims and _names(side, name) for name, side in pairs):
        return given
    claims: list[Claim] = []
    citations: list[Citation] = []
    for name, side in zip(question.compared, each, strict=True):
        first = side.claims[0]
        own = [c for c in side.citations if c.number in first.citations]
        numbers = range(len(citations) + 1, len(citations) + len(own) + 1)
        citations += [replace(c, number=n) for c, n in zip(own, numbers, strict=True)]
        words = re.sub(r"(?: \[\d+\])+$", "", first.text)
        is_told = fold(name) in fold(words)
        words = words if is_told else f"{name}: {words}"  # "Rankings: 8th" stands under the name
        marks = "".join(f" [{n}]" for n in numbers)
        claims.append(Claim(f"{words}{marks}", tuple(numbers)))
    text = " ".join(claim.text for claim in claims)
    return replace(
        given,
        text=text,
        claims=tuple(claims),
        citations=tuple(citations),
        reason=None,
        rows=_rows(each),
    )


def _names(given: Answer, name: str) -> bool:
    """Whether the first claim of an answer has a name, or stands under it."""
    first = given.claims[0]
    cited = (c.hit for c in given.citations if c.number in first.citations)
    above = " ".join(f"{hit.section or ''} {hit.passage.context}" for hit in cited)
    return set(tokens(name)) <= set(tokens(f"{first.text} {above}"))


def _rows(each: Sequence[Answer]) -> Rows | None:
    """The rows that prove all of the answers, if one query can give them."""
    rows = [given.rows for given in each if given.rows]
    is_plain = not any(_ORDERED.search(own.sql) for own in rows)
    if len(rows) < len(each) or len({own.columns for own in rows}) > 1 or not is_plain:
        return None
    sql = " union all ".join(own.sql for own in rows)
    return Rows(sql, rows[0].columns, tuple(row for own in rows for row in own.rows))

"""Stretches that can answer, best first -> those that are quoted, each with what belongs to it,
while the answer stays short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from kb.answer.extract import LONG, Candidate, Context, around, quoted_part
from kb.question import Query
from kb.text import tokens

MAX_WORDS = 85  # quoted in an answer
LIST_WORDS = 120
WHOLE = 45  # words; a passage up to this length is quoted whole
NEAR = 0.72  # of the best score; what is below does not join the answer
MOST = 4  # stretches
NAMED = 0.6  # of the best score, for the best stretch on one of several that are named
LONE = 70  # words; a shorter answer is filled up with what follows the best stretch
CLAUSE = 4  # words that name an item of a list
# What a sentence begins with that speaks of the one before.
POINTS_BACK = re.compile(
    r"(?:it|its|they|their|he|his|she|her|this|these|those|such|both|there|este|esta|estos|estas|esto"
    r"|ese|esa|eso|su|sus|ello|ell[ao]s?|dich[oa]s?|ambos|ambas|éste|ésta)\b",
    re.IGNORECASE,
)


def chosen(query: Query, found: Sequence[Candidate], context: Context) -> list[Candidate]:
    """The best stretch with what belongs to it, and others that are nearly as good, while the
    answer stays short; in the order of their worth.
    """
    kept: list[Candidate] = []
    budget = LIST_WORDS if query.own.asks_list else MAX_WORDS
    near = [c for c in found if c.score >= NEAR * found[0].score]
    for candidate in [*_one_for_each(query, found), *near]:
        if len(kept) >= MOST:
            break
        if any(_holds(k, candidate) for k in kept):
            continue
        room = budget - sum(k.words for k in kept)
        with_sense = _with_antecedent(candidate, context)
        fuller = (_whole(with_sense), with_sense, candidate)
        first = next((piece for piece in fuller if not kept or piece.words <= room), candidate)
        for piece in _with_following(first, context, budget):
            if not kept or sum(k.words for k in kept) + piece.words <= budget:
                kept = _joined(kept, piece)
    room = LONE - sum(k.words for k in kept)
    first = kept[0]
    if room <= 0 or first.speaker or first.hit.passage.speaker:
        return kept
    return [_grown(first, first.words + room), *kept[1:]]


def _one_for_each(query: Query, found: Sequence[Candidate]) -> list[Candidate]:
    """Where a question sets two names side by side (A or B?), the best stretch for each, best
    first; none where one stretch names both.
    """
    first = set(tokens(around(found[0])))
    names = [set(tokens(n)) for n in query.own.compared]
    if all(n <= first for n in names):
        return []
    best = [next((c for c in found if n <= set(tokens(around(c)))), None) for n in names]
    apart = [c for c in best if c is not None and c.score >= NAMED * found[0].score]
    return sorted(set(apart), key=lambda c: -c.score)


def _holds(kept: Candidate, other: Candidate) -> bool:
    same = kept.hit.passage.id == other.hit.passage.id
    words = " ".join(tokens(other.text))
    return (same and kept.start <= other.start and other.end <= kept.end) or (
        words in " ".join(tokens(kept.text))
    )


def _whole(candidate: Candidate) -> Candidate:
    """A short passage is quoted whole, but for a table."""
    text = candidate.hit.passage.text
    passage = candidate.hit.passage
    is_quote = passage.kind == "quote" or (passage.speaker and passage.kind != "turn")
    stands_alone = is_quote or passage.kind in ("table", "figure")
    if stands_alone or len(text.split()) > WHOLE:
        return candidate
    return replace(candidate, start=0, end=len(text))


def _grown(candidate: Candidate, words: int) -> Candidate:
    """A stretch with the sentences that follow it in its passage, up to so many words: a lone
    sentence is rarely all that is said. Rows of a table stand alone.
    """
    passage = candidate.hit.passage
    end = candidate.end
    for stretch in (part.stretch for part in candidate.hit.parts):
        text = passage.text[candidate.start : stretch.end]
        if stretch.kind == "sentence" and stretch.start >= end and len(text.split()) <= words:
            end = stretch.end
    return replace(candidate, end=end)


def _with_antecedent(candidate: Candidate, context: Context) -> Candidate:
    """A sentence that begins by pointing back ("It also ...", "This event ...") with the one before
    it, which says what is meant.
    """
    passage = candidate.hit.passage
    if candidate.row or not POINTS_BACK.match(candidate.text):
        return candidate
    before = [
        p.stretch.start
        for p in candidate.hit.parts
        if p.stretch.kind == "sentence" and p.stretch.start < candidate.start
    ]
    start = max(before, default=candidate.start)
    start, _ = quoted_part(candidate.hit, (start, candidate.end), context) or (start, candidate.end)
    longer = len(passage.text[start : candidate.end].split())
    return replace(candidate, start=start) if longer <= LONG else candidate


def _with_following(candidate: Candidate, context: Context, budget: int) -> Iterator[Candidate]:
    """A stretch that announces a list is followed by the list's items, a heading by the first
    words under it.
    """
    yield candidate
    room = budget - candidate.words
    following = context.following(candidate.hit.passage)
    if candidate.hit.passage.kind == "heading":
        following = [p for p in following[:1] if p.kind in ("paragraph", "list_item")]
    elif candidate.text.rstrip().endswith(":"):
        following = list(takewhile(lambda p: p.kind == "list_item", following))
    else:
        return
    whole = sum(len(p.text.split()) for p in following) <= room
    for passage in following:
        end = len(passage.text) if whole else _first_clause(passage.text)
        room -= len(passage.text[:end].split())
        if room < 0:
            return
        yield replace(candidate, hit=context.place(passage.id), start=0, end=end)


def _first_clause(text: str) -> int:
    """Where the first clause of some words ends, so that each item of a long list is named."""
    ends = (m.start() for m in re.finditer(r"[,;:.](?=\s|$)|\s[-–—(]", text))
    return next((end for end in ends if len(text[:end].split()) >= CLAUSE), len(text))


def _joined(kept: list[Candidate], piece: Candidate) -> list[Candidate]:
    """With one more stretch; two that touch in a passage become one, but for rows of a table, each
    of which is read with its own labels, and the words of one and what is told of them.
    """
    for i, other in enumerate(kept):
        text = piece.hit.passage.text
        if other.hit.passage.id != piece.hit.passage.id or piece.row or other.row:
            continue
        if other.speaker != piece.speaker:
            continue
        first, second = sorted((other, piece), key=lambda c: c.start)
        if not text[first.end : second.start].strip():
            kept[i] = replace(other, start=first.start, end=max(first.end, second.end))
            return kept
    return [*kept, piece]

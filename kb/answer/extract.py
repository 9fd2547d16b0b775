"""Question + hits -> the stretches of the documents that answer best, word for word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.answer.wanted import KINDS
from kb.excerpt import Span, read_at
from kb.question import Query, Question
from kb.records import Hit, Passage, Quote
from kb.text import fold, is_asking, stemmed, stop_words, tokens

READ_HITS = 8  # passages whose stretches are weighed
LONG = 60  # words; of a longer stretch only a window is quoted
WINDOW = 45
CAPTION = 80  # characters of a table, its caption among them

_DEFINES = (
    r"\b(?:is|are|was|means?|refers?|stands?|involves?|consists?|es|son|significa|consiste)\b"
)

SPEAKING = frozenset(
    "say says said think thinks thought believe believes view views opinion opinions argue argued "
    "comment comments opine opines speak spoke talk talked words statement "
    "dice dicen dijo dijeron piensa piensan pensaba pensaban opina opinan opino opinaba opinaban "
    "opinion cree creen creia creian afirma comenta palabras".split()
)
FULL = 25  # words
SUBJECT = 90  # characters
MOST_LABEL = 5  # words before a colon that it explains
SMALL = stop_words("en") | stop_words("es")
SIGNS = 3  # quotation marks and stops that may stand around a quotation's words
DEFINES = 0.3  # gained by what says what a word is, and once more if it begins with that word
RANK, COSINE, COVERED, LATE = 2.0, 0.5, 0.25, 2.0
ODDS, LEAST_ODDS = 0.1, -5.0  # lower ones are all one


@dataclass(frozen=True, slots=True, repr=False)
class Context:
    """What stands around a passage, and who is quoted in it."""

    following: Callable[[Passage], Sequence[Passage]]  # the next passages of its section
    quotes: Mapping[int, Sequence[tuple[Span, Quote]]]  # passage id -> quotes in it
    weight: Callable[[str], float]  # of a stem: how much it tells
    place: Callable[[int], Hit]  # a passage as a hit
    marks: Mapping[int, Sequence[Span]]  # passage id -> where footnote marks stand in its text

    def read(self, passage: Passage, at: Span) -> str:
        """A stretch of a passage as it is read: footnote marks left out."""
        return read_at(passage.text, at, self.marks.get(passage.id, ()))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a hit's text that may answer, and how well, from 0 to about 3."""

    hit: Hit
    start: int
    end: int
    score: float
    cosine: float
    unmet: float  # of the question (see Part)
    odds: float  # the logarithm of the odds that it answers; UNREAD if nothing read it
    plain: str  # as it is read: the mark of a footnote is no number
    row: str = ""  # of a row of a table or chart: its cells with their labels
    speaker: str | None = None  # whose words it is

    @property
    def text(self) -> str:
        return self.hit.passage.text[self.start : self.end]

    @property
    def words(self) -> int:
        return len(self.text.split())


def candidates(query: Query, hits: Sequence[Hit], context: Context) -> list[Candidate]:
    """Stretches of the first hits, best first."""
    made = [c for hit in hits[:READ_HITS] for c in _of_hit(query, hit, hits[0].score, context)]
    return sorted(made, key=lambda c: (-c.score, c.hit.rank, c.start))


def _of_hit(query: Query, hit: Hit, best: float, context: Context) -> Iterator[Candidate]:
    question = query.reading(hit.passage.language)
    for part in hit.parts:
        stretch = part.stretch
        start, end = stretch.start, stretch.end
        text = hit.passage.text[start:end]
        if is_asking(text):
            continue
        if is_signature(hit, (start, end), context) and not _asks_of_somebody(query):
            continue
        plain = context.read(hit.passage, (start, end))
        read = stretch.reading if stretch.kind == "row" else f"{text} {hit.passage.speaker or ''}"
        covered = share(question, read, context.weight)
        score = (
            RANK * hit.score / best + COSINE * part.cosine + COVERED * covered + LATE * part.late
        )
        score += ODDS * max(part.odds, LEAST_ODDS)
        score += _kind_bonus(query.own, hit, plain, (start, end), context)
        score += DEFINES * (_is_definition(question, text) + _begins_with(question, text))
        if quoted := quoted_part(hit, (start, end), context):
            start, end = quoted
        if len(text.split()) > LONG:
            start, end = _window(question, hit.passage.text, start, end)
        row = stretch.reading if stretch.kind == "row" else ""
        speaker = speaker_at(hit, (start, end), context)
        near = (part.cosine, part.unmet, part.odds)
        yield Candidate(hit, start, end, score, *near, plain, row, speaker)


def share(question: Question, text: str, weight: Callable[[str], float]) -> float:
    """Share of the question's words, weighted by rarity, that stand in a text; 0 to 1."""
    there = set(stemmed(tokens(text), question.language))
    weights = {stem: weight(stem) for stem in stemmed(question.words, question.language)}
    total = sum(weights.values())
    return sum(w for stem, w in weights.items() if stem in there) / total if total else 0.0


def holds_kind(query: Query, candidate: Candidate) -> bool:
    """Whether a stretch holds the kind of thing asked for; a table's unit stands in its header."""
    passage, is_name = candidate.hit.passage, query.own.wants in ("who", "place")
    is_unit = passage.kind in ("table", "figure") and not is_name
    text = passage.text if is_unit else candidate.row or candidate.plain
    found = KINDS[query.own.wants].finditer(text)
    if not is_name:
        return any(found)
    # Who or where it is cannot be what the question names already.
    asked = {t for reading in query.readings.values() for t in tokens(reading.text)}
    if query.own.wants == "who" and passage.speaker is not None:
        return True
    return any(set(tokens(f.group())) - asked for f in found)


def around(candidate: Candidate) -> str:
    """A passage with what stands above it, and the labels of its rows."""
    hit = candidate.hit
    rows = [p.stretch.reading for p in hit.parts if p.stretch.kind == "row"]
    return " ".join([hit.passage.clean, *rows, *_above(hit)])


def so_far(candidate: Candidate) -> str:
    """A passage up to the end of the stretch, with what stands above it; of a table, the row."""
    passage = candidate.hit.passage
    read = candidate.row or passage.text[: candidate.end]
    return " ".join([read, *_above(candidate.hit)])


def _above(hit: Hit) -> Sequence[str]:
    passage = hit.passage
    caption = passage.text[:CAPTION] if passage.kind in ("table", "figure") else ""
    parts = (hit.section, passage.context, passage.speaker, passage.also, caption)
    return [part for part in parts if part]


def _kind_bonus(own: Question, hit: Hit, text: str, at: Span, context: Context) -> float:
    speaker = speaker_at(hit, at, context)
    if own.wants == "who" and own.asks_speaker:
        return 0.5 if speaker else 0.0
    if speaker and any(name in fold(speaker) for name in map(fold, own.names)):
        # Asked what somebody said, with no subject, the fuller words say more.
        full = min(len(text.split()), FULL) / FULL if _has_no_subject(own) else 0.0
        return 0.4 + 0.5 * full
    if own.wants != "text" and not KINDS[own.wants].search(text) and not speaker:
        return -0.3
    return 0.0


def _has_no_subject(own: Question) -> bool:
    """Whether a question names somebody and nothing that was spoken of."""
    named = {t for name in own.names for t in tokens(name)}
    return bool(named) and all(word in named or word in SPEAKING for word in own.words)


def asks_all_of(query: Query) -> bool:
    """Whether a question is what somebody said, on whatever subject."""
    return _has_no_subject(query.own) and bool(SPEAKING & set(tokens(query.text)))


def _asks_of_somebody(query: Query) -> bool:
    """Whether a question is who somebody is, which the line below a quotation says."""
    return _has_no_subject(query.own) and not asks_all_of(query)


def all_of(query: Query, found: Sequence[Candidate]) -> list[Candidate]:
    """The words of the one whom a question names with no subject ("What did Ana Ruiz say?"); none
    if it is another question or nobody of that name is quoted.
    """
    named = {t for name in query.own.names for t in tokens(name)}
    if not asks_all_of(query):
        return []
    return [c for c in found if c.speaker and named <= set(tokens(c.speaker))]


def speaker_at(hit: Hit, at: Span, context: Context) -> str | None:
    """Whose words a stretch is: the passage's speaker, or one who is quoted in it."""
    if is_signature(hit, at, context):
        return None
    quote = quote_at(hit, at, context)
    return hit.passage.speaker or (quote.speaker if quote else None)


def is_signature(hit: Hit, at: Span, context: Context) -> bool:
    """Whether a stretch is the line that says whose words a quotation is; it is none of them."""
    is_quote = hit.passage.kind == "quote" and hit.passage.id in context.quotes
    return is_quote and not quote_at(hit, at, context)


def quote_at(hit: Hit, at: Span, context: Context, whole: bool = False) -> Quote | None:
    """The quotation that a stretch is a part of, or holds.

    :param whole: only one that holds all of the stretch but marks at its ends; what somebody tells
        beside a quotation is not the speaker's.
    """
    return next(
        (
            quote
            for (start, end), quote in context.quotes.get(hit.passage.id, ())
            if start < at[1]
            and at[0] < end
            and (not whole or (start - SIGNS <= at[0] and at[1] <= end + SIGNS))
        ),
        None,
    )


def quoted_part(hit: Hit, at: Span, context: Context) -> Span | None:
    """The part of a stretch that is within a quotation, so that who said it and what others say
    of it stay apart; None if it is the words of one speaker throughout, or of none.
    """
    if hit.passage.kind == "turn" or not (hit.passage.kind == "quote" or hit.passage.speaker):
        return None
    for (start, end), _ in context.quotes.get(hit.passage.id, ()):
        if start < at[1] and at[0] < end:
            return max(start, at[0]), min(end, at[1])
    return None


def _is_definition(question: Question, text: str) -> bool:
    """Whether a stretch says what a word of the question is, or is headed by it ("Nets: ...")."""
    if not question.asks_definition or not question.words:
        return False
    head = " ".join(text.split()[:12])
    named = [w for w in question.words if w in tokens(head)]
    label = tokens(head.split(":")[0]) if ":" in head else []
    return bool(named) and (
        re.search(_DEFINES, head, re.IGNORECASE) is not None
        or (0 < len(label) <= MOST_LABEL and set(named) >= set(label) - SMALL)
    )


def _begins_with(question: Question, text: str) -> bool:
    """Whether a stretch is of nothing but what is asked about, up to its verb: "Nets are ...", or
    "Sea fishing nets (SFN) are ..." where the question has the letters.
    """
    found = re.match(rf"(.{{2,{SUBJECT}}}?){_DEFINES}", text, re.IGNORECASE)
    if not question.asks_definition or not found:
        return False
    begins = re.sub(r"\([^)]*\)", "", found[1]).rsplit(",")[-1]
    subject = [t for t in tokens(begins) if t not in SMALL]
    stems = set(stemmed(question.words, question.language))
    others = [t for t in subject if not stems & set(stemmed([t], question.language))]
    letters = "".join(t[0] for t in others)
    return bool(subject) and (not others or letters in question.words)


def _window(question: Question, text: str, start: int, end: int) -> Span:
    """The part of a long stretch with most words of the question."""
    words = [m.span() for m in re.finditer(r"\S+", text[start:end])]
    stems = set(stemmed(question.words, question.language))
    hits = [bool(stems & set(stemmed(tokens(text[start + a : start + b]), question.language)))
            for a, b in words]  # fmt: skip
    counts = [sum(hits[i : i + WINDOW]) for i in range(max(1, len(words) - WINDOW + 1))]
    best = [i for i, count in enumerate(counts) if count == max(counts)]
    at = best[len(best) // 2]  # so that what is asked for stands in the middle
    last = min(at + WINDOW, len(words)) - 1
    return start + words[at][0], start + words[last][1]

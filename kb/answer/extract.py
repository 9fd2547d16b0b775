"""Question + hits -> the stretches of the documents that answer best, word for word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kb.excerpt import Span, read_at
from kb.question import Query, Question
from kb.records import Hit, Passage, Quote
from kb.text import fold, stemmed, stop_words, tokens

READ_HITS = 8  # passages whose stretches are weighed
MAX_WORDS = 85  # quoted in an answer
LIST_WORDS = 120
LONG = 60  # words; of a longer stretch only a window is quoted
WINDOW = 45
CAPTION = 80  # characters of a table, its caption among them
WHOLE = 45  # words; a passage up to this length is quoted whole
NEAR = 0.78  # of the best score; what is below does not join the answer
MOST = 4  # stretches
NAMED = 0.6  # of the best score, for the best stretch on one of several that are named
LONE = 70  # words; a shorter answer is filled up with what follows the best stretch

# What a stretch must hold to be the kind of thing that is asked for.
KINDS = {
    # Not the number of an article or an item, nor a year, nor a part of a name (4G).
    "number": re.compile(
        r"(?!^\d{1,2}[.)]\s)(?<![\w.,])(?<!rticle )(?<!able )(?<!igure )(?<!ection )(?<!rtículo )"
        r"(?!(?:1[5-9]|20)\d\d(?![\d.,]*\d))\d[\d.,]*(?![\dA-Za-z])"
        r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred"
        r"|thousand|million|half|uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
        r"|diez|once|doce|cien|mil|millones)\b",
        re.IGNORECASE,
    ),
    "duration": re.compile(
        r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|several|few"
        r"|una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|medio|media|vari[oa]s))"
        r"(?:-| \w+ | )?(?:years?|months?|weeks?|days?|hours?|minutes?|decades?|años?|mes(?:es)?"
        r"|semanas?|d[ií]as?|horas?|minutos?|décadas?|km|metres?|kilomet(?:re|er)s?|miles?|metros?)\b"
        r"|\b(?:since|until|desde|hasta) (?:19|20)\d\d\b|\b(?:for good|permanent\w*|temporary)\b",
        re.IGNORECASE,
    ),
    "percent": re.compile(
        r"(?:\d\s*|\()(?:%|per ?cent|por ciento)|\d+(?:st|nd|rd|th)\b"
        r"|\b(?:half|third|quarter|mitad|tercio|cuarto|one in|two in|three in|ranked|score)\b",
        re.IGNORECASE,
    ),
    "money": re.compile(
        r"[$€£]\s?\d|\d[\d,.]*\s*(?:million |billion |thousand )?(?:\w+ )?(?:pesos|dollars|euros"
        r"|pounds|crowns|coronas|usd|eur|mxn|dólares)|\bGDP\b|\bPIB\b",
        re.IGNORECASE,
    ),
    "contact": re.compile(r"\w@\w|\+?\d[\d ()-]{6,}\d"),
    "year": re.compile(r"\b(?:1[5-9]|20)\d\d\b"),
    "who": re.compile(
        r"[A-ZÀ-Þ][\w’'-]+\s+(?:(?:de|del|la|van|von|of|the|for)\s+)*[A-ZÀ-Þ][\w’'-]+|\b[A-ZÀ-Þ]{2,}\b"
        r"|\b(?i:minist(?:er|ry)|council|committee|president|director|secretary|authorit(?:y|ies)"
        r"|agency|government|governor|mayor|ministr[oa]|ministerio|ayuntamiento|diputaci[oó]n|consejo"
        r"|comit[eé]|gobierno|gobernador[a]?|alcald(?:e|es|esa|[ií]a)|secretar[ií][oa]|autoridad(?:es)?"
        r"|agencia)\b",
    ),
    "text": re.compile(r"\w"),
}  # fmt: skip
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
MOST_LABEL = 5  # words before a colon that it explains
SMALL = stop_words("en") | stop_words("es")
SIGNS = 3  # quotation marks and stops that may stand around a quotation's words
CLAUSE = 4  # words that name an item of a list
# What a sentence begins with that speaks of the one before.
POINTS_BACK = re.compile(
    r"(?:it|its|they|their|he|his|she|her|this|these|those|such|both|there|este|esta|estos|estas|esto"
    r"|ese|esa|eso|su|sus|ello|ell[ao]s?|dich[oa]s?|ambos|ambas|éste|ésta)\b",
    re.IGNORECASE,
)
RANK, COSINE, COVERED, LATE = 2.0, 0.5, 0.25, 2.0


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
        if text.rstrip('”"’)').endswith("?"):
            continue  # a question answers none
        is_quote = hit.passage.kind == "quote" and hit.passage.id in context.quotes
        if is_quote and not quote_at(hit, (start, end), context):
            continue  # the line that says whose words they are
        plain = context.read(hit.passage, (start, end))
        read = stretch.reading if stretch.kind == "row" else f"{text} {hit.passage.speaker or ''}"
        covered = share(question, read, context.weight)
        score = (
            RANK * hit.score / best + COSINE * part.cosine + COVERED * covered + LATE * part.late
        )
        score += _kind_bonus(query.own, hit, plain, (start, end), context)
        score += 0.3 * bool(_is_definition(question, text))
        if quoted := _quoted(hit, (start, end), context):
            start, end = quoted
        if len(text.split()) > LONG:
            start, end = _window(question, hit.passage.text, start, end)
        row = stretch.reading if stretch.kind == "row" else ""
        speaker = speaker_at(hit, (start, end), context)
        yield Candidate(hit, start, end, score, part.cosine, part.unmet, plain, row, speaker)


def share(question: Question, text: str, weight: Callable[[str], float]) -> float:
    """Share of the question's words, weighted by rarity, that stand in a text; 0 to 1."""
    there = set(stemmed(tokens(text), question.language))
    weights = {stem: weight(stem) for stem in stemmed(question.words, question.language)}
    total = sum(weights.values())
    return sum(w for stem, w in weights.items() if stem in there) / total if total else 0.0


def holds_kind(query: Query, candidate: Candidate) -> bool:
    """Whether a stretch holds the kind of thing asked for; a table's unit stands in its header."""
    passage = candidate.hit.passage
    text = passage.text if passage.kind in ("table", "figure") else candidate.plain
    found = KINDS[query.own.wants].finditer(text)
    if query.own.wants != "who":
        return any(found)
    # Who it is cannot be what the question names already.
    asked = {t for reading in query.readings.values() for t in tokens(reading.text)}
    return passage.speaker is not None or any(set(tokens(f.group())) - asked for f in found)


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
    quote = quote_at(hit, at, context)
    return hit.passage.speaker or (quote.speaker if quote else None)


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


def _quoted(hit: Hit, at: Span, context: Context) -> Span | None:
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
    if room <= 0 or speaker_at(first.hit, (first.start, first.end), context):
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
    start, _ = _quoted(candidate.hit, (start, candidate.end), context) or (start, candidate.end)
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
    of which is read with its own labels.
    """
    for i, other in enumerate(kept):
        text = piece.hit.passage.text
        if other.hit.passage.id != piece.hit.passage.id or piece.row or other.row:
            continue
        first, second = sorted((other, piece), key=lambda c: c.start)
        if not text[first.end : second.start].strip():
            kept[i] = replace(other, start=first.start, end=max(first.end, second.end))
            return kept
    return [*kept, piece]

"""Question + stretches -> those that can answer it: of the kind of thing, the name, the year, the
number and the side that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.answer import asking
from kb.answer.extract import SPEAKING, Candidate, around, holds_kind, so_far
from kb.answer.kinds import LEADERS, LEADS
from kb.answer.known import Known
from kb.answer.wanted import KINDS
from kb.excerpt import Span
from kb.question import Query, Question, is_question, read_labels
from kb.stance import stance
from kb.text import fold, stemmed, tokens

COUNTED_LIKE = 0.1  # of what is counted and a word beside a number
# Log odds from which on the reranker knows better than the checks. Of documents held out, the first
# stretch is right in 0.74 so, with the checks alone in 0.73 (2026-11).
SURE = 1.5
BESIDE = 8  # words
LONG = 30  # words; a longer question names much that its answer need not
CLOSE = 0.5  # cosine at which a stretch is on the topic without sharing a word
PROPOSED = re.compile(
    r"\b(?:should|ought to|would|could|recommends?|deber\w+|podr\w+)\b", re.IGNORECASE
)
THINK_TANK = re.compile(r"\bthink[ -]tanks?\b", re.IGNORECASE)
SIDING = frozenset(
    "support supports favour favor favours favors oppose opposes agree agrees reject rejects apoya "
    "apoyan favor opone oponen rechaza rechazan".split()
)
# Words for what is counted that are not near each other out of context.
SAME = tuple(
    frozenset(line.split())
    for line in (
        "jobs job posts post positions position puestos puesto empleos empleo plazas",
        "people persons members individuals personas miembros gente",
        "firms companies businesses enterprises empresas companias",
        "documents reports papers documentos informes",
    )
)
NOTHING = re.compile(r"(?:^|[:;] )(?:0(?:[.,]0+)?\s?%?|none|no|nil|ningun[oa]|[-–—])(?:;|$)", re.I)
WHY = re.compile(r"^\W*(?:and |y )?(?:why|por qu[eé]|how come|a qu[eé] se debe)\b", re.IGNORECASE)
# A deadline is no date of what was.
BY_THEN = re.compile(
    r"\b(?:by|before|until|antes de|para|hasta) (?:the end of |(?:el )?(?:fin(?:al)? de )?)?"
    r"(?:19|20)\d\d\b",
    re.IGNORECASE,
)
GOAL = re.compile(r"\b(?:goals?|targets?|aims? (?:to|at|of)|metas?|objetivos?) ", re.IGNORECASE)
REFUSES = re.compile(
    r"\b(?:not|never|no|nor|cannot|against|avoid\w*|oppos\w+|stop\w*|ban\w*|abolish\w*|clos\w+|fin(?:e|ed|es|ing)"
    r"|should(?:n't| not)|nunca|contra|evit\w+|prohib\w+|elimin\w+|supri\w+|cerra\w+|multa\w*)\b",
    re.IGNORECASE,
)
FUTURE = re.compile(
    r"\b(?:goal|target|aim|plan|should|will|would|could|must|end up|by (?:19|20)\d\d|meta|objetivo"
    r"|deb\w+|va[n]? a|\w+r(?:á|án))\b",
    re.IGNORECASE,
)
# Kinds of money that are not each other's, in words of both languages.
MONEY = tuple(
    re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for words in (
        r"salar|wage|earn|payroll|sueldo|cobra\b|ganan?\b",
        r"rent\b|rents\b|rental|alquil|arrend",
        r"fine[sd]?\b|penalt|multa|sanci|compensation",
        r"invest|inver[st]i",
        r"fees?\b|charge|tarifa|cuota|tasa\b|precio|price",
    )
)
SIDES = re.compile(
    r"against|oppos|object|reject|disagree|favou?r|support|back|endors|contra|opo[nv]|opus|rechaz"
    r"|apoy|respald"
)
POPULATION = re.compile(r"\b(?:population|inhabitants|habitantes|poblaci[oó]n)\b", re.IGNORECASE)
PEOPLE = re.compile(
    r"\b(?:population|inhabitants|residents|people|habitantes|poblaci[oó]n|personas)\b", re.I
)
LETTERS = 3  # of an acronym that may be spelt out in another language's order
_SMALL = r"(?:of|for|the|and|de|del|la|las|los|y|en|para)"
SMALL_BETWEEN = rf"\s{_SMALL}(?=\s)"
RUN = re.compile(rf"[A-ZÀ-Þ][\w’'-]+(?:\s(?:{_SMALL}\s)*[A-ZÀ-Þ][\w’'-]+)+")
LEADING = re.compile(rf"^\W*(?:and |y )?(?:who|quien(?:es)?)\b.*\b(?:{LEADS})\b")
LEAD = re.compile(rf"\b(?:{LEADS})\b")
_COUNT = KINDS["number"]
NAMED = frozenset({"number", "duration", "percent", "money", "year", "time", "text"})
OF_ONE = frozenset({"percent", "money"})
ADVICE = re.compile(
    r"\b(?:recom\w+|suger\w+|suggest\w*|propo\w+|propuest\w+|should|ought|must|advi[sc]e\w*|urge\w*"
    r"|call(?:s|ed)? (?:for|on)|deber?\w*|need(?:s|ed)? to)\b",
    re.IGNORECASE,
)


def fitting(query: Query, found: Sequence[Candidate], known: Known) -> list[Candidate]:
    """The stretches that can answer this question: of the table, the year and the one it names,
    with the kind of thing it asks for; a proposal is nothing that was done. And those that the
    reranker is sure of, as checks go by words, unless they are of another number than is named.
    """
    return [c for c in found if _fits(query, c, known) or (c.odds >= SURE and not query.named)]


def with_likelier(
    query: Query, fit: Sequence[Candidate], found: Sequence[Candidate]
) -> list[Candidate]:
    """The stretches that fit, and those that the reranker finds likelier to answer than any of
    these; best first.
    """
    if query.named:
        return list(fit)
    most = max(c.odds for c in fit)
    return [c for c in found if c.odds > most or c in fit]


def _fits(query: Query, c: Candidate, known: Known) -> bool:
    return (
        _is_of_label(query, c)
        and _is_of_year(query.own, c)
        and _is_of_name(query, c, known)
        and _is_of_advice(query.own, c)
        and _is_asked_row(query, c)
        and _is_of_lead(query, c)
        and _is_of_people(query, c)
        and _is_of_count(query, c, known)
        and _is_of_money(query, c)
        and _is_of_side(query, c, known)
        and not (query.own.asks_done and PROPOSED.search(c.plain))
        and not (query.own.asks_against and not REFUSES.search(so_far(c)))
        and _is_planned(query.own, c)
        and not (query.own.asks_past and BY_THEN.search(c.plain))
        and not (c.row and WHY.search(query.text))
        and _is_of_lack(query.text, c)
        and not _is_goal(query, c)
        and _is_of_topic(query, c)
        and (bool(query.own.side) or holds_kind(query, c))
    )


def _is_of_name(query: Query, candidate: Candidate, known: Known) -> bool:
    """Whether what a question names stands beside its answer: the rarest name, and with a sum or a
    share every one. What one body spent is not what another did.
    """
    is_long = len(query.text.split()) > LONG
    if query.own.wants not in NAMED or is_long or not is_question(query.text):
        return True
    # A name that the translation changed (PIB, GDP) is none of the documents' own.
    text = query.reading(candidate.hit.passage.language).text
    read = {re.sub(r"['’]s?$", "", token) for token in tokens(text)}
    names = [n for n in query.own.names if set(tokens(n)) <= read & known.words.keys()]
    if query.own.wants not in OF_ONE:
        names = sorted(names, key=lambda n: min(known.words[t] for t in tokens(n)))[:1]
    there = around(candidate) if query.own.wants == "text" else so_far(candidate)
    return all(_is_named(name, query.own, known, there) for name in names)


def _is_named(name: str, question: Question, known: Known, text: str) -> bool:
    """Whether a name stands in a text, written out, or another with which it is compared."""
    forms, there = (name, *known.forms(name), *question.compared), tokens(text)
    return any(_all_stand(form, there) for form in forms) or _is_spelt_out(name, text)


def _is_spelt_out(name: str, text: str) -> bool:
    """Whether words with capitals begin with the letters of an acronym, in the order of another
    language too: "SAT", the Tax Administration Service.
    """
    if not name.isupper() or len(name) < LETTERS:
        return False
    runs = (re.findall(r"\b[^\W\d_]", re.sub(SMALL_BETWEEN, " ", r)) for r in RUN.findall(text))
    windows = (run[i : i + len(name)] for run in runs for i in range(len(run) - len(name) + 1))
    return any(sorted(fold("".join(w))) == sorted(fold(name)) for w in windows)


def _all_stand(name: str, words: Sequence[str]) -> bool:
    """Whether each word of a name is there, inflected or not."""
    return bool(name) and all(
        any(w == t or (len(t) >= 4 and w.startswith(t)) for w in words) for t in tokens(name)
    )


def _is_asked_row(query: Query, candidate: Candidate) -> bool:
    """Whether a row of a list of people may answer a question: people are asked for, or who is
    named in it. Its words are posts and bodies, near to much that is asked.
    """
    if candidate.hit.passage.kind != "participant" or not is_question(query.text):
        return True
    there = tokens(candidate.hit.passage.text)
    readings = query.readings.values()
    if query.own.wants == "text" and SPEAKING & _said(query):
        return False  # to be listed is not to have said anything
    named = [name for q in readings for name in (*q.names, *q.compared)]
    return any(q.asks_people for q in readings) or any(_all_stand(n, there) for n in named)


def _is_of_lead(query: Query, candidate: Candidate) -> bool:
    """Whether words tell of a lead, where the question is who leads."""
    if not LEADING.search(fold(query.text)):
        return True
    text = candidate.plain if not candidate.row else candidate.row
    return bool(LEADERS & {fold(t) for t in tokens(text)}) or bool(LEAD.search(fold(text)))


def _is_of_side(query: Query, candidate: Candidate, known: Known) -> bool:
    """Whether words take the side that is asked for, where the question is who does."""
    if not query.own.side:
        return True
    passage = candidate.hit.passage
    subject = [w for w in query.reading(passage.language).words if not SIDES.match(w)]
    holders = [h for h in known.holders.get(passage.id, ()) if h in candidate.text]
    sides = {stance(candidate.text, passage.language, subject, h)[0] for h in (*holders, "")}
    return query.own.side in sides


def _is_of_topic(query: Query, candidate: Candidate) -> bool:
    """Whether words are on the topic that somebody's view is asked on, not just theirs."""
    spoken = (SPEAKING | SIDING) & _said(query)
    if not spoken or not query.own.names:
        return True
    reading = query.reading(candidate.hit.passage.language)
    names = {t for n in (*query.own.names, *reading.names) for t in tokens(n)}
    topic = [w for w in reading.words if w not in names and w not in SPEAKING | SIDING]
    # What stands above all of somebody's words says nothing of these.
    there = set(stemmed(tokens(candidate.hit.passage.clean), reading.language))
    covered = any(stem in there for stem in stemmed(topic, reading.language))
    return not topic or covered or candidate.cosine >= CLOSE


def _said(query: Query) -> set[str]:
    """The words of a question; a think tank is no thinking."""
    return set(tokens(THINK_TANK.sub("", query.text)))


def _is_goal(query: Query, candidate: Candidate) -> bool:
    """Whether a figure is aimed at, where the question is how it stands."""
    if query.own.wants not in ("number", "percent") or FUTURE.search(query.text):
        return False
    return GOAL.search(candidate.plain) is not None


def _is_of_lack(text: str, candidate: Candidate) -> bool:
    """Whether a row has nothing somewhere, where the question is which have nothing of a thing."""
    return (
        not asking.asks_lack(text) or not candidate.row or NOTHING.search(candidate.row) is not None
    )


def _is_of_people(query: Query, candidate: Candidate) -> bool:
    """Whether people are spoken of, where the question is how many live somewhere."""
    if not POPULATION.search(query.text):
        return True
    return PEOPLE.search(around(candidate)) is not None


def _is_of_count(query: Query, candidate: Candidate, known: Known) -> bool:
    """Whether a number is one of what is asked for, or of its like: of learners, not of courses."""
    reading = query.reading(candidate.hit.passage.language)
    asked = [w for w in reading.counted if not w.isdigit()]
    if query.own.wants != "number" or not asked:
        return True
    text = candidate.plain
    beside = [w for number in _COUNT.finditer(text) for w in _beside(text, number.span())]
    if candidate.row:  # its columns and caption say what is counted
        beside = tokens(so_far(candidate))
    alike = [word for word in asked for same in SAME if word in same and same & set(beside)]
    return bool(alike) or any(
        known.likeness(w, reading.language, tuple(beside)) >= COUNTED_LIKE for w in asked
    )


def _beside(text: str, at: Span) -> list[str]:
    """The words around a place of a text."""
    before, after = tokens(text[: at[0]])[-BESIDE:], tokens(text[at[1] :])[:BESIDE]
    return [*before, *after]


def _is_planned(question: Question, candidate: Candidate) -> bool:
    """Whether a figure is what is to be, where the question is what it should be."""
    if not question.asks_planned or question.wants not in ("number", "money", "percent"):
        return True
    return bool(candidate.row) or FUTURE.search(candidate.plain) is not None


def _is_of_money(query: Query, candidate: Candidate) -> bool:
    """Whether money is of the kind that is asked for: a wage is no rent."""
    if query.own.wants != "money":
        return True
    kinds = [kind for kind in MONEY if kind.search(query.text)]
    return not kinds or any(kind.search(around(candidate)) for kind in kinds)


def _is_of_advice(question: Question, candidate: Candidate) -> bool:
    """Whether it is advice, where the question is why or that something is advised."""
    if not question.asks_advice:
        return True
    return ADVICE.search(around(candidate)) is not None


def _is_of_label(query: Query, candidate: Candidate) -> bool:
    """Whether words are of the table, figure or recommendation whose number a question gives."""
    passage = candidate.hit.passage
    if query.named:
        return passage.id in query.named
    labels = {label for label in query.own.labels if label[0] in ("table", "figure")}
    return not labels or bool(labels & set(read_labels(f"{passage.text[:40]} {passage.context}")))


def _is_of_year(question: Question, candidate: Candidate) -> bool:
    hit = candidate.hit
    read = f"{hit.document} {hit.passage.context} {hit.passage.text}"
    return all(year in read for year in question.years)

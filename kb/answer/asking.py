"""What a question asks of tables: which rows and columns, a value, the highest, a sum, a stage; in
English and Spanish.

Patterns of the craft, never of one report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.answer.sheets import (
    Column,
    Entry,
    Table,
    cells_in,
    column_of,
    columns_of_numbers,
)
from kb.answer.sheetwords import LEAST_LABEL, LEAST_NAMED, Vocabulary, Words, form_of, words_of

VALUE = re.compile(
    r"\bhow (?!do\b|does|did|can|could|should|is|are|was|were|will|would|to\b)|\bcu[aá]nt[oa]s?\b"
    r"|%|\bper ?cent|porcentaje|por ciento|\brank|\bscore|\bnumber\b|\bnúmero\b|puesto\b|posición"
    r"|\bshare\b|\bwhen\b|\bcu[aá]ndo\b|\bcompar|\bmore\b|\bfewer\b|\bless\b|\bmás\b|\bmenos\b"
    r"|\b(?:what|which) place\b|\bqué lugar\b|\bvalues?\b|\bvalor|\bin which\b|\ben qué\b",
    re.I,
)
NOT_CELLS = re.compile(
    r"\b(?:why|said|says?|saying|thinks?|opinions?|believes?|argued?|explain|recommend\w*"
    r"|propose\w*|what did .*\b(?:reply|answer)\b|how (?:do|does|did|can|should|could)|por qué"
    r"|dijo|dicen?|opinan?|piensan?"
    r"|recomienda\w*|propone\w*|cómo)\b",
    re.I,
)
# Rows that have nothing of what is asked: "which ports have no crane".
NONE = re.compile(
    r"\b(?:have|has|had|having|with|are|is|got) (?:no|zero|none of)\b(?!\.)|\bwithout\b|\bsin\b"
    r"|\bno (?:tienen?|tuvo|tuvieron|hay|hubo)\b|\b(?:tienen?|con|hay) (?:cero|ning[uú]n[oa]?)\b",
    re.I,
)
HIGH = re.compile(
    r"(?<!at )(?<!\bdo )(?<!\bdid )\bmost\b(?! of\b)|\b(?:highest|largest|biggest|greatest|top"
    r"|strongest|leads|leading|maximum|costliest|dearest|latest|best|first)\b|\bmás\W*$|\bmejor\b"
    r"|\b(?:la|las|el|los|con) (?:más|mayor(?:es)?|mejor(?:es)?|primer[oa]?)\b"
    r"|\bmás (?!de\b|que\b)\w+|\bmayor(?:es)? (?!de\b|que\b)|\bmáxim[oa]\b",
    re.I,
)
LOW = re.compile(
    r"(?<!at )\bleast\b|\b(?:fewest|lowest|smallest|bottom|last|minimum|cheapest|earliest|worst"
    r"|weakest)\b"
    r"|\bmenos (?!de\b|que\b)\w+|\bmenor(?:es)? (?!de\b|que\b)|\bmínim[oa]\b|\bpeor(?:es)?\b"
    r"|\búltim[oa]s?\b|\bmás (?:baj|barat|pequeñ)[oa]s?\b|\bcon menos\b",
    re.I,
)
# These order a ranking or a score only; what comes last has the least in any table.
GRADES = re.compile(
    r"\b(?:best|worst|first|mejor(?:es)?|peor(?:es)?|primer[oa]?)\b"
    r"|(?<!come )(?<!comes )(?<!dead )\blast\b",
    re.I,
)
DATED = re.compile(r"\b(?:latest|earliest)\b", re.I)
EXTREME = frozenset(
    "most highest largest biggest greatest strongest weakest top leads leading maximum latest best "
    "better greater elder worse first least fewest lowest smallest bottom last minimum earliest "
    "worst dead second third high low mas mayor mayores mejor mejores primer primero primera "
    "maximo maxima menos menor menores minimo minima peor peores ultimo ultima ultimos "
    "ultimas alto alta altos altas bajo baja bajos bajas segundo segunda tercero tercera "
    "despues tras".split()
)
AFTER = re.compile(r"\b(?:after|tras|después de(?:l)?|apart from|aparte de)\b", re.I)
PLACES = (
    (re.compile(r"\bsecond|\bsegund[oa]\b|\b(?:after|tras|después de)l? (?:the |el |la )?"
                r"(?:first|primer)", re.I), 1),
    (re.compile(r"\bthird\b|\btercer[oa]?\b", re.I), 2),
)  # fmt: skip
NAME = re.compile(r"(?<=[a-zà-ÿ,;] )[A-ZÀ-Þ][\w’'-]{3,}")  # not what begins a sentence
SUM = re.compile(r"\btotals?\b|\bsum\b|\bin all\b|\baltogether\b|\bsuman?\b|\ben conjunto\b", re.I)
# The most of something is a number of it, not a share.
MOST_OF = re.compile(r"\b(?:most|fewest|m[aá]s|menos) (?!of\b)\w+s\b", re.I)
COUNT = re.compile(r"\bhow many\b|\bcu[aá]nt[oa]s\b|\bnumber of\b|\bnúmero de\b", re.I)
ROWS = re.compile(r"\brows?\b|\bfilas?\b", re.I)
WHICH = re.compile(r"\b(?:which|what|who|qué|cu[aá]l(?:es)?|quién(?:es)?)\b", re.I)
# What is sought, not what it is measured by: "which port", "what is the largest port".
HEAD = re.compile(
    r"\b(?:which|what|qué|cuál)\s+(?:(?:one|two|three|four|five|dos|tres|cuatro|cinco)\b\s*)?"
    r"(?:(?:is|are|was|es|fue) (?:the|el|la) (?:largest|biggest"
    r"|greatest|smallest|mayor|menor)\s+)?([^\W\d_][\w-]*)",
    re.I,
)
WHEN = re.compile(
    r"\b(?:when|year|stage|phase|period|step|cuándo|año|etapa|fase|período|periodo|paso|plazo"
    r"|momento)\b",
    re.I,
)
STAGES = re.compile(
    r"\d|\b(?:stage|phase|term|year|now|next|later|before|after|etapa|fase|plazo|año|ahora|antes"
    r"|después)\b",
    re.I,
)
WHO = re.compile(r"\b(?:who|quién(?:es)?)\b", re.I)
# What the question begins with -> the labels of the column that answers.
COLUMNS = (
    (WHEN, re.compile(r"\b(?:when|date|deadline|due|year|by|plazo|fecha|año|cuándo)\b", re.I)),
    (
        WHO,
        re.compile(r"\b(?:who|lead|owner|responsible|body|quién|responsable|organismo)\b", re.I),
    ),
)
NUMBER_WORDS = {
    "single": 1, "solo": 1, "sola": 1, "unico": 1, "unica": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "dos": 2, "tres": 3,
    "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
}  # fmt: skip
ONE = re.compile(r"\b(?:only|just|exactly|have|has|with|tienen?|con) (?:one|una?)\b", re.I)
MOST = 12  # rows of an answer
_TOP = re.compile(r"(?:\btop|(?<!of )\bthe|(?<!de )\bl[oa]s|\bwhich|\bqué)\s+(\w+)", re.I)
LESS_MORE = (
    (re.compile(r"\b(?:more than|over|above|más de|mayor que)\s+[\d$€£]", re.I), 1),
    (re.compile(r"\b(?:less than|fewer than|under|below|menos de|menor que)\s+[\d$€£]", re.I), -1),
)
OUTER = frozenset(form_of(w) for w in EXTREME)


def top_of(text: str) -> int:
    """How many of the highest are asked for: "the three ports with most boats" -> 3."""
    words = [word.casefold() for word in _TOP.findall(text)]
    numbers = [int(w) if w.isdecimal() else NUMBER_WORDS.get(w, 1) for w in words]
    return max([n for n in numbers if n <= MOST], default=1) or 1  # "the 2018 index" is none


def asks_lack(text: str) -> bool:
    """Whether a question is which have nothing of something: "Which ports have no crane?"."""
    return bool(WHICH.search(text) and NONE.search(text))


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading of the question. names: words of all readings, for names are not translated."""

    text: str
    words: Words
    names: Words
    is_named: bool  # says "table 3"


def named_rows(asked: Asked, table: Table, known: Vocabulary) -> tuple[list[Entry], Words, bool]:
    """(rows that the question names, its words for them, whether by what is their own)."""
    pool = [e for e in table.entries if not e.is_total]
    own = [words_of(e.key.text) for e in pool]
    at = [
        i for i in known.asked(own, asked.names, LEAST_LABEL)
        if own[i] - table.around & asked.names or known.share(asked.names, own[i]) > LEAST_NAMED
    ]  # fmt: skip
    full = [i for i in at if known.share(asked.names, own[i]) >= LEAST_NAMED]
    if len({own[i] & asked.names for i in at}) > 1:  # words of several labels name none in part
        at = full
    if at:
        return [pool[i] for i in at], frozenset().union(*(own[i] & asked.names for i in at)), True
    groups = [(e, words_of(c.text)) for e in pool for c in e.others if c.value is None]
    at = known.asked([words for _, words in groups], asked.names, LEAST_NAMED)
    used = frozenset[str]().union(*(groups[i][1] & asked.names for i in at))
    return [groups[i][0] for i in at], used, False


def named_columns(
    asked: Asked, entries: Sequence[Entry], row: Words, known: Vocabulary, values: bool
) -> list[Column]:
    """Columns that the question names; values: only those of numbers."""
    there = dict.fromkeys(
        column_of(e, c) for e in entries for c in e.others if not values or c.value is not None
    )
    labels = list(there)
    at = known.asked([words_of(label) for _, label in labels], asked.words - row, 0.0)
    shares = [i for i in at if _is_of_shares(entries, labels[i])]
    return [labels[i] for i in (shares if shares and "percent" in asked.words else at)]


def _is_of_shares(entries: Sequence[Entry], column: Column) -> bool:
    """Whether a column's label or one of its cells says that it is of shares of a hundred."""
    cells = (c for e in entries for c in cells_in(e, [column]))
    return "percent" in words_of(column[1]) or any("%" in c.text for c in cells)


def columns_by_kind(asked: Asked, table: Table) -> list[Column]:
    """Columns that answer when or who, whatever their words."""
    labels = [pattern for asks, pattern in COLUMNS if asks.search(asked.text)]
    there = dict.fromkeys(column_of(e, c) for e in table.entries for c in e.others)
    return [key for key in there if any(pattern.search(key[1]) for pattern in labels)]


def one_column(asked: Asked, table: Table, row: Words, known: Vocabulary) -> list[Column]:
    """The one column of numbers that is asked about; those with the same label are one."""
    named = named_columns(asked, table.entries, row, known, True)
    chosen = named or columns_of_numbers(table)
    return chosen if len({label for _, label in chosen}) == 1 else []

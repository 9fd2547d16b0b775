"""A question for how many, which or who of our own records -> one query over all rows, and a
sentence made of its rows.

A question is answered only if each of its words is understood: as the noun of a kind of record, as
a value that stands in a column, or as a word that adds nothing. What is left over makes it another
question ("participants who wore hats"), and the answer is then None. Not for numbers in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.answer.conditions import Ask, Part, Reading, place_of, words_of
from kb.answer.kinds import KINDS, Kind
from kb.records import Rows
from kb.text import fold, letters

MAX_ITEMS, MAX_WORDS = 25, 160  # of a list
ITEM_WORDS = 25
MAX_PASSAGES = 8
MAX_QUESTION = 40  # words

_OPENING = re.compile(
    r"\b(?P<count>how many|(?:the |el )?(?:total )?(?:number of|numero (?:total )?de)|cuant[oa]s)\b"
    r"|\b(?P<who>who|quien(?:es)?)\b"
    r"|^(?:(?:please|can you|could you|por favor|puedes) )?(?P<list>(?:name|list|give|show|tell"
    r"|enumerate|count|lista[r]?|enumerar?|nombrar?|dime|dame|muestra(?:me)?|cuenta|menciona)"
    r"(?: me| us)?(?: (?:a|the|la|una) (?:full |complete )?(?:list|lista)(?: completa)?"
    r" (?:of|de))?)\b"
    r"|\b(?P<which>which|cual(?:es)?)\b|\b(?P<what>what)\b|^(?:\w+ )?(?P<que>que)\b"
    r"|\b(?P<where>where|how|donde|como)\b"
)
_DOES = frozenset("do does did has have had can could will would should may must".split())
_IN_REPORT = r"(?: (?:in|according to|en|segun) (?:the|this|el|este) \w+)?$"
_EXPAND = re.compile(
    r"(?:^|\b(?:and|y) )(?:what (?:does|do) (?:the )?(?:acronym |abbreviation |initials |letters )?"
    r"(?P<a>.+?) (?:stand for|mean)|what (?:is|are) (?P<b>.+?) (?:short for|an? (?:acronym"
    r"|abbreviation) (?:for|of))|what (?:is )?the meaning of (?:the )?(?:acronym|abbreviation"
    r"|initials) (?P<c>.+?)|que (?:significan?|quieren? decir) (?:(?:las?|el) (?:siglas?"
    r"|acronimo|abreviatura) )?(?:de )?(?P<d>.+?))" + _IN_REPORT
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What the rows say, in one sentence; the query and its rows; the passages that prove them, and
    whether a reader sees the rows there.
    """

    text: str
    rows: Rows
    passages: tuple[int, ...]
    is_shown: bool = False


def counted(readings: Sequence[str], language: str, ask: Ask) -> Counted | None:
    """Answer a question about our records from all their rows, or give None if it is no such
    question.

    :param readings: the question in its own words, and in other languages; the first that is
        understood counts.
    :param ask: runs a query with ? marks and its parameters.

    Example: "How many participants are from academia?" -> "3 participants are from the sector
    Academia: ..."
    """
    known: dict[tuple[str, tuple[object, ...]], Sequence[Sequence[object]]] = {}

    def once(query: str, values: Sequence[object]) -> Sequence[Sequence[object]]:
        key = (query, tuple(values))
        if key not in known:
            known[key] = ask(*key)
        return known[key]

    for reading in dict.fromkeys(readings):
        words = words_of(reading)
        if not 0 < len(words) <= MAX_QUESTION or any(len(fold(w).split()) != 1 for w in words):
            continue
        found = _expanded(words, language, once) or _counted(words, language, once)
        if found:
            return found
    return None


def _counted(words: Sequence[str], language: str, ask: Ask) -> Counted | None:
    line = " ".join(map(fold, words))
    opening = _OPENING.search(line)
    how = "bare" if opening is None else (opening.lastgroup or "")
    opened = range(0) if opening is None else place_of(line, opening)
    after = line.split()[opened.stop : opened.stop + 1]
    if how in ("which", "what") and after and after[0] in _DOES:
        return None
    hows = {"which", "what"} if how == "que" else {how}
    named = [(_noun(k, line, opened), k) for k in KINDS if not hows.isdisjoint(k.asks.split())]
    for noun, kind in sorted(((n, k) for n, k in named if n), key=lambda pair: pair[0].start):
        reading = Reading(kind, words, line, opened, noun, ask)
        if reading.understood():
            found = _answer(kind, reading, language, ask)
            if found:
                return found
    return None


def _noun(kind: Kind, line: str, opened: range) -> range:
    """Where, from the opening on, the noun of a kind stands; empty if it does not."""
    for found in re.finditer(rf"\b(?:{kind.nouns})\b", line):
        place = place_of(line, found)
        if place.start >= opened.stop:
            return place
    return range(0)


def _answer(kind: Kind, reading: Reading, language: str, ask: Ask) -> Counted | None:
    tests = [kind.where] if kind.where else []
    tests += [part.sql for part in reading.parts]
    worst_first = reading.extreme == "worst"
    order = kind.order.replace("f.rank", "f.rank desc") if worst_first else kind.order
    tail = f" from {kind.source}"
    tail += f" where {' and '.join(tests)}" if tests else ""
    tail += f" group by {kind.group}" if kind.group else ""
    tail += f" order by {order}"
    values = tuple(value for part in reading.parts for value in part.parameters)
    rows = tuple(tuple(row) for row in ask(f"select {', '.join(kind.columns)}{tail}", values))
    if not rows or not reading.is_right_number(len(rows)):
        return None
    columns = tuple(re.sub(r"^.* as |^\w+\.", "", column) for column in kind.columns)
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    if "rank" in columns:
        said = _ranks(records, reading, language)
    else:
        said = _said(kind, records, reading.parts, language)
    proofs = [row[0] for row in ask(f"select {kind.place}{tail}", values) if row[0] is not None]
    sql = _literal(f"select {', '.join(kind.columns)}{tail}", values)
    passages = tuple(dict.fromkeys(int(str(id)) for id in proofs))[:MAX_PASSAGES]
    return Counted(said, Rows(sql, columns, rows), passages, kind.is_shown) if said else None


def _said(
    kind: Kind, records: Sequence[dict[str, object]], parts: Sequence[Part], language: str
) -> str:
    """How many, under which conditions, and which."""
    n, spanish = len(records), language == "es"
    used = {part.filter.column for part in parts}
    extra = () if used & set(kind.extra[:1]) else kind.extra
    listed = _listed([_item(record, kind.label, extra) for record in records], language)
    noun = (kind.es if spanish else kind.en)[n != 1]
    shown: dict[str, list[str]] = {}
    for part in parts:
        shown.setdefault(part.filter.es if spanish else part.filter.en, []).append(part.shown)
    told = [form.format(" ".join(words)) for form, words in shown.items()]
    if kind.group and kind.needs == ("name",):
        lead = parts[0].shown
    elif told:
        verb = ("son" if n != 1 else "es") if spanish else ("are" if n != 1 else "is")
        lead = f"{n} {noun} {verb} {(' y ' if spanish else ' and ').join(told)}"
    elif spanish:
        lead = f"Hay {n} {noun}"
    else:
        lead = f"There {'are' if n != 1 else 'is'} {n} {noun}"
    return f"{lead}: {listed}"


def _ranks(records: Sequence[dict[str, object]], reading: Reading, language: str) -> str:
    """Whose place is which, or who comes first or last; "" if several rankings compete."""
    opening, closing = "«»" if language == "es" else "“”"
    told = [
        (r["region"], r["ranking"], r["rank"], f"{opening}{r['text']}{closing}") for r in records
    ]
    if not reading.extreme:
        return "; ".join(f"{a}, {b}: {text}" for a, b, _, text in told)
    is_one_region = len({a for a, *_ in told}) == 1
    if not is_one_region and len({b for _, b, *_ in told}) > 1:
        return ""
    form, extreme = "{} ranks {} in {}, at {}: {}", reading.extreme
    if language == "es":
        form = "{} ocupa el {} lugar en {}, el {}: {}"
        extreme = {"worst": "peor", "best": "mejor"}[extreme]
    first = [row for row in told if row[2] == told[0][2]]
    return "; ".join(form.format(a, extreme, b, rank, text) for a, b, rank, text in first)


def _item(record: dict[str, object], label: Sequence[str], extra: Sequence[str]) -> str:
    name = next((str(record[c]) for c in label if record[c]), "")
    added = next((str(record[c]) for c in extra if record[c]), "")
    words = name.split()
    short = name.strip() if len(words) <= ITEM_WORDS else " ".join(words[:ITEM_WORDS]) + " …"
    return f"{short} ({added})" if added else short.rstrip(".;")


def _listed(items: Sequence[str], language: str) -> str:
    shown: list[str] = []
    for item in items[:MAX_ITEMS]:
        if sum(len(s.split()) for s in [*shown, item]) > MAX_WORDS:
            break
        shown.append(item)
    between = "; " if any("," in item for item in shown) else ", "
    rest = len(items) - len(shown)
    more = (f" y {rest} más" if language == "es" else f" and {rest} more") if rest else ""
    said = between.join(shown) + more
    return said if said.endswith("…") else f"{said}."


def _expanded(words: Sequence[str], language: str, ask: Ask) -> Counted | None:
    """What an acronym stands for."""
    line = " ".join(map(fold, words))
    found = _EXPAND.search(line)
    if not found:
        return None
    name = next(name for name, value in found.groupdict().items() if value)
    start = line[: found.start(name)].count(" ")
    run = words[start : start + len(found[name].split())]
    asked = "".join(run)
    known = dict.fromkeys(str(row[0]) for row in ask("select acronym from acronyms", ()))
    # "What does it mean?" does not ask for IT.
    same = [a for a in known if letters(a) == letters(asked) and (asked == a or len(asked) > 2)]
    if not same:
        return None
    tail = f" from acronyms where acronym in ({', '.join('?' * len(same))}) order by id"
    rows = tuple(tuple(r) for r in ask(f"select id, acronym, expansion, page{tail}", same))
    proofs = [int(str(row[0])) for row in ask(f"select passage_id{tail}", same)]
    means = " / ".join(dict.fromkeys(str(row[2]) for row in rows))
    form = "{} significa «{}»." if language == "es" else "{} stands for “{}”."
    said = form.format(same[0], means)
    sql = _literal(f"select id, acronym, expansion, page{tail}", same)
    columns = ("id", "acronym", "expansion", "page")
    return Counted(said, Rows(sql, columns, rows), tuple(dict.fromkeys(proofs))[:MAX_PASSAGES])


def _literal(sql: str, values: Sequence[object]) -> str:
    """A query with its parameters written in, to be pasted and run as it is."""
    parts = sql.split("?")
    return parts[0] + "".join(_quoted(str(v)) + p for v, p in zip(values, parts[1:], strict=True))


def _quoted(value: str) -> str:
    """A text as SQL. Datasette takes lines that begin with -- out and refuses the word pragma, even
    inside a text, and SQLite ends a text at a NUL; so these are put together from pieces.
    """
    pieces = re.split(r"([\x00\r\n]|(?<=prag)(?=ma))", value, flags=re.IGNORECASE)
    return " || ".join(
        f"char({ord(p)})" if p in ("\x00", "\r", "\n") else "'" + p.replace("'", "''") + "'"
        for p in pieces
        if p or len(pieces) == 1
    )

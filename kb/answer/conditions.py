"""Which rows a question means: its words read as values that stand in the columns of one kind of
record. Strict: a word with no meaning there, and the question is not about that kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.answer.kinds import (
    ALIKE,
    BEST,
    LEADERS,
    LEADING,
    LEADS,
    NUMBERS,
    PEOPLE,
    RANKED,
    TOOK_PART,
    WORST,
    Filter,
    Kind,
)
from kb.text import fold, stemmed, stop_words

Ask = Callable[[str, Sequence[object]], Sequence[Sequence[object]]]  # query with ?, parameters

LONGEST = 12  # words of a name
# Words that change what is asked; none is left out for being small.
_TURNS = frozenset(
    "not no nor never neither none without except excluding besides other others than more less "
    "fewer most least only each every per average why how when where if before after between "
    "during while since until said say says think thinks same such both "
    "nunca ni sin salvo excepto otro otra otros otras mas menos cada porque como cuando donde si "
    "antes despues entre durante mientras desde hasta dijo dicen dice solo ningun ninguno ninguna "
    "tampoco ambos ambas".split()
)
_PLAIN = re.compile(
    r"reports?|documents?|papers?|texts?|consultation|annex(?:es)?|appendix|appendices|lists?"
    r"|listed|total|altogether|overall|complete|full|entire|exists?|contains?|includes?"
    r"|included|appears?|given|gives?|present(?:s|ed)?|describe[sd]?|named|mentioned|knowledge|base|please"
    r"|informe|documento|texto|consulta|anexos?|apendice|lista|listad[oa]s?|existen?|contiene"
    r"|incluye|incluid[oa]s|aparecen?|figuran?|presentan?|describen?|nombrad[oa]s|mencionad[oa]s"
    r"|conocimientos?|completa|hubo|different|distinct|distint[oa]s|diferentes|various|s"
)
_LISTED = re.compile(r"\b(?:lists?|listed|annex|appendix|lista|anexo|apendice)\b")
_ANNEX = frozenset("annex appendix anexo apendice".split())
_SMALL = frozenset("the of and for in at to de del la las el los y e en para a al".split())
_ARTICLES = frozenset("the a an el la los las un una".split())
_LINKS = frozenset("of from for at in on to de del en para desde and or y o".split())
_ABOUT = frozenset("about on mention mentions mentioning concerning regarding sobre".split())
# What a word of prose must follow: "recommendations on schools", not "schools were told".
_TOPIC = _ABOUT | frozenset(
    "concern concerns relate relates relating related deal deals with of for address addresses "
    "touch cover covers containing contain contains cite cites citing have has list lists as de "
    "acerca mencionan menciona tratan tratar trata relativas relacionadas refieren para con tienen "
    "citan cita show shows muestra muestran".split()
)
_MAKES = frozenset("make makes hace hacen propone put".split())
_STOP = stop_words("en") | stop_words("es") | {"among", "amongst"}
_EDGE = "[^0-9A-Za-zÀ-ÿ]"


@dataclass(frozen=True, slots=True)
class Part:
    """A condition that a stretch of the question stands for. sql has a ? for each parameter."""

    filter: Filter
    sql: str
    parameters: tuple[object, ...]
    shown: str


class Reading:
    """A question as one about a kind of record: which words are its conditions, which are left."""

    def __init__(
        self, kind: Kind, words: Sequence[str], line: str, opened: range, noun: range, ask: Ask
    ) -> None:
        self.kind, self.words, self.forms, self.line = kind, words, line.split(), line
        self.opened, self.noun, self.ask = opened, noun, ask
        self.left = set(range(len(words))) - set(opened) - set(noun)
        self.parts: list[Part] = []
        self.extreme = ""
        self.number: int | None = None  # "the five cases"

    def understood(self) -> bool:
        """Whether every word has a meaning here."""
        if self.kind.cue and not self._take_cue():
            return False
        if self.kind.source == "participants":
            self._take_leaders()
        used = [filter for filter in self.kind.filters if filter.how not in ("prose", "job")]
        for whole in (True, False):
            for start in range(len(self.words)):
                self._take_name(start, used, whole)
        return (
            self._take_rest()
            and self._join()
            and (not self.kind.needs or any(p.filter.column in self.kind.needs for p in self.parts))
            and (bool(self.parts) or self._names_them_all())
            and not self._is_made_by()
        )

    def _is_made_by(self) -> bool:
        """What the ministry recommends is not what is recommended to it."""
        names_actor = any(p.filter.column == "actor" for p in self.parts)
        return names_actor and not _MAKES.isdisjoint(self.forms)

    def _take_cue(self) -> bool:
        cued = False
        for found in re.finditer(rf"\b(?:{self.kind.cue})\b", self.line):
            place = set(place_of(self.line, found))
            if place <= self.left:
                self.left -= place
                cued = True
        return cued

    def _take_leaders(self) -> None:
        found = re.search(rf"\b(?:{LEADS})\b", self.line)
        if found and set(place_of(self.line, found)) <= self.left:
            titles = [t for t in self._values(LEADING) if _is_leading(t)]
            self.left -= set(place_of(self.line, found))
            self.parts.append(_among(LEADING, titles, ""))

    def _take_name(self, start: int, filters: Sequence[Filter], whole: bool) -> None:
        for stop in range(min(len(self.words), start + LONGEST), start, -1):
            run, said = range(start, stop), self.words[start:stop]
            if not set(run) <= self.left or {self.forms[start], self.forms[stop - 1]} & _SMALL:
                continue
            if all(re.fullmatch(self.kind.plain, form) for form in self.forms[start:stop]):
                continue
            for filter in filters:
                if not self._may_stand(filter, start):
                    continue
                values = _named(filter, said, self._values(filter), whole, self.ask)
                if values:
                    shown = min(values, key=len)
                    if filter.how == "loose" and len(values) > 1:
                        shown = " ".join(said)
                    self.parts.append(_among(filter, values, shown))
                    self.left -= set(run)
                    return

    def _may_stand(self, filter: Filter, start: int) -> bool:
        """Whether a word at start may narrow the rows down, or is what is counted ("how many
        companies took part") or somebody else ("interviewed by the port").
        """
        is_head = self.opened.stop <= start < self.noun.start and self.kind.nouns == TOOK_PART
        ahead = [form for form in self.forms[:start] if form not in _ARTICLES]
        before = ahead[-1] if ahead else ""
        if filter.how in ("name", "person") and before in _ABOUT:
            return False
        if before in ("by", "por"):
            return self.kind.source in ("quotes", "use_cases")
        return not is_head or before in _LINKS

    def _take_rest(self) -> bool:
        """Take small words and words of a prose column; whether nothing is left."""
        prose = [f for f in self.kind.filters if f.how in ("prose", "job")]
        for at in sorted(self.left):
            form = self.forms[at]
            ahead = self.opened.stop <= at < self.noun.start
            plain = self.kind.before if ahead else self.kind.plain
            if form in _TURNS:
                return False
            if self.kind.order.startswith("f.rank") and form in (*WORST, *BEST):
                self.extreme = "worst" if form in WORST else "best"
            elif at and self.forms[at - 1] in _ANNEX and len(form) == 1:
                continue
            elif ahead and (form in NUMBERS or form.isdecimal()):
                self.number = NUMBERS.get(form) or int(form)
            elif form in _STOP or re.fullmatch(plain, form):
                continue
            elif not ahead and _PLAIN.fullmatch(form):
                continue
            elif not (prose and self._may_tell(at, prose[0]) and self._take_word(prose[0], at)):
                return False
        return True

    def _may_tell(self, at: int, filter: Filter) -> bool:
        ahead = at < self.noun.start
        told = not _TOPIC.isdisjoint(self.forms[self.noun.stop : at])
        return filter.how == "job" or ahead or told or bool(self.kind.cue)

    def _take_word(self, filter: Filter, at: int) -> bool:
        form = self.forms[at]
        alike = {word for group in ALIKE if form in group for word in group}
        forms = {
            word
            for value in self._values(filter)
            for word in words_of(value)
            if (fold(word) in alike if alike and filter.how == "job" else _same(fold(word), form))
        }
        if forms:
            tests = [f"' ' || {filter.column} || ' ' glob ?"] * len(forms)
            marks = tuple(f"*{_EDGE}{word}{_EDGE}*" for word in sorted(forms))
            self.parts.append(Part(filter, f"({' or '.join(tests)})", marks, self.words[at]))
        return bool(forms)

    def _join(self) -> bool:
        """Two values of one column count together if "or" or "and" stands between; else it is no
        question of ours.
        """
        for column in {p.filter.column for p in self.parts if p.filter.how not in ("prose", "job")}:
            same = [p for p in self.parts if p.filter.column == column]
            if len(same) > 1:
                if not {"or", "and", "o", "y", "u", "e"} & set(self.forms):
                    return False
                values = tuple(v for p in same for v in p.parameters)
                shown = " / ".join(p.shown for p in same)
                joined = _among(same[0].filter, values, shown)
                self.parts = [p for p in self.parts if p not in same] + [joined]
        return True

    def _names_them_all(self) -> bool:
        """Whether a question with no condition asks for all rows; "how many people do the
        participants represent" and "how many participants work" do not.
        """
        if self.kind.source != "participants" or self.kind.group:
            return True
        ahead = self.forms[self.opened.stop : self.noun.start]
        people = any(re.fullmatch(PEOPLE, form) for form in ahead)
        rest = [self.forms[at] for at in self.left if self.forms[at] not in _STOP]
        known = rf"{TOOK_PART}|{PEOPLE}|{_PLAIN.pattern}|took|part|names?|nombres?|parte"
        return all(re.fullmatch(known, form) for form in rest) and (
            not people or bool(_LISTED.search(self.line))
        )

    def is_right_number(self, found: int) -> bool:
        """Whether a number in the question is that of all rows or of those found."""
        where = f" where {self.kind.where}" if self.kind.where else ""
        total = len(self.ask(f"select 1 from {self.kind.source}{where}", ()))
        return self.number in (None, found, total)

    def _values(self, filter: Filter) -> list[str]:
        where = f" where {self.kind.where}" if self.kind.where else ""
        query = f"select distinct {filter.column} from {self.kind.source}{where}"
        return [str(row[0]) for row in self.ask(query, ()) if row[0] is not None]


def words_of(text: str) -> list[str]:
    """Words without signs; the s of a genitive is left out."""
    return re.findall(r"[^\W_]+", re.sub(r"(?<=\w)['’]s\b", "", text))


def place_of(line: str, found: re.Match[str]) -> range:
    """Which words of a line a match covers."""
    start = line[: found.start()].count(" ") + (found.group().startswith(" "))
    return range(start, start + len(found.group().split()))


def _among(filter: Filter, values: Sequence[object], shown: str) -> Part:
    marks = ", ".join("?" * len(values))
    return Part(filter, f"{filter.column} in ({marks})", tuple(values), shown)


def _is_leading(title: str) -> bool:
    forms = {fold(word) for word in words_of(title)}
    return bool(forms & LEADERS) and forms <= LEADERS | RANKED


def _named(
    filter: Filter, run: Sequence[str], values: Sequence[str], whole: bool, ask: Ask
) -> list[str]:
    """Values of a column that a stretch of a question names.

    whole: all of it; else its beginning or a part, if that is so of just one value.
    """
    said = _content(run)
    if not said:
        return []
    if filter.how == "loose" and whole:
        return [v for v in values if _covers(said, _content(words_of(v)), filter)]
    if filter.how == "group" and whole:
        line = " ".join(map(fold, run))
        alike = {word for group in ALIKE if line in group for word in group} | {line}
        cells = [(v, [" ".join(map(fold, words_of(s))) for s in v.split(";")]) for v in values]
        return [v for v, sectors in cells if not alike.isdisjoint(sectors)]
    if whole:
        names = [said, *_also_called(said, ask)]
        starts = set(map(_start, names))
        likely = [v for v in values if not starts.isdisjoint(_starts(v))]
        return [v for v in likely if any(_alike(n, s) for n in names for s in _segments(v))]
    if filter.how not in ("name", "person") or not run[0][0].isupper():
        return []
    begun = [v for v in values if any(_part_of(said, s, filter) for s in _segments(v))]
    return begun if len(begun) == 1 else []


def _part_of(said: Sequence[str], name: Sequence[str], filter: Filter) -> bool:
    n = len(said)
    starts = len(name) - n + 1 if filter.how == "person" else 1
    return any(_alike(said, name[i : i + n]) for i in range(starts))


def _covers(said: Sequence[str], name: Sequence[str], filter: Filter) -> bool:
    held = all(any(_same(a, b) for b in name) for a in said)
    return held and len(said) >= filter.share * len(name)


def _also_called(said: Sequence[str], ask: Ask) -> list[list[str]]:
    """Other names of the same thing: acronym and expansion, variants of people and bodies."""
    called = []
    for query in (
        "select acronym, expansion from acronyms",
        "select name, variants from people where variants <> ''",
        "select name, variants from organisations where variants <> ''",
    ):
        for first, others in ask(query, ()):
            line = f"{first}; {others}"
            if _start(said) not in _starts(line):
                continue
            names = line.split("; ")
            if any(_alike(said, s) for name in names for s in _segments(name)):
                called += [s for name in names for s in _segments(name)]
    return called


def _start(name: Sequence[str]) -> tuple[int, str]:
    """What names that are alike have in common: how many words, and the first sign. Comparing all
    names word by word would take a tenth of a question's time.
    """
    return len(name), name[0][0]


@lru_cache(maxsize=16384)
def _starts(value: str) -> frozenset[tuple[int, str]]:
    """Of the names in a cell, or in several divided by "; "."""
    return frozenset(_start(s) for part in (value, *value.split("; ")) for s in _segments(part))


@lru_cache(maxsize=16384)
def _segments(value: str) -> list[list[str]]:
    """A cell as the names that may stand in it: whole, and its parts at signs.

    A part after a comma counts only if it is an acronym or begins with one ("A, B and C" may be
    one body's name), and one beside "and" if it has two words.
    """
    parts = re.split(r"[;/()]|\s[-–—]\s", value)
    parts += [p for p in re.split(r",", value) if re.match(r"\s*[A-ZÀ-Þ]{2}", p)]
    sides = re.split(r"\s(?:and|y|&)\s", value)
    parts += [p for p in sides if len(p.split()) > 1 and all(len(s.split()) > 1 for s in sides)]
    found = [_content(words_of(p)) for p in (value, *parts)]
    return [s for s in found if s]


def _content(words: Sequence[str]) -> list[str]:
    return [form for form in map(fold, words) if form not in _SMALL]


def _alike(some: Sequence[str], others: Sequence[str]) -> bool:
    return len(some) == len(others) and all(map(_same, some, others))


def _same(word: str, other: str) -> bool:
    """Whether two folded words are forms of one: "university", "universities"."""
    if word == other or word == f"{other}s" or other == f"{word}s":
        return True
    return min(len(word), len(other)) > 3 and any(
        len(set(stemmed((word, other), language))) == 1 for language in ("en", "es")
    )

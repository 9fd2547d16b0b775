"""What a question means after the turns before it, as one question that stands alone. By rules of
two languages; not for finding answers, and no rule knows what the documents are about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kb.answer import leaning
from kb.errors import QuestionError
from kb.records import Turn
from kb.text import fold, tokens

MAX_TURNS = 6
MAX_WORDS = 15  # of a quotation or a subject that is carried on
FEW = 3  # words of a question that hardly names its subject
MAX_LENGTH = 1000  # of an earlier question, in characters
_LONGEST = 8  # words of a name

_Names = Mapping[tuple[str, ...], str]  # by folded words


def _sort(name: str) -> str:
    return "year" if name.isdigit() else "label" if leaning.NUMBERED.fullmatch(name) else "name"


class _Mention(NamedTuple):
    """A name, a numbered thing or a year, and where it stands."""

    text: str
    start: int
    end: int


def leans(question: str) -> bool:
    """Whether words of a question point to an earlier turn: "Who did that?", "And there?"."""
    return bool(leaning.LEAD.match(question) or leaning.POINTING.search(question))


def quoted(turn: Turn) -> list[str]:
    """The quotations in a turn's answer."""
    return leaning.QUOTE.findall(turn.answer)


def understood(
    question: str,
    history: Sequence[Turn],
    names: Collection[str],
    is_place: Callable[[str], bool] = lambda name: False,
    topics: Collection[str] = (),
) -> str:
    """Give the question as it stands alone, in its own language; unchanged if it leans on nothing.

    :param history: earlier turns, oldest first; the last six are read.
    :param names: what the knowledge base knows by name.
    :param is_place: whether a name is one of a region or a country.
    :param topics: folded names that the documents are about throughout; "it" is none of them.
    :raises QuestionError: for what is no question or no turn.

    Example: "What place does Vessmark take?", "And Tarrow?" -> "What place does Tarrow take?"
    """
    if not isinstance(question, str) or not isinstance(history, Sequence):
        raise QuestionError("A question is text, and its history a list of turns.")
    for turn in history:
        texts = (turn.question, turn.answer) if isinstance(turn, Turn) else ()
        if not texts or not all(isinstance(text, str) for text in texts):
            raise QuestionError(f"A turn is a question and an answer; this is {turn!r:.80}.")
    known = {_key(name): name for name in names}
    past = _past(history, known, is_place, topics)
    return _alone(_placed(question, past, known, is_place), past, known, topics)


def carried_on(
    question: str,
    history: Sequence[Turn],
    names: Collection[str],
    is_place: Callable[[str], bool] = lambda name: False,
    topics: Collection[str] = (),
) -> str:
    """Give the question with what the turn before was about in brackets: how it may be meant if
    it leans on nothing and nothing answers it alone; unchanged without a turn before.

    Example: "Which gates leak?", "How many were mended?" -> "How many were mended (gates leak)?"
    """
    known = {_key(name): name for name in names}
    past = _past(history, known, is_place, topics)
    if not past or len(question) > MAX_LENGTH:
        return question
    return _asking(f"{question.strip(' ¿?¡!.…')} ({_subject(past, known, topics)})", question)


def _past(
    history: Sequence[Turn], known: _Names, is_place: Callable[[str], bool], topics: Collection[str]
) -> list[Turn]:
    """The last turns, oldest first, each with its question as it stands alone."""
    past: list[Turn] = []
    for turn in [t for t in history if t.question.strip()][-MAX_TURNS:]:
        if past and leaning.SOURCE.match(leaning.LEAD.sub("", turn.question)):
            # Who said it, and where, is asked of the same subject.
            past[-1] = Turn(past[-1].question, f"{past[-1].answer}\n{turn.answer}")
            continue
        placed = _placed(turn.question[:MAX_LENGTH], past, known, is_place)
        past.append(Turn(_alone(placed, past, known, topics), turn.answer))
    return past


def _placed(
    question: str, past: Sequence[Turn], known: _Names, is_place: Callable[[str], bool]
) -> str:
    """A question with "that state" or "there" put as the place last spoken of, if one was."""
    there = leaning.THAT_PLACE.search(question)
    said = (
        m.text
        for turn in reversed(past)
        for text in (turn.question, *quoted(turn))
        for m in _mentions(text, known)
        if is_place(m.text)
    )
    place = next(said, "") if there else ""
    if not there or not place:
        return question
    put = f"in {place}" if there["there"] else place
    return question[: there.start()] + put + question[there.end() :]


def _alone(question: str, past: Sequence[Turn], known: _Names, topics: Collection[str]) -> str:
    if not past or len(question) > MAX_LENGTH:
        return question
    lead = leaning.LEAD.match(question)
    body = question[lead.end() if lead else 0 :].strip()
    bare, own = body.strip(" ¿?¡!.…"), _mentions(body, known)
    quotes = [quote for turn in past for quote in leaning.QUOTE.findall(turn.answer)]
    if quotes and (source := leaning.SOURCE.match(body)):
        said = body[: source.start(1)] if source[1] else re.sub(r"\blo ", "", body)
        last = max(quoted(past[-1]) or quotes[-1:], key=lambda quote: len(quote.split()))
        return _asking(f"{said.strip(' ¿?')}: “{_cut(last)}”", question)
    if word := leaning.BARE.match(body):
        return _asking(_asked_anew(word[1], past[-1].question.strip(" ¿?.")), question)
    if (found := _resolved(body, past, known, topics)) != body:
        return _asking(found, question)
    if (
        lead
        and leaning.OF_IT.fullmatch(bare)
        and _exchanged(bare, past[-1].question) == past[-1].question
    ):
        asks = "Cuál es" if "¿" in question else "What is"
        return _asking(f"{asks} {bare} ({_subject(past, known, topics)})", question)
    is_name = (
        leaning.WITHIN.fullmatch(bare)
        or "?" in body
        and fold(leaning.SMALL.sub("", bare)) in [fold(m.text) for m in own]
    )
    if (lead or is_name) and not leaning.ASKS.search(body) and len(body.split()) <= 6:
        return _asking(_swapped(bare, past, known), past[-1].question)
    leans = (
        (lead and _is_short(body)) or leaning.HEADLESS.match(body) or leaning.NO_SUBJECT.match(body)
    )
    if leans and all(m.text.isdigit() for m in own):
        counted, headless = leaning.COUNTED.search(past[-1].question), leaning.HEADLESS.match(body)
        if counted and headless:
            bare = f"{headless[1]} {counted[1]} {body[headless.end() :].strip(' ?')}"
        return _asking(f"{bare} ({_subject(past, known, topics)})", question)
    return question


def _subject(past: Sequence[Turn], known: _Names, topics: Collection[str]) -> str:
    """What the last question names or is about; of a short one ("Who pays?") also what those
    before it were about.
    """
    parts: list[str] = []
    for turn in reversed(past):
        named = _named(turn, known, topics)
        parts.insert(0, named or _topic(turn.question))
        if named or not _is_short(turn.question):
            break
    return ", ".join(dict.fromkeys(filter(None, parts)))


def _named(turn: Turn, known: _Names, topics: Collection[str]) -> str:
    """The names in a question, and who was the answer to one for a person; "" if but years and what
    the documents are about throughout are.
    """
    spoken = [m.text for m in _mentions(turn.question, known) if fold(m.text) not in topics]
    if leaning.WHO.match(turn.question):
        spoken += _speakers(turn)[:1]
    return "" if all(map(str.isdigit, spoken)) else ", ".join(dict.fromkeys(spoken))


def _is_short(question: str) -> bool:
    """Whether a question has so few words that its subject is hardly among them."""
    return len([w for w in tokens(question) if w not in leaning.STOP]) <= FEW


def names_any(question: str, names: Collection[str], topics: Collection[str] = ()) -> bool:
    """Whether a question names something of its own, years and topics aside."""
    known = {_key(name): name for name in names}
    own = [m.text for m in _mentions(question, known) if fold(m.text) not in topics]
    return not all(map(str.isdigit, own))


def _asking(text: str, like: str) -> str:
    """A text with the capital and the marks of a question that is like another."""
    text = text.strip(" ¿?¡!.")
    ends = "?" if "?" in like or leaning.OPENING.match(text) else ""
    return ("¿" if "¿" in like else "") + text[:1].upper() + text[1:] + ends


def _cut(text: str) -> str:
    words = text.split()
    return " ".join(words[:MAX_WORDS]) + ("…" if len(words) > MAX_WORDS else "")


def _topic(question: str) -> str:
    """What a question without names is about, in its own words."""
    if added := re.search(r"\((.+)\)", question):
        return added[1]
    asked = leaning.OPENING.sub("", question.strip(" ¿?."))
    asked = re.sub(r"(?i)^.*\b(?:report|informe)\b.*? (?:on|about|sobre) ", "", asked)
    return _cut(re.sub(rf"(?i)^{leaning.VERB}\s+(?:(?:the|an?|el|la|los|las)\s+)?", "", asked))


def _asked_anew(word: str, before: str) -> str:
    """An earlier question with another question word: "When?" -> "When did the port buy it?"."""
    opening = leaning.OPENING.match(before)
    rest = leaning.OPENING.sub("", before)
    how = r"(?i)(?:para |por )?(?:qui|qu[eé]$|c[oó]m|cu[aá]nd|d[oó]nd)"
    is_verb = re.match(rf"{leaning.VERB}\b", rest) and not before.lower().startswith("who")
    if opening and (is_verb or re.match(how, opening[1])):
        return f"{word} {rest}"
    return f"{before}, {'y' if re.search('[áéíóúñ]', before) else 'and'} {word.lower()}"


@lru_cache(maxsize=20_000)
def _key(name: str) -> tuple[str, ...]:
    return tuple(map(fold, leaning.WORD.findall(name)))


def _mentions(text: str, known: _Names) -> list[_Mention]:
    """What a text names, in order."""
    found, words, at = [], list(leaning.WORD.finditer(text)), 0
    while at < len(words):
        sizes = range(1, min(_LONGEST, len(words) - at) + 1)
        size = max((n for n in sizes if _is_name(words[at : at + n], known)), default=0)
        if size:
            start, end = words[at].start(), words[at + size - 1].end()
            name = text[start:end]
            shown = known.get(_key(name), name) if name.islower() else name
            found.append(_Mention(shown, start, end))
        at += max(size, 1)
    return found


def _is_name(words: Sequence[re.Match[str]], known: _Names) -> bool:
    """Whether words are a year, a numbered thing, a known name or have the capitals of one."""
    text = words[0].string
    here, before = text[words[0].start() : words[-1].end()], text[: words[0].start()].rstrip()
    folded = _key(here)
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", here) or leaning.NUMBERED.fullmatch(here):
        return True
    # Who writes without capitals names things so, too.
    if folded in known:
        shouted = len(here) > 1 and here.isupper()  # WHO is a name, who is not
        written = folded[0] not in leaning.STOP and (here[0].isupper() or text[2:].islower())
        return len(folded) > 1 or shouted or written
    parts = here.split()
    if any(_key(" ".join(parts[i:])) in known for i in range(1, len(parts))):
        return False  # "GDP of Vessmark" is no name where Vessmark is one
    begins = not before or before[-1] in ".?!¿:(“«"
    return not begins and folded[0] not in leaning.STOP and bool(leaning.CAPITALS.fullmatch(here))


def _speakers(turn: Turn) -> list[str]:
    holders = [h.strip() for h in leaning.HOLDER.findall(turn.answer) if not leaning.PAGE.search(h)]
    return [h.split(" (")[0] for h in holders if len(h.split(" (")[0].split()) < 6]


def _is_person(mention: _Mention, question: str, speakers: Collection[str]) -> bool:
    """Whether a question's name is known to speak, or stands beside a word for it."""
    near = question[: mention.start].split()[-2:] + question[mention.end :].split()[:1]
    return mention.text in speakers or bool(leaning.SAYS.search(" ".join(near)))


def _swapped(body: str, past: Sequence[Turn], known: _Names) -> str:
    """The previous question with what a fragment names in the place of its like."""
    text, rest, news = past[-1].question, body, _mentions(body, known)
    if not news and leaning.CAPITALS.fullmatch(body):  # behind "and" a capital begins no sentence
        news = [_Mention(body, 0, len(body))]
    if len(news) > 1 and re.fullmatch(r"\W*(?:and|or|y|e|o)\W*", body[news[0].end : news[1].start]):
        news = [_Mention(body[news[0].start : news[1].end], news[0].start, news[1].end)]
    speakers = [name for turn in past for name in _speakers(turn)]
    for new in news:
        is_person = new.text in speakers or bool(leaning.PERSONAL.fullmatch(new.text))
        ranked = [
            (
                bool(leaning.IN.search(body[: new.start]) and leaning.IN.search(text[: old.start])),
                _is_person(old, text, speakers) == is_person,
                (_key(old.text) in known) == (_key(new.text) in known),
                not set(tokens(old.text)) & set(leaning.KIND),
                -old.start,
                old,
            )
            for old in _mentions(text, known)
            if _sort(old.text) == _sort(new.text)
        ]
        # The likest by place, by kind, by being known; of equals the first.
        if ranked:
            old = max(ranked)[-1]
            text = text[: old.start] + new.text + text[old.end :]
            here = re.escape(body[new.start : new.end])
            rest = re.sub(rf"(?:\b(?:in|at|en)\s+)?{here}(?:['’]s)?", "", rest).strip()
    if not [w for w in tokens(rest) if w not in leaning.STOP]:
        return text
    if text == past[-1].question and (changed := _exchanged(rest, text)) != text:
        return changed
    return f"{text.strip(' ?.')} " + (rest if leaning.PREPOSED.match(rest) else f"({rest})")


def _exchanged(rest: str, text: str) -> str:
    """A question about another thing ("And about ice?") or of others ("And the students?")."""
    if within := leaning.WITHIN.fullmatch(rest):
        return _within(within, text)
    new, counted = leaning.ABOUT.match(rest), leaning.COUNTED.search(text)
    noun = leaning.SMALL.sub("", rest)
    is_thing = len(noun.split()) < 3 and not noun[:1].isupper()
    if not new and counted and is_thing and re.search(rf"{leaning.MANY}$", noun):
        before = text[: counted.start(1)]
        if article := re.match(r"(?i)l([ao]s) ", rest):
            before = re.sub(r"[ao]s(?= $)", article[1], before)
        return before + noun + text[counted.end(1) :]
    if re.match(r"(?i)(?:the|el|la|los|las) ", rest) and (subject := leaning.SUBJECT.search(text)):
        return text[: subject.start(1)] + rest + text[subject.end() :]
    for old in leaning.ABOUT.finditer(text):
        if fold(old[1]) in ((fold(new[1]),) if new else ("about", "sobre")):
            tail = re.sub(r"^.*?(?=\s(?:in|at|en|by|before|after)\s|\W*$)", "", text[old.end() :])
            return text[: old.end()] + rest[new.end() if new else 0 :] + tail
    return text


def _within(part: re.Match[str], text: str) -> str:
    """A question of another part of things: "And in farming?"."""
    put = part.group()[0].lower() + part.group()[1:]
    if old := leaning.OF_PART.search(text):
        n = next(n for n in (1, 2, 3) if old[n])
        return text[: old.start(n)] + (part[2] if n == 3 else put) + text[old.end(n) :]
    if old := leaning.LAST_PART.search(text):
        return text[: old.start()] + put + text[old.end() :]
    return text


def _resolved(text: str, past: Sequence[Turn], known: _Names, topics: Collection[str]) -> str:
    """The text with what leans on an earlier turn made plain."""
    for kind, form, pattern in leaning.PRONOUNS:
        if not (found := pattern.search(text)):
            continue
        noun, before = "", text[: found.start()]
        if kind == "noun":
            noun = fold(found[1])
            noun = noun if noun in leaning.KIND else noun.removesuffix("s")
            earlier = tokens(f"{past[-1].question} {past[-1].answer}")
            is_said = noun in earlier and noun not in leaning.STOP
            kind = leaning.KIND.get(noun, "matter" if is_said else "")
        else:
            bound = _mentions(before, known) or (kind != "place" and leaning.BINDS.search(before))
            strict = form in ("owner", "they", "in", "en")
            clause = leaning.CLAUSE.search(before)
            if (bound and (strict or clause)) or (kind == "matter" and clause):
                continue
        meant = _meant(kind, noun, past, known, topics) if kind else ""
        if not meant or fold(meant) in fold(text):
            continue
        long = (
            kind == "matter"
            or len(meant.split()) > (5 if meant[0].isupper() else 2)
            or re.search("[“,]", meant)
        )
        if long or form in ("end", "they") or (form == "owner" and " " in found.group()):
            text = f"{text.rstrip(' ?.')} ({meant})?"
            continue
        owner = "’" if meant.endswith("s") else "'s"
        plain = {"name": meant, "owner": meant + owner}.get(form, f"{form} {meant}")
        text = before + plain + text[found.end() :]
    return text


def _meant(
    kind: str, noun: str, past: Sequence[Turn], known: _Names, topics: Collection[str]
) -> str:
    """What a pronoun of a kind stands for: a name last spoken of, or the question's subject."""
    for turn in reversed(past if kind != "matter" else []):
        found = _candidates(kind, noun, turn, known)
        if names := [n for n in found if fold(n) not in topics and _may_be_meant(n, noun)]:
            return names[1 if kind == "second" and len(names) > 1 else 0]
        if kind not in ("person", "place"):
            break
    return "" if kind in ("person", "place") else _topic(past[-1].question)


def _may_be_meant(name: str, noun: str) -> bool:
    """A numbered thing is meant only by its noun: "that table"."""
    return _sort(name) != "label" or noun in tokens(name)


def _candidates(kind: str, noun: str, turn: Turn, known: _Names) -> Iterator[str]:
    """Names of a turn that a pronoun may stand for, likeliest first."""
    asked = [m for m in _mentions(turn.question, known) if not m.text.isdigit()]
    quotes = leaning.QUOTE.findall(turn.answer)
    told = [m.text for q in quotes for m in _mentions(q, known) if not m.text.isdigit()]
    rows = (row for found in leaning.ROWS.findall(turn.answer) for row in found.split("; "))
    told += [row.split(":")[0] for row in rows]
    told = [name for name in told if name not in [m.text for m in asked]]
    people = [m.text for m in asked if _is_person(m, turn.question, _speakers(turn))]
    if kind in ("first", "second"):
        both = next((pair for quote in quotes if (pair := leaning.BOTH.match(quote))), None)
        listed = list(both.groups()) if both else told or [f"“{_cut(quote)}”" for quote in quotes]
        yield from [m.text for m in asked] if len(asked) > 1 else listed
    elif kind == "person":
        yield from people + _speakers(turn)
        yield from [n for n in [m.text for m in asked] + told if leaning.PERSONAL.fullmatch(n)]
    else:
        names = [m for m in asked if m.text not in people] or (asked if kind != "place" else [])
        names.sort(key=lambda m: _key(m.text) not in known)
        yield from [m.text for m in names if noun in tokens(m.text)]
        which = leaning.WHICH.match(turn.question)
        words = tokens(which[1]) if which else []
        asked_for = {leaning.KIND.get(w.removesuffix("s")) for w in words}
        if asked_for & {"place", "thing", "many"}:
            yield from told
            yield from [f"“{_cut(q)}”" for q in quotes if kind == "many"]
        if kind == "many" and (counted := leaning.COUNTED.search(turn.question)):
            yield ", ".join([counted[1], *(m.text for m in names)])
        local = [m.text for m in names if leaning.IN.search(turn.question[: m.start])]
        if kind == "place":
            names = [m for m in names if not set(tokens(m.text)) & set(leaning.KIND)] or names
            yield from [m.text for m in names if m.text in local]
        yield from [m.text for m in names if m.text not in local] + local
        yield from told if kind == "place" else []

"""Recommendations: the numbered list of a summary (brief) and the chapter that spells them out
(full).

A title's bracket holds who should act and by when. Lettered items are rows of their own under their
recommendation. Brief and full are matched by the words of their titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import lexicon
from ingest.reading import Ids, Reading
from kb.excerpt import EMPTY, Excerpt, join
from kb.records import Recommendation, Record
from kb.text import MONTHS, fold, sentences, tokens

_CHAPTER = re.compile(
    r"\brecom(?:m|)endations?\b|\brecomendaciones\b|\bpropuestas\b", re.IGNORECASE
)
_BRIEF = re.compile(
    r"\b(?:in brief|brief|summary|at a glance|overview|resumen|en breve|síntesis|de un vistazo)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?:(?:{lexicon.ADVICE})\s*)?(?:[A-Z]{{1,2}})?(?P<number>\d{{1,2}}(?:\.\d+)?)\s*[.):–—-]?\s+",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*\((?P<inside>[^()]*)\)\.?$")
# What tells a bracket with a time or an actor from one that only explains a word.
_TIME = re.compile(
    r"\b(?:administration|administración|term|plazo|year|years|año|años|month|months|meses|phase|fase|transition|transición|"
    r"season|government|gobierno|by|within|before|until|after|next|current|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# A paragraph that begins a recommendation, and lines in it that say who should act and by when.
_STATED = re.compile(
    rf"(?:(?i:{lexicon.ADVICE})\s*(?P<number>\d{{1,2}}(?:\.\d+)?)\s*[.:–—-]\s+"
    r"|R(?P<code>\d{1,2})\s*[.:–—-]?\s+)"
    r"(?=[A-ZÀ-Þ¿“«])"
)
# Behind a stop, or with a capital: "Who: the council When: by May".
_FIELD = re.compile(
    rf"(?:^|(?<=[.;]\s)|(?<=\s)(?-i:(?=[A-ZÀ-Þ])))(?:(?P<actor>{lexicon.ACTS})|{lexicon.BY}):\s+"
    rf"(?P<value>(?:(?!\s(?:{lexicon.ACTS}|{lexicon.BY}|(?-i:[A-ZÀ-Þ]\w+)):)[^.;\n])+)",
    re.IGNORECASE,
)
_SHOULD = re.compile(
    r"(?:(?:The|El|La|Los|Las)\s+)?(?P<actor>[A-ZÀ-Þ][^,.;:]{2,80}?)"
    r"\s+(?:should|must|ought to|deber[ií]an?|deberán?|deben?)\b"
)
_UNTIL = re.compile(
    r"\b(?:by|before|until|no later than|antes de|hasta|a más tardar en)\s+"
    r"(?:the end of |finales de |fin de )?"
    rf"(?:\d{{1,2}} (?:de )?)?(?:(?:{'|'.join(MONTHS)}) (?:de )?)?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_ACTOR_APART = re.compile(r"\s*[;,]\s*")
_MATCH = 0.5  # share of common words in the shorter title


@dataclass(frozen=True, slots=True)
class Title:
    """A recommendation's heading taken apart."""

    number: str | None
    words: Excerpt
    timeframe: str | None
    actor: str | None


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """Brief and full recommendations of a document, matched."""
    brief = _brief(reading, ids)
    full = _full(reading, ids) or _stated(reading, ids) or _listed(reading, ids)
    return list(
        _matched(
            brief,
            [f for f in full if f.parent_id is None],
            [f for f in full if f.parent_id is not None],
        )
    )


def read_title(words: Excerpt) -> Title:
    """Take number and bracket off a heading.

    Example: "3. Protect privacy (next year, INAI)" -> 3, Protect privacy, next year, INAI.
    """
    found = _NUMBERED.match(words.text)
    number = found["number"] if found else None
    rest = words[found.end() :] if found else words
    bracket = _BRACKET.search(rest.text)
    if not bracket:
        return Title(number, rest.strip(), None, None)
    timeframe, actor = _bracket(bracket["inside"])
    if timeframe is None and actor is None:
        return Title(number, rest.strip(), None, None)
    return Title(number, rest[: bracket.start()].strip(), timeframe, actor)


def _bracket(inside: str) -> tuple[str | None, str | None]:
    """(timeframe, actor): parts that speak of time, and the others."""
    parts = [p for p in _ACTOR_APART.split(inside.strip()) if p]
    times = [p for p in parts if _TIME.search(p)]
    actors = [p for p in parts if p not in times]
    return ", ".join(times) or None, ", ".join(actors) or None


def _brief(reading: Reading, ids: Ids) -> list[Recommendation]:
    rows = []
    for i, block in enumerate(reading.blocks):
        section = reading.section(i)
        if block.kind != "list_item" or section is None or not _is_brief(section.path):
            continue
        title = read_title(reading.clean(i))
        if title.number is None:
            continue
        rows.append(
            Recommendation(
                ids.next(Recommendation), reading.document.id, section.id, None, None, "brief",
                _area(section.path), title.number,
                None, title.words.text, None, title.actor, title.timeframe, block.page,
                title.words.spans,
            )
        )  # fmt: skip
    return rows


def _full(reading: Reading, ids: Ids) -> list[Recommendation]:
    rows: list[Recommendation] = []
    for i, section in enumerate(reading.sections):
        parents = section.path.split(" > ")[:-1]
        is_named = re.match(rf"(?:{lexicon.ADVICE})\s*\d", section.heading, re.IGNORECASE)
        in_chapter = any(map(_CHAPTER.search, parents)) and not _is_brief(section.path)
        title = read_title(reading.outline.headings[i].words)
        has_parts = any(h.parent == i for h in reading.outline.headings)
        if not (is_named or in_chapter) or title.number is None or has_parts:
            continue
        rows += _one(reading, i, title, ids)
    return rows


def _stated(reading: Reading, ids: Ids) -> list[Recommendation]:
    """Paragraphs that begin "Recommendation 3. Count the boats." or "R3. Count the boats.", each
    with those that follow it in its section.
    """
    rows = []
    starts = {
        i: found
        for i, block in enumerate(reading.blocks)
        if block.kind in ("paragraph", "list_item")
        and reading.section(i)
        and (found := _STATED.match(reading.clean(i).text))
    }
    for i, found in starts.items():
        section, block = reading.section(i), reading.blocks[i]
        own = [i]
        for k in range(i + 1, len(reading.blocks)):
            if k in starts or reading.section(k) != section:
                break
            if reading.blocks[k].kind in ("paragraph", "list_item", "quote"):
                own.append(k)
        first, words = reading.clean(i), join([reading.clean(k) for k in own])
        rest = first[found.end() :]
        (_, end), *_ = sentences(rest.text)
        timeframe, actor = _said("\n".join(reading.clean(k).text for k in own))
        if not actor:
            told, actor = _told(rest.text[:end])
            timeframe = timeframe or told
        number = found["number"] or found["code"]
        if section:
            rows.append(
                Recommendation(
                    ids.next(Recommendation), reading.document.id, section.id, None, None, "full",
                    _area(section.path), number, None, rest[:end].strip(" .").text,
                    words.text, actor, timeframe, block.page, words.spans,
                )
            )  # fmt: skip
    return rows


def _said(text: str) -> tuple[str | None, str | None]:
    """(timeframe, actor) as lines of a text say them: "Responsible: the council. Term: May."."""
    fields = {bool(f["actor"]): f["value"].strip() for f in reversed([*_FIELD.finditer(text)])}
    return fields.get(False), fields.get(True)


def _told(sentence: str) -> tuple[str | None, str | None]:
    """The same as a sentence says them: "The Port Council should count the boats by May 2031."."""
    who, when = _SHOULD.match(sentence), _UNTIL.search(sentence)
    actor = who["actor"] if who else ""
    is_body = bool(set(tokens(actor)) & lexicon.BODY_WORDS) or actor.isupper()
    return when.group() if when else None, actor if is_body else None


def _listed(reading: Reading, ids: Ids) -> list[Recommendation]:
    """Items of a list that a sentence announces ("We recommend that the council should:")."""
    rows = []
    is_announced = False
    for i, block in enumerate(reading.blocks):
        if block.kind != "list_item" or block.text.endswith(":"):
            is_announced = block.text.endswith(":") and bool(lexicon.RECOMMENDS.search(block.text))
            continue
        section = reading.section(i)
        if not is_announced or section is None:
            continue
        clean = reading.clean(i)
        mark = lexicon.BULLET.match(clean.text) or lexicon.LETTERED.match(clean.text)
        label = mark.groupdict().get("label") if mark else None
        words = clean[mark.end() :] if mark else clean
        title = read_title(words.strip(".; "))
        rows.append(
            Recommendation(
                ids.next(Recommendation), reading.document.id, section.id, None, None, "full",
                _area(section.path), title.number, label, title.words.text, None, title.actor,
                title.timeframe, block.page, title.words.spans,
            )
        )  # fmt: skip
    return rows


def _one(reading: Reading, i: int, title: Title, ids: Ids) -> list[Recommendation]:
    """A recommendation and its lettered items. Its row's spans are those of its text, or of its
    title without one.
    """
    section = reading.sections[i]
    blocks = [
        b
        for b in reading.blocks_of(i)
        if reading.blocks[b].kind in ("paragraph", "list_item", "quote")
    ]
    first_item = next((k for k, b in enumerate(blocks) if _label(reading, b)), len(blocks))
    words = join([reading.clean(b) for b in blocks[:first_item]])
    timeframe, actor = _said(words.text)
    area = _area(section.path)
    own = Recommendation(
        ids.next(Recommendation), reading.document.id, section.id, None, None, "full", area,
        title.number, None, title.words.text,
        words.text or None, title.actor or actor, title.timeframe or timeframe, section.page,
        (words if words.text else title.words).spans,
    )  # fmt: skip
    items = []
    for b in blocks[first_item:]:
        label = _label(reading, b)
        if label is None:
            continue
        item_title, text = _item(reading.clean(b))
        items.append(
            Recommendation(
                ids.next(Recommendation), reading.document.id, section.id, own.id, None, "full",
                area, title.number, label,
                item_title.words.text, text.text or None, item_title.actor, item_title.timeframe,
                reading.blocks[b].page,
                (text if text.text else item_title.words).spans,
            )
        )  # fmt: skip
    return [own, *items]


def _label(reading: Reading, block: int) -> str | None:
    found = lexicon.LETTERED.match(reading.blocks[block].text)
    return found["label"] if found and reading.blocks[block].kind == "list_item" else None


def _item(words: Excerpt) -> tuple[Title, Excerpt]:
    """Part "a. Title (when) - text" into title and text; an item without a title is all title."""
    label = lexicon.LETTERED.match(words.text)
    rest = words[label.end() :] if label else words
    parted = re.search(r"\s+[-–—]\s+|:\s+|(?<=\))\s+(?=[A-ZÀ-Þ])", rest.text)
    if not parted or parted.start() > 120:
        return Title(None, rest.strip(), None, None), EMPTY
    title = read_title(rest[: parted.start()].strip())
    return replace(title, number=None), rest[parted.end() :].strip()


def _is_brief(path: str) -> bool:
    return any(_CHAPTER.search(part) and _BRIEF.search(part) for part in path.split(" > "))


def _area(path: str) -> str | None:
    """The heading right under the chapter of recommendations, without number and subtitle."""
    parts = path.split(" > ")
    at = next(
        (
            i
            for i, part in enumerate(parts)
            if _CHAPTER.search(part) and not re.match(r"recom\w+\s*\d", part, re.IGNORECASE)
        ),
        None,
    )
    if (
        at is None
        or at + 1 >= len(parts)
        or (at + 1 == len(parts) - 1 and _is_own_heading(parts[-1]))
    ):
        return None
    return re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", parts[at + 1]).split(":")[0]


def _is_own_heading(heading: str) -> bool:
    return bool(re.match(r"(?:recom\w+\s*)?\d{1,2}[.:]\s", heading, re.IGNORECASE))


def _matched(
    brief: Sequence[Recommendation], full: Sequence[Recommendation], items: Sequence[Recommendation]
) -> list[Recommendation]:
    """Pair each full recommendation with its brief form, best pairs first; each is used once."""
    pairs = sorted(
        ((_likeness(b, f), b.id, f.id) for b in brief for f in full),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    partner: dict[int, int] = {}
    for likeness, b, f in pairs:
        if likeness >= _MATCH and b not in partner and f not in partner:
            partner[b], partner[f] = f, b
    return [replace(r, matches_id=partner.get(r.id)) for r in (*brief, *full)] + list(items)


def _likeness(brief: Recommendation, full: Recommendation) -> float:
    a, b = (
        set(tokens(brief.title)) - lexicon.FUNCTION_WORDS,
        set(tokens(full.title)) - lexicon.FUNCTION_WORDS,
    )
    if not a or not b:
        return 0.0
    same_area = 0.1 if brief.area and full.area and fold(brief.area) == fold(full.area) else 0.0
    same_number = 0.05 if brief.number == full.number else 0.0
    return (
        len(a & b) / min(len(a), len(b)) * 0.8
        + len(a & b) / len(a | b) * 0.2
        + same_area
        + same_number
    )

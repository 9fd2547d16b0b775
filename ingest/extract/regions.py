"""Regions: sections that profile one place each, told by sub-headings that recur from one to the
next, or by names of places under a heading that announces such.

Each sub-heading says what its facts are: sectors and areas are lists inside a sentence,
institutions and policies are items, a ranking is a row of words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest.reading import Ids, Reading
from kb.excerpt import Excerpt
from kb.records import Passage, Record, Region, RegionFact, Section
from kb.text import fold, tokens

LEAST_PROFILES = 2  # places with the same sub-headings
LEAST_SHARED = 2  # sub-headings that they share
_KINDS = (
    ("key_sector", r"sectors?|sectores"),
    ("strategic_area", r"strategic|estratégic[ao]s|areas of focus|focus"),
    ("institution", r"institutions?|instituciones|organi[sz]ations"),
    ("policy", r"polic(?:y|ies)|políticas?|programmes?|programas"),
    ("vision", r"vision|visión|future|futuro"),
    ("ranking", r"rankings?|clasificaci(?:ón|ones)|posici(?:ón|ones)"),
)
_PLACES = re.compile(
    r"\b(?:regions|states|provinces|districts|counties|municipalities|regiones|estados|provincias"
    r"|departamentos|comarcas|municipios|comunidades)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[\d.]+\s+)?[A-ZÀ-Þ][\w’'-]+(?:\s(?:(?:de|del|la|las|los|el|of|the|y|and)\s)*[A-ZÀ-Þ][\w’'-]+){0,3}$"
)
_LISTED = frozenset({"key_sector", "strategic_area"})
_POPULATION = re.compile(
    r"population of (?P<value>(?:over |around |about |approximately |nearly "
    r")?[\w.,]+(?:\s(?:million|thousand))?)(?: people| inhabitants)?"
    r"|población de (?P<valor>(?:unos |más de )?[\w.,]+(?:\smillones| mil)?)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?P<value>\d[\d.,]*\s?%) of (?:the )?national GDP|(?P<valor>\d[\d.,]*\s?%) del PIB nacional"
)
_RANK = re.compile(r"(\d{1,3})(?:st|nd|rd|th|º|ª|\.º)")


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """Profiles of regions and what they state."""
    records: list[Record] = []
    for heading in _profiles(reading):
        section = reading.sections[heading]
        region = _region(reading, heading, section, ids)
        records.append(region)
        for i, other in enumerate(reading.outline.headings):
            kind = kind_of(reading.sections[i].heading) if other.parent == heading else None
            for block in reading.blocks_of(i) if kind else ():
                if kind and block in reading.passage_of:
                    records += _facts(reading, region, kind, block, ids)
    return records


def kind_of(heading: str) -> str | None:
    """What the facts under a sub-heading are.

    Example: "Key sectors" -> key_sector; "State's vision for the future" -> vision.
    """
    for kind in ("strategic_area", "key_sector", "institution", "policy", "vision", "ranking"):
        if re.search(rf"\b(?:{dict(_KINDS)[kind]})\b", heading, re.IGNORECASE):
            return kind
    return None


def _profiles(reading: Reading) -> list[int]:
    """Indexes of the headings whose sub-headings recur under their neighbours."""
    under: dict[int, set[str]] = {}
    counts = Counter(fold(section.heading) for section in reading.sections)
    for i, heading in enumerate(reading.outline.headings):
        if heading.parent is not None:
            own = reading.sections[i].heading
            if kind := kind_of(own):
                under.setdefault(heading.parent, set()).add(kind)
            elif counts[fold(own)] >= LEAST_PROFILES:
                under.setdefault(heading.parent, set()).add(fold(own))
    known = {kind for kind, _ in _KINDS}
    found = [h for h, kinds in under.items() if len(kinds) >= LEAST_SHARED and kinds & known]
    parents = Counter(reading.outline.headings[h].parent for h in found)
    alike = [h for h in found if parents[reading.outline.headings[h].parent] >= LEAST_PROFILES]
    return alike or _announced(reading)


def _announced(reading: Reading) -> list[int]:
    """Indexes of the headings that are names, each with a text, under one that says of what kind of
    place: "Ostra" and "Pell" under "Two provinces".
    """
    found = []
    for i, section in enumerate(reading.sections):
        below = [k for k, h in enumerate(reading.outline.headings) if h.parent == i]
        is_named = all(_NAME.match(reading.sections[k].heading) for k in below)
        if _PLACES.search(section.heading) and len(below) >= LEAST_PROFILES and is_named:
            found += [k for k in below if reading.blocks_of(k)]
    return found


def _region(reading: Reading, heading: int, section: Section, ids: Ids) -> Region:
    text = " ".join(reading.clean(b).text for b in reading.blocks_of(heading))
    population, share = _POPULATION.search(text), _SHARE.search(text)
    return Region(
        ids.next(Region), reading.document.id, section.id,
        re.sub(r"^[\d.]+\s+", "", section.heading),
        (population["value"] or population["valor"]) if population else None,
        (share["value"] or share["valor"]) if share else None,
        section.heading, section.page, section.spans,
    )  # fmt: skip


def _facts(
    reading: Reading, region: Region, kind: str, block: int, ids: Ids
) -> Iterator[RegionFact]:
    words = reading.clean(block)
    passage = reading.passage_of[block]
    if kind in _LISTED:
        for part in _listed(words):
            yield _fact(region, passage, kind, part, part.text, None, ids)
        return
    bullet = re.match(r"[•▪◦·●*–—-]\s+", words.text)
    words = words[bullet.end() :] if bullet else words
    if kind == "ranking":
        label, value = _row(words)
        rank = _RANK.search(value.text)
        yield _fact(
            region, passage, kind, value, label.text, int(rank.group(1)) if rank else None, ids
        )
    else:
        yield _fact(region, passage, kind, words, _named(words.text), None, ids)


def _fact(
    region: Region,
    passage: Passage,
    kind: str,
    words: Excerpt,
    name: str | None,
    rank: int | None,
    ids: Ids,
) -> RegionFact:
    return RegionFact(
        ids.next(RegionFact), region.id, region.document_id, passage.id, kind, name, words.text,
        rank,
        passage.page, words.spans,
    )  # fmt: skip


def _listed(words: Excerpt) -> list[Excerpt]:
    """Members of a list in a sentence; "and" parts only the last two."""
    whole = words.strip(" .")
    parts = whole.split(r"\s*[,;]\s*")
    if not parts:
        return []
    *first, last = parts
    opened = re.match(r"(?:and|y|e)\s+", last.text)
    if opened:
        return [*first, last[opened.end() :]]
    pair = re.search(r"\s(?:and|y|e)\s", last.text)
    is_pair = pair and len(last.text[: pair.start()].split()) == len(
        last.text[pair.end() :].split()
    )
    if pair and is_pair and first:
        return [*first, last[: pair.start()].strip(), last[pair.end() :].strip()]
    return parts


def _row(words: Excerpt) -> tuple[Excerpt, Excerpt]:
    """(label, value) of a ranking: the value begins where a number or "ranked" does."""
    found = re.search(r"(?:[A-ZÀ-Þ]+\s)?[Rr]anked|\d|[Ll]ugar|[Pp]uesto", words.text)
    at = found.start() if found and found.start() else 0
    return words[:at].strip(), words[at:].strip()


def _named(text: str) -> str | None:
    """The capitalised words that a fact begins with."""
    found = re.match(
        r"(?:The |El |La |Among [^,]+, )?((?:[A-ZÀ-Þ@][\w’'&.-]*)(?:[,]?\s(?:(?:of|the|for|and|to"
        r"|de|del|la|los|las|y|para|in)\s)*[A-ZÀ-Þ][\w’'&.-]*)*)",
        text,
    )
    return (
        found.group(1)
        if found and len(tokens(found.group(1))) and fold(found.group(1)) not in ("in", "a", "to")
        else None
    )

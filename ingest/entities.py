"""People and organisations over all documents: one row each, and who names them points to it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.reading import Ids
from kb.records import Acronym, Interview, Organisation, Participant, Person, Quote, Record
from kb.text import tokens

_TITLES = frozenset("dr dra mr mrs ms prof professor sir dame sr sra".split())
RARE = 2  # names that a word of a role or body may stand beside and still tell somebody
LEAST_SHARED = 2  # such words that two names must share to be one person


def link(records: Sequence[Record], ids: Ids) -> list[Record]:
    """Add people and organisations, and set person_id and organisation_id of records that name
    them.

    Two spellings are one person if they are equal but for case, accents and titles, or if one has
    all names of the other in order and their roles or bodies show that they are one. Two names of a
    body are one if equal but for "the", or one is the acronym that a document gives for the other.
    """
    names: dict[str, list[str]] = defaultdict(list)
    bodies: dict[str, list[str]] = defaultdict(list)
    aliases = _aliases(records)
    same = _same_people(records)
    for record in records:
        if person := _person_of(record):
            names[same.get(person_key(person), person_key(person))].append(person)
        if isinstance(record, Participant | Quote) and record.organisation:
            bodies[organisation_key(record.organisation, aliases)].append(record.organisation)
    people = {k: Person(ids.next(Person), *_name_and_variants(v)) for k, v in sorted(names.items())}
    organisations = {
        k: Organisation(ids.next(Organisation), *_name_and_variants(v))
        for k, v in sorted(bodies.items())
    }
    by_person = {key: people[same.get(key, key)] for key in {*people, *same}}
    linked = [_linked(record, by_person, organisations, aliases) for record in records]
    return [*people.values(), *organisations.values(), *linked]


def person_key(name: str) -> str:
    """The form in which spellings of one name are equal."""
    return " ".join(word for word in tokens(name) if word not in _TITLES)


def organisation_key(name: str, aliases: Mapping[str, str]) -> str:
    """The form in which names of one body are equal: its acronym if a document gives one.

    :param aliases: key of a body's full name -> its acronym.
    """
    bracket = re.fullmatch(r"(.+?)\s*\(([A-Z][A-Za-z]{1,11})\)", name.strip())
    full = " ".join(word for word in tokens(bracket.group(1) if bracket else name) if word != "the")
    return aliases.get(full, tokens(bracket.group(2))[0] if bracket else full)


def _aliases(records: Sequence[Record]) -> dict[str, str]:
    """Key of a full name -> acronym, where each stands for the other only."""
    pairs = {
        (" ".join(w for w in tokens(r.expansion) if w != "the"), " ".join(tokens(r.acronym)))
        for r in records
        if isinstance(r, Acronym)
    }
    full = Counter(name for name, _ in pairs)
    return {name: acronym for name, acronym in pairs if full[name] == 1}


def _same_people(records: Sequence[Record]) -> dict[str, str]:
    """Key of a shorter name -> key of the fuller name of the same person.

    Never on the name alone: the two must share a body or address, or rare words of their roles, and
    the shorter name must fit one fuller name only.
    """
    beside: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if isinstance(record, Participant):
            told = f"{record.job_title or ''} {record.organisation or ''}"
            beside[person_key(record.name)].update(_told(told))
        elif isinstance(record, Quote):
            told = f"{record.role or ''} {record.organisation or ''}"
            beside[person_key(record.speaker)].update(_told(told))
    frequency = Counter(word for words in beside.values() for word in words)
    same = {}
    for short in beside:
        fuller = [name for name in beside if name != short and _is_within(short, name)]
        if len(fuller) == 1:
            shared = {w for w in beside[short] & beside[fuller[0]] if frequency[w] <= RARE}
            if len(shared) >= LEAST_SHARED or any("@" in w or "." in w for w in shared):
                same[short] = fuller[0]
    return same


def _told(text: str) -> set[str]:
    """Words of a role and body, addresses whole."""
    return set(tokens(text)) | set(re.findall(r"@?[\w-]+\.[\w.-]+\w", text.casefold()))


def _is_within(short: str, full: str) -> bool:
    """Whether all words of a name of two words or more stand in a fuller one, in order."""
    words = short.split()
    rest = iter(full.split())
    return len(words) >= 2 and all(word in rest for word in words)


def _person_of(record: Record) -> str | None:
    if isinstance(record, Participant):
        return record.name
    return record.speaker if isinstance(record, Quote) else None


def _name_and_variants(given: Sequence[str]) -> tuple[str, str]:
    """The spelling in small letters that stands most often is the name; the others are variants."""
    spellings = sorted(set(given), key=lambda s: (s.isupper(), -given.count(s), s))
    return spellings[0], "; ".join(spellings[1:])


def _linked(
    record: Record,
    people: Mapping[str, Person],
    organisations: Mapping[str, Organisation],
    aliases: Mapping[str, str],
) -> Record:
    if isinstance(record, Participant):
        body = organisations.get(organisation_key(record.organisation or "", aliases))
        person = people[person_key(record.name)]
        return replace(record, person_id=person.id, organisation_id=body.id if body else None)
    if isinstance(record, Quote):
        return replace(record, person_id=people[person_key(record.speaker)].id)
    if isinstance(record, Interview):
        title = f" {' '.join(tokens(record.title))} "
        said = next((p for p in people.values() if f" {person_key(p.name)} " in title), None)
        return replace(record, person_id=said.id if said else None)
    return record

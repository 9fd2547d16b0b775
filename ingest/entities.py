"""People and organisations over all documents: one row each, and the rows that name them point to
it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading import Ids
from kb.records import Interview, Organisation, Participant, Person, Quote, Record
from kb.text import tokens

_TITLES = frozenset("dr dra mr mrs ms prof professor sir dame sr sra".split())


def link(records: Sequence[Record], ids: Ids) -> list[Record]:
    """Add people and organisations, and set person_id and organisation_id of the records that name
    them.

    Two spellings are one person if they are equal but for case, accents and titles; nothing else is
    joined.
    """
    names: dict[str, list[str]] = defaultdict(list)
    bodies: dict[str, list[str]] = defaultdict(list)
    for record in records:
        if person := _person_of(record):
            names[person_key(person)].append(person)
        if isinstance(record, Participant | Quote) and record.organisation:
            bodies[organisation_key(record.organisation)].append(record.organisation)
    people = {
        key: Person(ids.next(Person), *_name_and_variants(given))
        for key, given in sorted(names.items())
    }
    organisations = {
        key: Organisation(ids.next(Organisation), *_name_and_variants(given))
        for key, given in sorted(bodies.items())
    }
    linked = [_linked(record, people, organisations) for record in records]
    return [*people.values(), *organisations.values(), *linked]


def person_key(name: str) -> str:
    """The form in which spellings of one name are equal."""
    return " ".join(word for word in tokens(name) if word not in _TITLES)


def organisation_key(name: str) -> str:
    return " ".join(word for word in tokens(name) if word != "the")


def _person_of(record: Record) -> str | None:
    if isinstance(record, Participant):
        return record.name
    return record.speaker if isinstance(record, Quote) else None


def _name_and_variants(given: Sequence[str]) -> tuple[str, str]:
    """The spelling that is written with small letters and most often is the name; the others are
    variants.
    """
    spellings = sorted(set(given), key=lambda s: (s.isupper(), -given.count(s), s))
    return spellings[0], "; ".join(spellings[1:])


def _linked(
    record: Record, people: dict[str, Person], organisations: dict[str, Organisation]
) -> Record:
    if isinstance(record, Participant):
        body = organisations.get(organisation_key(record.organisation or ""))
        return replace(
            record,
            person_id=people[person_key(record.name)].id,
            organisation_id=body.id if body else None,
        )
    if isinstance(record, Quote):
        return replace(record, person_id=people[person_key(record.speaker)].id)
    if isinstance(record, Interview):
        said = next(
            (p for p in people.values() if person_key(p.name) in " ".join(tokens(record.title))),
            None,
        )
        return replace(record, person_id=said.id if said else None)
    return record

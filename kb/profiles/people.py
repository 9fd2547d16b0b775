"""People: who they are, and all that they said, each thing once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.profiles import names
from kb.profiles.shelf import Place, Shelf, Sourced
from kb.records import (
    Hit,
    Interview,
    Participant,
    Passage,
    Person,
    Quote,
    UseCase,
    View,
)  # fmt: skip
from kb.service import Service
from kb.text import letters

MENTIONS = 5  # passages that only name a person
LEAST_WITHIN = 20  # letters of a quotation that is looked for within a longer one


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person in a list: what the list of participants gives, else what a quotation does."""

    id: int
    name: str
    role: str | None
    organisation: str | None
    sectors: tuple[str, ...]
    region: str | None
    documents: tuple[int, ...]  # ids of those that list or quote the person
    quotes: int  # as many as PersonProfile.sayings
    turns: int
    rows: int  # of lists of participants


@dataclass(frozen=True, slots=True)
class Saying:
    """Somebody's words, and each place that prints them: the fullest form, and where it stands,
    first.
    """

    quote: Quote
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A turn of an interview.

    :param asked: the turn of somebody else right before it.
    :param also: where its words are printed as a quotation, too.
    """

    hit: Hit
    asked: Hit | None
    also: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a person said in one document of turns."""

    document_id: int
    document: str  # title
    interview: Interview | None
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A use case of a person's organisation: its heading names it, or only its text does."""

    use_case: UseCase
    place: Place
    in_heading: bool


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """All that the documents hold of a person."""

    person: Person
    variants: tuple[str, ...]
    card: PersonCard
    rows: tuple[Sourced[Participant], ...]
    sayings: tuple[Saying, ...]
    conversations: tuple[Conversation, ...]
    views: tuple[Sourced[View], ...]
    mentions: tuple[Hit, ...]  # the name is highlighted; nothing above stands in them
    mentioned: int  # in how many passages, shown or not
    use_cases: tuple[OwnCase, ...]


def people(service: Service) -> tuple[PersonCard, ...]:
    """Everybody over all documents, by name."""
    cards = (card(service.shelf, person) for person in service.shelf.all(Person))
    return tuple(sorted(cards, key=lambda c: names.key(c.name)))


def person(service: Service, id: int) -> PersonProfile | None:
    """A person's profile; None if there is nobody with this id."""
    shelf = service.shelf
    found = shelf.get(Person, id)
    if found is None:
        return None
    called = _names(found)
    rows = shelf.sourced(shelf.by_person(Participant, id))
    sayings, conversations = _said(shelf, found)
    views = shelf.sourced([v for v in shelf.all(View) if _named(called, v.holder)])
    shown = {r.place.hit.passage.id for r in rows} | {v.place.hit.passage.id for v in views}
    shown |= {q.passage_id for q in shelf.by_person(Quote, id)}
    shown |= {reply.hit.passage.id for talk in conversations for reply in talk.replies}
    mentions = _mentions(shelf, called, shown)
    return PersonProfile(
        found, called[1:], card(shelf, found), rows, sayings, conversations, views,
        mentions[:MENTIONS], len(mentions), _cases(shelf, _bodies(shelf, id)),
    )  # fmt: skip


def card(shelf: Shelf, person: Person) -> PersonCard:
    """A person in short."""
    rows, quotes = shelf.by_person(Participant, person.id), shelf.by_person(Quote, person.id)
    sayings, turns = _parted(shelf, person)
    sectors = (sector for row in rows for sector in (row.sector or "").split("; ") if sector)
    documents = {q.document_id for q in quotes} | {r.document_id for r in rows}
    return PersonCard(
        person.id,
        person.name,
        _first([r.job_title for r in rows] + [q.role for q in quotes]),
        _first([r.organisation for r in rows] + [q.organisation for q in quotes]),
        tuple(dict.fromkeys(sectors)),
        _first([r.region for r in rows]),
        tuple(sorted(documents | {t.document_id for t in turns})),
        len(sayings),
        len(turns),
        len(rows),
    )


def _first(values: Sequence[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _names(person: Person) -> tuple[str, ...]:
    """The name, then its other spellings."""
    return (person.name, *(v for v in person.variants.split("; ") if v))


def _named(called: Sequence[str], text: str) -> bool:
    return any(names.mentions(name, text) for name in called)


def _parted(shelf: Shelf, person: Person) -> tuple[Sequence[Sequence[Quote]], Sequence[Passage]]:
    """Quotations that say the same words together, the fullest first, without those that a turn
    holds; and the turns.
    """
    keys = dict.fromkeys(names.key(name) for name in _names(person))
    turns = [turn for key in keys for turn in shelf.turns.get(key, ())]
    spoken = {t.id for t in turns}
    said = [letters(t.clean) for t in turns]
    groups: list[list[Quote]] = []
    quotes = [q for q in shelf.by_person(Quote, person.id) if q.passage_id not in spoken]
    for quote in sorted(quotes, key=lambda q: -len(letters(q.text))):
        if any(_within(quote.text, words) for words in said):
            continue
        group = next((g for g in groups if _within(quote.text, letters(g[0].text))), None)
        if group is None:
            groups.append([quote])
        else:
            group.append(quote)
    return sorted(groups, key=lambda g: min(q.id for q in g)), turns


def _within(text: str, words: str) -> bool:
    """Whether a quotation says these words (letters only), or a part of them that is long enough
    not to be there by chance.
    """
    own = letters(text)
    return (own == words != "") or (len(own) >= LEAST_WITHIN and own in words)


def _said(shelf: Shelf, person: Person) -> tuple[tuple[Saying, ...], tuple[Conversation, ...]]:
    groups, turns = _parted(shelf, person)
    sayings = tuple(
        Saying(group[0], tuple(s.place for s in shelf.sourced(group))) for group in groups
    )
    documents = dict.fromkeys(turn.document_id for turn in turns)
    quotes = shelf.by_person(Quote, person.id)
    talks = (
        _conversation(shelf, d, [t for t in turns if t.document_id == d], quotes) for d in documents
    )
    return sayings, tuple(talks)


def _conversation(
    shelf: Shelf, document_id: int, turns: Sequence[Passage], quotes: Sequence[Quote]
) -> Conversation:
    spoken = {turn.id for turn in turns}
    printed = [q for q in quotes if q.passage_id not in spoken]
    interview = next((i for i in shelf.all(Interview) if i.document_id == document_id), None)
    replies = (
        Reply(
            shelf.hit(turn.id),
            _asked(shelf, turn),
            tuple(
                s.place
                for s in shelf.sourced([q for q in printed if _within(q.text, letters(turn.clean))])
            ),
        )
        for turn in turns
    )
    title = shelf.searcher.documents[document_id].title
    return Conversation(document_id, title, interview, tuple(replies))


def _asked(shelf: Shelf, turn: Passage) -> Hit | None:
    before = shelf.before.get(turn.id)
    if before is None or before.kind != "turn" or before.speaker == turn.speaker:
        return None
    return shelf.hit(before.id)


def _mentions(shelf: Shelf, called: Sequence[str], shown: set[int]) -> tuple[Hit, ...]:
    longer = _longer(shelf, called)
    found = []
    for passage, marks in shelf.naming(called):
        others = [m for name in longer for m in names.mentions(name, passage.text)]
        own = tuple(m for m in marks if not any(a <= m[0] and m[1] <= b for a, b in others))
        if own and passage.id not in shown:
            found.append(replace(shelf.hit(passage.id), highlights=own))
    return tuple(found)


def _longer(shelf: Shelf, called: Sequence[str]) -> list[str]:
    """Names of other people that hold one of these whole."""
    keys = {names.key(name) for name in called}
    others = {name for person in shelf.all(Person) for name in _names(person)} - set(called)
    return [o for o in others if names.key(o) not in keys and any(k in names.key(o) for k in keys)]


def _bodies(shelf: Shelf, person_id: int) -> tuple[str, ...]:
    """Names of a person's organisations, other spellings too."""
    rows, quotes = shelf.by_person(Participant, person_id), shelf.by_person(Quote, person_id)
    given = [*(r.organisation for r in rows), *(q.organisation for q in quotes)]
    bodies = [body for body in given if body]
    found = (name for body in bodies for name in shelf.bodies.get(names.key(body), (body,)))
    return tuple(dict.fromkeys(found))


def _cases(shelf: Shelf, bodies: Sequence[str]) -> tuple[OwnCase, ...]:
    found = []
    for source in shelf.sourced(shelf.all(UseCase)):
        case = source.record
        in_heading = _named(bodies, case.title)
        if in_heading or _named(bodies, case.text):
            found.append(OwnCase(case, source.place, in_heading))
    return tuple(sorted(found, key=lambda c: not c.in_heading))

"""Who said what on a subject, by sector and by region: views for, against and other kept apart
where the words say so, and the groups from whom nothing is on record.

People are counted, never quotations, and no group is counted as a person. See kb/stance.py for
what "for" and "against" rest on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.belonging import Belonging, belonging_of, named_sectors
from kb.excerpt import Span, located
from kb.records import Hit, Participant, Quote, View
from kb.service import Service
from kb.stance import OTHER, stance
from kb.subject import Judge
from kb.text import fold, letters

PERCENT_FROM = 10  # people; a share of fewer is no percentage


@dataclass(frozen=True, slots=True)
class Voice:
    """One thing that somebody said on a subject. The words are hit.passage.text[start:end]."""

    record: Quote | View
    hit: Hit
    start: int
    end: int
    holder: str  # who said it, as the source words it
    role: str | None
    organisation: str | None
    sectors: tuple[str, ...]  # none where they are not known
    regions: tuple[str, ...]
    stance: str  # for, against, other
    cue: str  # the words that say so, as they stand; "" for other
    person_id: int | None
    score: float  # higher is nearer to the subject; 0 for a mention

    @property
    def words(self) -> str:
        return self.hit.passage.text[self.start : self.end]

    @property
    def region(self) -> str | None:
        """The regions in one cell, None where none is known."""
        return "; ".join(self.regions) or None

    @property
    def person(self) -> str | None:
        """What a person is counted by; None for a view, whose holder may be many."""
        return None if isinstance(self.record, View) else _person(self.record)


@dataclass(frozen=True, slots=True)
class Group:
    """A sector or a region ("" where it is not known) and who of it is on record."""

    kind: str  # sector, region
    name: str
    voices: tuple[Voice, ...]
    quoted: int  # people who are quoted on this subject
    people: int  # people who are quoted at all
    participants: int  # people listed
    mentions: tuple[Voice, ...]  # see Viewpoints.mentions


@dataclass(frozen=True, slots=True)
class Viewpoints:
    """What is on record on a subject. A person of two sectors counts in both.

    mentions touch the subject, but may not be about it: they count as no view, and who made one is
    not called silent.
    """

    subject: str
    voices: tuple[Voice, ...]  # best first
    mentions: tuple[Voice, ...]
    sectors: tuple[Group, ...]  # with voices or mentions, by name, the unknown one last
    regions: tuple[Group, ...]
    silent_sectors: tuple[Group, ...]  # listed, but with nothing on record on this subject
    silent_regions: tuple[Group, ...]
    quoted: int  # people who are quoted on this subject
    all_quoted: int  # people who are quoted at all

    def of_stance(self, wanted: str) -> tuple[Voice, ...]:
        """The voices that are "for", "against" or "other"."""
        return tuple(v for v in self.voices if v.stance == wanted)


@dataclass(frozen=True, slots=True)
class _Said:
    """A record and where its words stand in its passage; its score is 0 if it is not on the
    subject, though it may touch it.
    """

    record: Quote | View
    at: Span
    score: float
    touches: bool


def viewpoints(service: Service, subject: str) -> Viewpoints:
    """What people and groups said on a subject; without voices where nobody spoke of it.

    :param subject: some words in English or Spanish, such as "open data".
    """
    quotes = [pair for own in service.knowledge.context.quotes.values() for pair in own]
    belonging = belonging_of(service.shelf.all(Participant))
    judge = Judge.of(service.searcher, service.knowledge.known.aliases, subject)
    said = [_said(judge, quote, at) for at, quote in quotes]
    said += [_said(judge, v, at) for v in service.shelf.all(View) if (at := _place(service, v))]
    found = _each_once(sorted((s for s in said if s.touches or s.score), key=lambda s: -s.score))
    voices = [_voice(service, judge, belonging, one) for one in found]
    return _grouped(subject, voices, [quote for _, quote in quotes], belonging)


def _said(judge: Judge, record: Quote | View, at: Span) -> _Said:
    holder = record.holder if isinstance(record, View) else ""
    place = (record.passage_id, at, holder)
    return _Said(record, at, judge.score(*place), judge.touches(*place))


def share_of(n: int, total: int, _: Callable[[str], str]) -> str:
    """So many of so many, with a percentage only from PERCENT_FROM on.

    Example: (2, 9) -> "2 of 9"; (6, 24) -> "6 of 24 (25%)".
    """
    if total < PERCENT_FROM:
        return _("{n} of {total}").format(n=n, total=total)
    percent = round(100 * n / total)
    return _("{n} of {total} ({percent}%)").format(n=n, total=total, percent=percent)


def _place(service: Service, view: View) -> Span | None:
    passage = service.searcher.passages[view.passage_id]
    source = service.searcher.documents[passage.document_id].text
    return located(passage.text, passage.spans, source, view.spans)


def _each_once(said: Iterable[_Said]) -> list[_Said]:
    """Records in their order, without those whose words stand in another's of the same holder: a
    quotation is often set in the margin again, and a part of it in the text.
    """
    kept: list[_Said] = []
    for one in said:
        same = [k for k in kept if _holder(k.record) == _holder(one.record)]
        words = letters(one.record.text)
        if any(words in letters(k.record.text) for k in same):
            continue
        shorter = [k for k in same if letters(k.record.text) in words]
        place = kept.index(shorter[0]) if shorter else len(kept)
        kept = [k for k in kept if k not in shorter]
        kept.insert(place, replace(one, score=max(k.score for k in (one, *shorter))))
    return kept


def _holder(record: Quote | View) -> str:
    return f"group:{fold(record.holder)}" if isinstance(record, View) else _person(record)


def _person(quote: Quote) -> str:
    return f"id:{quote.person_id}" if quote.person_id else f"name:{fold(quote.speaker)}"


def _voice(service: Service, judge: Judge, belonging: Belonging, said: _Said) -> Voice:
    record, hit = said.record, service.searcher.place(said.record.passage_id)
    language, words = hit.passage.language, hit.passage.text[slice(*said.at)]
    subject = judge.subjects[language].worded(words)
    holder = record.holder if isinstance(record, View) else ""
    side, cue = stance(words, language, subject, holder) if said.score else (OTHER, "")
    if isinstance(record, View):
        sectors = named_sectors(holder, belonging.sector_names)
        return Voice(record, hit, *said.at, holder, None, None, sectors, (), side, cue, None,
                     said.score)  # fmt: skip
    row = belonging.rows.get(record.person_id or 0)
    return Voice(
        record, hit, *said.at, record.speaker,
        record.role or (row.job_title if row else None),
        record.organisation or (row.organisation if row else None),
        belonging.of("sector", record.person_id), belonging.of("region", record.person_id),
        side, cue, record.person_id, said.score,
    )  # fmt: skip


def _grouped(
    subject: str, found: Sequence[Voice], quotes: Sequence[Quote], belonging: Belonging
) -> Viewpoints:
    people = {_person(quote): quote.person_id for quote in quotes}
    groups = [
        _group(kind, name, found, people, belonging)
        for kind in ("sector", "region")
        for name in (*(n for k, n in belonging.listed if k == kind), "")
    ]

    def of(kind: str, is_silent: bool) -> tuple[Group, ...]:
        own = (g for g in groups if g.kind == kind and (g.name or g.voices or g.mentions))
        return tuple(g for g in own if is_silent is not bool(g.voices or g.mentions))

    voices, mentions = _parted(found)
    return Viewpoints(
        subject, voices, mentions, of("sector", False), of("region", False), of("sector", True),
        of("region", True), _people(voices), len(people),
    )  # fmt: skip


def _group(
    kind: str,
    name: str,
    found: Sequence[Voice],
    people: Mapping[str, int | None],
    belonging: Belonging,
) -> Group:
    """A group; under the name "" whoever is of none that is known."""

    def is_of(names: tuple[str, ...]) -> bool:
        return name in names if name else not names

    own = [v for v in found if is_of(v.sectors if kind == "sector" else v.regions)]
    voices, mentions = _parted(own)
    quoted = sum(is_of(belonging.of(kind, id)) for id in people.values())
    listed = belonging.listed.get((kind, name), 0)
    return Group(kind, name, voices, _people(voices), quoted, listed, mentions)


def _parted(found: Sequence[Voice]) -> tuple[tuple[Voice, ...], tuple[Voice, ...]]:
    """Those on the subject, and those that only touch it."""
    return tuple(v for v in found if v.score), tuple(v for v in found if not v.score)


def _people(voices: Iterable[Voice]) -> int:
    return len({v.person for v in voices if v.person})

"""Who said what on a subject, by sector and by region: views for, against and other kept apart
where the words say so, and the groups from whom nothing is on record.

People are counted, never quotations, and no group is counted as a person. See kb/stance.py for
what "for" and "against" rest on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.answer.kinds import ALIKE
from kb.excerpt import Span, located
from kb.records import Hit, Participant, Quote, View
from kb.service import Service
from kb.stance import stance
from kb.subject import Judge
from kb.text import fold, letters, tokens

JOINTS = ("and", "or", "y", "e", "o")  # between two holders of one view
# A sector, and what its people are called.
MEMBERS = tuple(
    frozenset(line.split("|"))
    for line in (
        "academia|academics|researchers|scholars|scientists|professors|lecturers|academicos"
        "|investigadores|cientificos|profesores",
        "government|governments|officials|civil servants|public servants|ministries|ministers"
        "|gobierno|gobiernos|funcionarios|ministerios",
        "industry|firms|employers|manufacturers|industria|empresarios",
        "start up|founders|emprendedores", "consultancy|consultants|consultores",
        "civil society|activists|campaigners|sociedad civil|activistas",
        "fisheries|fishers|fishermen|pesca|pescadores",
        "legislative branch|legislators|senators|deputies|legisladores|senadores|diputados",
        "agriculture|farmers|agricultura|agricultores",
    )
)  # fmt: skip
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
    score: float  # higher is nearer to the subject

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


@dataclass(frozen=True, slots=True)
class Viewpoints:
    """What is on record on a subject. A person of two sectors counts in both."""

    subject: str
    voices: tuple[Voice, ...]  # best first
    sectors: tuple[Group, ...]  # with voices, by name, the unknown one last
    regions: tuple[Group, ...]
    silent_sectors: tuple[Group, ...]  # listed, but with nothing on record on this subject
    silent_regions: tuple[Group, ...]
    quoted: int  # people who are quoted on this subject
    all_quoted: int  # people who are quoted at all

    def of_stance(self, wanted: str) -> tuple[Voice, ...]:
        """The voices that are "for", "against" or "other"."""
        return tuple(v for v in self.voices if v.stance == wanted)


@dataclass(frozen=True, slots=True)
class _Belonging:
    """The groups of people by kind ("sector", "region") and id, how many people are listed for
    each, and each person's first row.
    """

    groups: Mapping[str, Mapping[int, tuple[str, ...]]]
    listed: Mapping[tuple[str, str], int]  # ("sector", "Academia") -> people
    rows: Mapping[int, Participant]

    @property
    def sector_names(self) -> list[str]:
        return [name for kind, name in self.listed if kind == "sector"]

    def of(self, kind: str, person_id: int | None) -> tuple[str, ...]:
        """The groups of a person; none where they are not known."""
        return self.groups[kind].get(person_id or 0, ())


def viewpoints(service: Service, subject: str) -> Viewpoints:
    """What people and groups said on a subject; without voices where nobody spoke of it.

    :param subject: some words in English or Spanish, such as "open data".
    """
    searcher = service.searcher
    with searcher.lock:
        participants, views = searcher.store.all(Participant), searcher.store.all(View)
    quotes = [pair for own in service.knowledge.context.quotes.values() for pair in own]
    belonging = _belonging(participants)
    judge = Judge.of(searcher, service.knowledge.known.aliases, subject)
    said: list[tuple[Quote | View, Span, float]] = [
        (quote, at, judge.score(quote.passage_id, at)) for at, quote in quotes
    ]
    for view in views:
        if view.passage_id in judge.candidates and (at := _place(service, view)):
            said.append((view, at, judge.score(view.passage_id, at, view.holder)))
    on_it = sorted((s for s in said if s[2]), key=lambda s: (-s[2], s[0].table, s[0].id))
    voices = [_voice(service, judge, belonging, *one) for one in _each_once(on_it)]
    return _grouped(subject, voices, [quote for _, quote in quotes], belonging)


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


def _each_once(
    said: Iterable[tuple[Quote | View, Span, float]],
) -> list[tuple[Quote | View, Span, float]]:
    """Records in their order, without those whose words stand in another's of the same holder: a
    quotation is often set in the margin again, and a part of it in the text.
    """
    kept: list[tuple[Quote | View, Span, float]] = []
    for one in said:
        same = [k for k in kept if _holder(k[0]) == _holder(one[0])]
        words = letters(one[0].text)
        if any(words in letters(k[0].text) for k in same):
            continue
        shorter = [k for k in same if letters(k[0].text) in words]
        place = kept.index(shorter[0]) if shorter else len(kept)
        kept = [k for k in kept if k not in shorter]
        kept.insert(place, one)
    return kept


def _holder(record: Quote | View) -> str:
    return f"group:{fold(record.holder)}" if isinstance(record, View) else _person(record)


def _person(quote: Quote) -> str:
    return f"id:{quote.person_id}" if quote.person_id else f"name:{fold(quote.speaker)}"


def _voice(
    service: Service,
    judge: Judge,
    belonging: _Belonging,
    record: Quote | View,
    at: Span,
    score: float,
) -> Voice:
    hit = service.searcher.place(record.passage_id)
    language = hit.passage.language
    words = hit.passage.text[slice(*at)]
    subject = judge.subjects[language].worded(words)
    if isinstance(record, View):
        side, cue = stance(words, language, subject, record.holder)
        sectors = named_sectors(record.holder, belonging.sector_names)
        return Voice(record, hit, *at, record.holder, None, None, sectors, (), side, cue, None,
                     score)  # fmt: skip
    side, cue = stance(words, language, subject)
    row = belonging.rows.get(record.person_id or 0)
    return Voice(
        record, hit, *at, record.speaker,
        record.role or (row.job_title if row else None),
        record.organisation or (row.organisation if row else None),
        belonging.of("sector", record.person_id), belonging.of("region", record.person_id),
        side, cue, record.person_id, score,
    )  # fmt: skip


def named_sectors(holder: str, sectors: Sequence[str]) -> tuple[str, ...]:
    """The sector that a view's holder is of, if its words name one and no more: "Some academics"
    are of Academia; whose view "the Government and experts" give is not known.
    """
    words = f" {_spaced(holder)} "
    if any(f" {joint} " in words for joint in JOINTS):
        return ()
    named = [
        sector
        for sector in sectors
        if any(f" {form} " in words for form in _forms(_spaced(sector)))
    ]
    return tuple(named) if len(named) == 1 else ()


def _spaced(text: str) -> str:
    return " ".join(tokens(text.replace("-", " ")))


def _forms(sector: str) -> frozenset[str]:
    """The names of a sector, and of its people."""
    return frozenset({sector}).union(*(g for g in (*ALIKE, *MEMBERS) if sector in g))


def _belonging(participants: Sequence[Participant]) -> _Belonging:
    groups: dict[str, dict[int, dict[str, None]]] = {
        "sector": defaultdict(dict), "region": defaultdict(dict),
    }  # fmt: skip
    listed: dict[tuple[str, str], set[str]] = defaultdict(set)
    rows: dict[int, Participant] = {}
    for row in participants:
        if row.person_id:
            rows.setdefault(row.person_id, row)
        for kind, cell in (("sector", row.sector), ("region", row.region)):
            for name in filter(None, (cell or "").split("; ")):
                groups[kind][row.person_id or 0][name] = None
                listed[kind, name].add(str(row.person_id or fold(row.name)))
    of_person = {
        kind: {id: tuple(names) for id, names in own.items() if id} for kind, own in groups.items()
    }
    counts = {group: len(people) for group, people in sorted(listed.items())}
    return _Belonging(of_person, counts, rows)


def _grouped(
    subject: str, voices: Sequence[Voice], quotes: Sequence[Quote], belonging: _Belonging
) -> Viewpoints:
    people = {_person(quote): quote.person_id for quote in quotes}
    groups = [
        _group(kind, name, voices, people, belonging)
        for kind in ("sector", "region")
        for name in (*(n for k, n in belonging.listed if k == kind), "")
    ]
    spoke = [g for g in groups if g.voices]
    silent = [g for g in groups if not g.voices and g.name]
    return Viewpoints(
        subject, tuple(voices),
        tuple(g for g in spoke if g.kind == "sector"),
        tuple(g for g in spoke if g.kind == "region"),
        tuple(g for g in silent if g.kind == "sector"),
        tuple(g for g in silent if g.kind == "region"),
        _people(voices), len(people),
    )  # fmt: skip


def _group(
    kind: str,
    name: str,
    voices: Sequence[Voice],
    people: Mapping[str, int | None],
    belonging: _Belonging,
) -> Group:
    """A group; under the name "" whoever is of none that is known."""

    def is_of(names: tuple[str, ...]) -> bool:
        return name in names if name else not names

    own = tuple(v for v in voices if is_of(v.sectors if kind == "sector" else v.regions))
    quoted = sum(is_of(belonging.of(kind, id)) for id in people.values())
    return Group(kind, name, own, _people(own), quoted, belonging.listed.get((kind, name), 0))


def _people(voices: Iterable[Voice]) -> int:
    return len({v.person for v in voices if v.person})

"""Which sectors and regions do people and the holders of views belong to?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.answer.kinds import ALIKE
from kb.records import Participant
from kb.text import fold, tokens

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


@dataclass(frozen=True, slots=True)
class Belonging:
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


def belonging_of(participants: Sequence[Participant]) -> Belonging:
    """Read a list of participants; a cell may name several groups, "; " between them."""
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
    return Belonging(of_person, counts, rows)

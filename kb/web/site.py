"""What every page knows of the knowledge base it belongs to: its documents, and the doors to what
it holds with how much there is behind each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kb.records import (
    Build,
    DataTable,
    Discrepancy,
    Document,
    Figure,
    Person,
    Quote,
    Recommendation,
    Record,
    Region,
    UseCase,
    View,
)
from kb.service import Service

if TYPE_CHECKING:
    from datasette.app import Datasette


def mark(text: str) -> str:
    """Mark a text for the catalogue of translations; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Door:
    """A way in. path: of its page; label: English, translated where it is shown; count: rows."""

    path: str
    label: str
    count: int


@dataclass(frozen=True)
class Site:
    """The knowledge base as its pages' frame shows it."""

    documents: tuple[Document, ...]
    doors: tuple[Door, ...]  # to what is there
    build: Build


_DOORS: tuple[tuple[str, str, tuple[type[Record], ...], str], ...] = (
    ("/-/people", mark("People"), (Person,), "1"),
    ("/-/quotes", mark("Quotes"), (Quote,), "kind <> 'turn'"),
    ("/-/viewpoints", mark("Viewpoints"), (View,), "1"),
    ("/-/recommendations", mark("Recommendations"), (Recommendation,),
     "parent_id is null and (form = 'full' or matches_id is null)"),
    ("/-/use-cases", mark("Use cases"), (UseCase,), "1"),
    ("/-/regions", mark("Regions"), (Region,), "1"),
    ("/-/tables", mark("Tables and charts"), (DataTable, Figure), "1"),
    ("/-/discrepancies", mark("Contradictions"), (Discrepancy,), "1"),
)  # fmt: skip
_sites: WeakKeyDictionary[Datasette, Site] = WeakKeyDictionary()


def site_of(datasette: Datasette, service: Service) -> Site:
    """The frame of a Datasette's pages, made at the first one."""
    if datasette not in _sites:
        _sites[datasette] = make_site(service)
    return _sites[datasette]


def make_site(service: Service) -> Site:
    """Count what there is; a door to an empty room is left out."""
    searcher = service.searcher
    with searcher.lock:
        counted = [
            Door(path, label, sum(_rows(service, t.table, where) for t in types))
            for path, label, types, where in _DOORS
        ]
        build = searcher.store.build()
    doors = tuple(door for door in counted if door.count)
    return Site(tuple(searcher.documents.values()), doors, build)


def _rows(service: Service, table: str, where: str) -> int:
    return int(service.searcher.store.rows(f"select count(*) from {table} where {where}")[0][0])

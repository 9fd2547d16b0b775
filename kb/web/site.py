"""What every page knows of the knowledge base it belongs to: its documents, and the doors to what
it holds with how much there is behind each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kb.records import Build, Document
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


_DOORS: tuple[tuple[str, str, str], ...] = (  # path, label, what is counted
    ("/-/people", mark("People"), "people"),
    ("/-/quotes", mark("Quotes"), "quotes where kind <> 'turn'"),
    ("/-/viewpoints", mark("Viewpoints"), "views"),
    ("/-/recommendations", mark("Recommendations"),
     "recommendations where parent_id is null and (form = 'full' or matches_id is null)"),
    ("/-/use-cases", mark("Use cases"), "use_cases"),
    ("/-/regions", mark("Regions"), "regions"),
    ("/-/tables", mark("Tables and charts"),
     "(select distinct table_id, figure_id from data_cells)"),
    ("/-/discrepancies", mark("Contradictions and slips"), "discrepancies"),
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
            Door(path, label, searcher.store.rows(f"select count(*) from {what}")[0][0])
            for path, label, what in _DOORS
        ]
        build = searcher.store.build()
    doors = tuple(door for door in counted if door.count)
    return Site(tuple(searcher.documents.values()), doors, build)

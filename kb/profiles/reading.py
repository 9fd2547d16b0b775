"""Which records came from a passage: what the reading page shows beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.records import (
    Acronym,
    DataTable,
    Discrepancy,
    Figure,
    Participant,
    Quote,
    Recommendation,
    Record,
    Region,
    RegionFact,
    Statistic,
    UseCase,
    View,
)  # fmt: skip
from kb.service import Service


@dataclass(frozen=True, slots=True)
class Found:
    """A record that came from a passage, in the words of its own columns.

    label is the short of it (speaker, holder, value, acronym, title, caption, kind), detail the
    rest ("" if there is none).
    """

    table: str
    id: int
    label: str
    detail: str


def on_page(
    service: Service, document_id: int, passage_ids: Sequence[int]
) -> Mapping[int, tuple[Found, ...]]:
    """Passage -> the records that came from it, by kind and id; () for a passage without any.

    Records that have only spans are found where these begin; a discrepancy at both of its places.

    :param passage_ids: those of another document are left out.
    """
    shelf, passages = service.shelf, service.searcher.passages
    own = [id for id in passage_ids if id in passages and passages[id].document_id == document_id]
    return {id: tuple(map(_found, shelf.records_at.get(id, ()))) for id in own}


def _found(record: Record) -> Found:
    label, detail = _told(record)
    return Found(record.table, record.id, label, detail or "")


def _told(record: Record) -> tuple[str, str | None]:
    match record:
        case Quote():
            return record.speaker, record.text
        case View():
            return record.holder, record.text
        case Statistic():
            return record.value, record.text
        case Acronym():
            return record.acronym, record.expansion
        case Participant():
            return record.name, ", ".join(filter(None, (record.job_title, record.organisation)))
        case Recommendation():
            return record.title, f"{record.number or ''}{record.label or ''}"
        case UseCase():
            return record.name or record.title, record.title
        case DataTable() | Figure():
            return record.caption, record.number
        case Region():
            return record.name, record.population
        case RegionFact():
            return record.name or record.kind, record.text
        case Discrepancy():
            return record.kind, record.statement
    raise TypeError(f"{record.table} are not shown beside passages; see Shelf.records_at")

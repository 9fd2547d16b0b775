"""Rows narrowed down by the facets of an address, a page of them at a time; facets as links, each
value with the address that sets or lifts its filter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kb.facets import Values, divide, unmet
from kb.text import fold
from kb.web.page import number_in, query

if TYPE_CHECKING:
    from datasette.utils.asgi import Request

SHOWN = 8  # values of each facet
T = TypeVar("T")


@dataclass(frozen=True)
class Narrowed(Generic[T]):
    """The rows of one page, those of all, the filters that are set, and what the template shows."""

    rows: Sequence[T]
    all: Sequence[T]  # of all pages
    filters: Mapping[str, str]
    shown: Mapping[str, Any]


def narrowed(
    request: Request, rows: Sequence[tuple[T, Values]], facets: Sequence[str], size: int
) -> Narrowed[T]:
    """Rows that meet the filters of an address, the page of them that it asks for.

    :param rows: each with what it counts as under the facets.
    """
    offset = number_in(request, "_next", 0)
    filters = {name: request.args[name] for name in facets if request.args.get(name)}
    wanted = {name: fold(value) for name, value in filters.items()}
    missed = [(values, unmet(values, wanted)) for _, values in rows]
    found = [row for (row, _), (_, names) in zip(rows, missed, strict=True) if not names]
    kept = {"q": request.args.get("q", "").strip(), **filters}
    back, on = max(0, offset - size), offset + size
    shown = {
        "filters": filters,
        "lifted": lifted(filters, kept),
        "facets": facet_links(divide(missed, facets), kept),
        "count": len(found),
        "back_url": query(**kept, _next=back or None) if offset else None,
        "next_url": query(**kept, _next=on) if on < len(found) else None,
    }
    return Narrowed(found[offset:on], found, filters, shown)


def facet_links(
    facets: Mapping[str, Sequence[tuple[str, int]]], kept: Mapping[str, object]
) -> list[dict[str, Any]]:
    """Facets that divide the rows, the value that is set first.

    :param kept: what the address holds now, filters among it; the page of results is not kept.
    """
    links = []
    for name, pairs in facets.items():
        values = [
            {
                "value": value,
                "count": count,
                "is_set": kept.get(name) == value,
                "url": query(**{**kept, name: None if kept.get(name) == value else value}),
            }
            for value, count in pairs
        ]
        values.sort(key=lambda v: not v["is_set"])
        if len(values) > 1 or any(v["is_set"] for v in values):
            links.append({"name": name, "values": values[:SHOWN]})
    return links


def lifted(filters: Mapping[str, str], kept: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """Each filter that is set, its value, and the address without it."""
    return [(name, value, query(**{**kept, name: None})) for name, value in filters.items()]

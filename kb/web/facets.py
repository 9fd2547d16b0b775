"""Facets as links: each value with the address that sets or lifts its filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kb.web.page import query

SHOWN = 8  # values of each facet


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

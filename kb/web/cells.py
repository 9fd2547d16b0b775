"""Addresses of the words in the source, and cells of Datasette's own tables that lead there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kb.records import Passage

if TYPE_CHECKING:
    from datasette.app import Datasette

_ADDRESS = re.compile(r"/-/document/\d+(?:\?passage=\d+)?")
_ASKED = re.compile(r"/-/ask\?q=[\w.~%/-]+", re.ASCII)


def source_url(datasette: Datasette, document_id: int, passage_id: int) -> str:
    """Address of the reading page with one passage marked."""
    return str(datasette.urls.path(f"/-/document/{document_id}?passage={passage_id}"))


def link_to_source(
    datasette: Datasette, row: Mapping[str, Any], value: object, column: str, table: str | None
) -> Markup | None:
    """A link to the reading page, or None for a cell that is shown as it is.

    An address that a query made becomes a link, and so does the page of a record that has a
    passage; JSON and CSV keep the plain value.
    """
    if isinstance(value, str) and _ADDRESS.fullmatch(value):
        return _link(datasette.urls.path(value), "Read in context")
    if isinstance(value, str) and _ASKED.fullmatch(value):
        return _link(datasette.urls.path(value), "Ask again")
    if table is None or column != "page":
        return None
    columns = set(row.keys())
    passage = "id" if table == Passage.table else "passage_id"
    if not {"document_id", passage} <= columns or not _plain(row[passage]):
        return None
    address = source_url(datasette, _plain(row["document_id"]), _plain(row[passage]))
    return _link(address, "Read in context" if value is None else f"p. {value}")


def _plain(cell: dict[str, Any] | int) -> int:
    """The number in a cell that Datasette may have given a label."""
    return int(cell["value"]) if isinstance(cell, dict) else cell


def _link(address: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, words)

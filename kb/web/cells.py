"""Cells of Datasette's own tables that lead to the words in the source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kb.records import Passage

if TYPE_CHECKING:
    from datasette.app import Datasette

_ADDRESS = re.compile(r"/-/document/\d+(?:\?passage=\d+)?")


def link_to_source(
    datasette: Datasette, row: Mapping[str, Any], value: object, column: str, table: str | None
) -> Markup | None:
    """A link to the reading page, or None for a cell that is shown as it is.

    An address that a query made becomes a link, and so does the page of a record that has a
    passage; JSON and CSV keep the plain value.
    """
    if isinstance(value, str) and _ADDRESS.fullmatch(value):
        return _link(datasette, value, "Read in context")
    if table is None or column != "page":
        return None
    columns = set(row.keys())
    passage = "id" if table == Passage.table else "passage_id"
    if not {"document_id", passage} <= columns or not _plain(row[passage]):
        return None
    address = f"/-/document/{_plain(row['document_id'])}?passage={_plain(row[passage])}"
    return _link(datasette, address, "Read in context" if value is None else f"p. {value}")


def _plain(cell: object) -> object:
    """The value of a cell that Datasette may have given a label."""
    return cell["value"] if isinstance(cell, dict) else cell


def _link(datasette: Datasette, address: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(address), words)

"""Tables and charts of the documents: all in a list, each with its page, its chart and its
numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from kb.records import DataCell, DataTable, Figure
from kb.store import rows_by_owner
from kb.web.charts import bar_chart
from kb.web.page import not_there, page, place_url, show, wants_json
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette

KINDS = {DataTable: "table", Figure: "figure"}


@page
async def tables(datasette: Datasette, request: Request) -> Response:
    """GET /-/tables and .json: the documents' tables and proven charts."""
    grids = [_grid(datasette, record, cells) for record, cells in _filled(datasette)]
    if wants_json(request):
        return Response.json({"ok": True, "tables": grids})
    return await show(datasette, request, "kb_tables.html", grids=grids)


@page
async def table(datasette: Datasette, request: Request) -> Response:
    """GET /-/tables/<kind><id>: one of them, drawn if it can be, its numbers below; if the text has
    no numbers of it, on to its place in the document.
    """
    kind, id = request.url_vars["kind"], int(request.url_vars["id"])
    for record, cells in _filled(datasette):
        if (KINDS[type(record)], record.id) == (kind, id):
            grid = _grid(datasette, record, cells)
            chart = bar_chart(cells)
            return await show(
                datasette,
                request,
                "kb_table.html",
                grid=grid,
                measure=chart[0] if chart else "",
                chart=chart and chart[1],
            )
    shelf = service_of(datasette).shelf
    bare = shelf.get(DataTable, id) if kind == "table" else shelf.get(Figure, id)
    if bare is not None:
        address = place_url(datasette, bare.document_id, bare.passage_id)
        return Response.redirect(f"{address}#p{bare.passage_id}")
    return await not_there(datasette, request, kind)


def _filled(datasette: Datasette) -> list[tuple[DataTable | Figure, list[list[DataCell]]]]:
    """Tables and figures that have cells, with them by row."""
    service = service_of(datasette)
    with service.searcher.lock:
        cells = rows_by_owner(service.searcher.store.all(DataCell))
    records: list[DataTable | Figure] = [*service.shelf.all(DataTable), *service.shelf.all(Figure)]
    return [(r, own) for r in records if (own := cells.get((r.table, r.id)))]


def _by_column(row: Sequence[DataCell], columns: int) -> list[str]:
    texts = {cell.column: cell.text for cell in row}
    return [texts.get(column, "") for column in range(columns)]


def _grid(
    datasette: Datasette, record: DataTable | Figure, rows: Sequence[Sequence[DataCell]]
) -> dict[str, Any]:
    found = service_of(datasette).searcher.documents[record.document_id]
    widest = max(rows, key=len)
    columns = 1 + max(cell.column for row in rows for cell in row)
    kind = KINDS[type(record)]
    return {
        "kind": kind,
        "id": record.id,
        "number": record.number,
        "caption": record.caption,
        "source": record.source,
        "document": found.title,
        "language": found.language,
        "page_url": datasette.urls.path(f"/-/tables/{kind}{record.id}"),
        "page": record.page,
        "url": place_url(datasette, record.document_id, record.passage_id),
        "sql_table": record.sql_table if isinstance(record, DataTable) else None,
        "labels": [cell.column_label for cell in widest],
        "rows": [_by_column(row, columns) for row in rows],
    }

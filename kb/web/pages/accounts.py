"""Accounts of the documents: where their text went, and where they contradict themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from kb.records import Coverage, Discrepancy, Document
from kb.web.page import page, place_url, show, wants_json
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette


@page
async def coverage(datasette: Datasette, request: Request) -> Response:
    """GET /-/coverage and .json: where the text of each document went."""
    searcher = service_of(datasette).searcher
    rows = searcher.store.all(Coverage)
    documents = [_account(found, rows) for found in searcher.documents.values()]
    if wants_json(request):
        return Response.json({"ok": True, "documents": documents})
    return await show(datasette, request, "kb_coverage.html", documents=documents)


def _account(found: Document, rows: Sequence[Coverage]) -> dict[str, Any]:
    """Characters of one document by table or reason, what was skipped, and what somebody should
    look at.
    """
    own = [row for row in rows if row.document_id == found.id]
    sizes: Counter[tuple[str, str]] = Counter()
    for row in own:
        place = row.record_table or row.reason or ""
        sizes[(row.kind, place)] += len("".join(row.text.split()))
    total = sum(sizes.values())
    solid = len("".join(found.text.split()))
    skipped = [
        {"page": r.page, "reason": r.reason, "text": r.text} for r in own if r.kind == "skipped"
    ]
    return {
        "id": found.id,
        "title": found.title,
        "language": found.language,
        "characters": solid,
        "accounted": total,
        "places": [
            {
                "kind": kind,
                "place": place,
                "characters": size,
                "share": round(size / max(1, solid), 4),
            }
            for (kind, place), size in sizes.most_common()
        ],
        "skipped": skipped,
    }


@page
async def discrepancies(datasette: Datasette, request: Request) -> Response:
    """GET /-/discrepancies and .json: where documents contradict themselves, both places side by
    side.
    """
    searcher = service_of(datasette).searcher
    rows = [
        {
            **asdict(row),
            "document": searcher.documents[row.document_id].title,
            "language": searcher.documents[row.document_id].language,
            "left_url": place_url(datasette, row.document_id, row.left_passage_id),
            "right_url": place_url(datasette, row.document_id, row.right_passage_id),
        }
        for row in searcher.store.all(Discrepancy)
    ]
    if wants_json(request):
        return Response.json({"ok": True, "discrepancies": rows})
    return await show(datasette, request, "kb_discrepancies.html", rows=rows)

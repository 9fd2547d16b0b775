"""The reading page: a document in its own order, a sheet of some pages at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from kb.profiles.reading import Found, on_page
from kb.records import Passage, Section
from kb.web.page import not_there, number_in, page, query, record_url, show, wants_json
from kb.web.reading import cut_sheets, in_order, reading_parts
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette


@page
async def document(datasette: Datasette, request: Request) -> Response:
    """GET /-/document/<id>?passage= (or section=, sheet=) and .json: the source as a reading
    page.
    """
    service = service_of(datasette)
    found = service.searcher.documents.get(int(request.url_vars["id"]))
    if found is None:
        return await not_there(datasette, request, "document")
    passages = [p for p in service.searcher.passages.values() if p.document_id == found.id]
    sections = [s for s in service.searcher.sections.values() if s.document_id == found.id]
    if wants_json(request):
        return Response.json(
            {
                "ok": True,
                "document": {k: v for k, v in asdict(found).items() if k != "text"},
                "sections": [asdict(s) for s in sections],
                "passages": [asdict(p) for p in passages],
            }
        )
    wanted = number_in(request, "passage", 0)
    stretch = (number_in(request, "start", 0), number_in(request, "end", 0))
    cited = service.searcher.passages.get(wanted)
    if wanted and (cited is None or cited.document_id != found.id):
        return await not_there(
            datasette, request, "passage in this document with the number", wanted
        )
    sheets = cut_sheets(in_order(passages, sections))
    at = _sheet_asked(request, sheets, cited)
    found_here = on_page(service, found.id, [p.id for p in sheets[at] if isinstance(p, Passage)])
    parts = list(reading_parts(sheets[at], passages, service, wanted, stretch)) if sheets else []
    return await show(
        datasette, request, "kb_document.html",
        document=found,
        sections=[(s, query(section=s.id)) for s in sorted(sections, key=lambda s: s.position)],
        parts=parts,
        found={id: _links(datasette, own) for id, own in found_here.items() if own},
        cited=cited,
        sheet=at + 1,
        sheets=len(sheets),
    )  # fmt: skip


def _links(datasette: Datasette, found: Sequence[Found]) -> dict[str, list[tuple[str, str]]]:
    """Records found on a passage, by table: what each is called, and the page that shows it."""
    links: dict[str, list[tuple[str, str]]] = {}
    for record in found:
        address = record_url(datasette, record.table, record.id)
        links.setdefault(record.table, []).append((record.label, address))
    return links


def _sheet_asked(
    request: Request, sheets: list[list[Passage | Section]], cited: Passage | None
) -> int:
    """Index of the sheet with the passage or section that the address names, else by number."""
    section = number_in(request, "section", 0)
    for at, sheet in enumerate(sheets):
        for part in sheet:
            if isinstance(part, Section) and part.id == section:
                return at
            if cited and isinstance(part, Passage) and part.id == cited.id:
                return at
            is_title = cited and cited.kind == "heading" and isinstance(part, Section)
            if is_title and cited and part.id == cited.section_id:
                return at
    return min(max(number_in(request, "sheet", 1), 1), max(1, len(sheets))) - 1

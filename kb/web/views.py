"""The pages and their JSON. A page and its .json are one function, so they cannot drift."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial, wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.utils.asgi import Request, Response

from index.search import FILTERS
from kb.answer.follow import MAX_TURNS
from kb.contract import answer_json, hit_json
from kb.errors import KBError, QuestionError
from kb.records import (
    Answer,
    Citation,
    Coverage,
    DataCell,
    DataTable,
    Discrepancy,
    Document,
    Figure,
    Hit,
    Passage,
    Record,
    Turn,
)
from kb.store import rows_of
from kb.text import language_of
from kb.web.cells import source_url
from kb.web.charts import bar_chart
from kb.web.render import reading_parts, render_words
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette

View = Callable[..., Awaitable[Response]]
DEFAULT_SIZE = 10
MAX_BODY = 100_000  # bytes of a posted question with its history


def page(view: View) -> View:
    """Turn a KBError into a message with its HTTP status, as JSON where JSON was asked for."""

    @wraps(view)
    async def wrapped(datasette: Datasette, request: Request) -> Response:
        try:
            return await view(datasette, request)
        except KBError as error:
            status = 400 if isinstance(error, QuestionError) else 503
            return await _refusal(datasette, request, str(error), status)

    return wrapped


async def _refusal(datasette: Datasette, request: Request, message: str, status: int) -> Response:
    """What went wrong, as JSON where JSON was asked for."""
    if request.url_vars.get("format"):
        return Response.json({"ok": False, "error": message, "status": status}, status=status)
    context = {"message": message, "status": status}
    body = await datasette.render_template("kb_error.html", context, request=request)
    return Response.html(body, status=status)


# -- search ---------------------------------------------------------------------------------------


@page
async def search(datasette: Datasette, request: Request) -> Response:
    """GET /-/search?q= and .json: ranked passages with facets."""
    service = service_of(datasette)
    question = request.args.get("q", "").strip()
    size, offset = _number(request, "_size", DEFAULT_SIZE), _number(request, "_next", 0)
    filters = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    started = time.perf_counter()
    found = await asyncio.to_thread(service.search, question, size, offset, filters)
    following = offset + size if offset + size < found.count else None
    data: dict[str, Any] = {
        "ok": True,
        "query": question,
        "language": language_of(question),
        "took_ms": _since(started),
        "count": found.count,
        "next": following,
        "hits": [hit_json(hit, partial(_url, datasette)) for hit in found.hits],
        "facets": {name: [list(pair) for pair in pairs] for name, pairs in found.facets.items()},
    }
    if request.url_vars.get("format"):
        return Response.json(data)
    context = {
        "data": data,
        "filters": filters,
        "hits": [
            _shown(service.marks(hit.passage.id), hit, row)
            for hit, row in zip(found.hits, data["hits"], strict=True)
        ],
        "facet_links": _facet_links(found.facets, question, filters),
        "next_url": _query(q=question, _size=size, _next=following, **filters)
        if following
        else None,
        "json_url": datasette.urls.path("/-/search.json")
        + _query(q=question, _size=size, **filters),
    }
    return Response.html(
        await datasette.render_template("kb_search.html", context, request=request)
    )


# -- ask ------------------------------------------------------------------------------------------


@page
async def ask(datasette: Datasette, request: Request) -> Response:
    """GET /-/ask?q= and .json, POST /-/ask.json: a cited answer, or a reasoned refusal."""
    service = service_of(datasette)
    question, filters, history = await _asked(request)
    is_json = bool(request.url_vars.get("format"))
    if is_json and not question:
        raise QuestionError('There is no question. Give one as ?q=... or as {"question": "..."}.')
    if not question:
        empty = {"examples": service.examples, "answer": None, "question": ""}
        return Response.html(await datasette.render_template("kb_ask.html", empty, request=request))
    started = time.perf_counter()
    found = await asyncio.to_thread(service.ask, question, filters, history)
    data = answer_json(
        found,
        _since(started),
        partial(_url, datasette),
        lambda rows: datasette.urls.path("/kb") + _query(sql=rows.sql),
    )
    if is_json:
        return Response.json(data)
    context = {
        "question": question,
        "answer": data,
        "citations": [
            _cited(service.marks(c.hit.passage.id), c, row)
            for c, row in zip(found.citations, data["citations"], strict=True)
        ],
        "passages": [
            _shown(service.marks(h.passage.id), h, row)
            for h, row in zip(found.hits, data["passages"], strict=True)
        ],
        "earlier": history,
        "history": _carried(history, found),
        "json_url": datasette.urls.path("/-/ask.json")
        + _query(q=question, history=request.args.get("history")),
        "examples": [],
    }
    return Response.html(await datasette.render_template("kb_ask.html", context, request=request))


async def _asked(request: Request) -> tuple[str, dict[str, str], list[Turn]]:
    """The question, filters and earlier turns of a request.

    :raises QuestionError: the posted body is too long, no JSON object, or not of the shape that
        is stated.
    """
    if request.method != "POST":
        turns = _turns(_read_json(request.args.get("history") or "[]"))
        return request.args.get("q", "").strip(), {}, turns
    body = await request.post_body()
    if len(body) > MAX_BODY:
        raise QuestionError(f"The request has {len(body)} bytes; at most {MAX_BODY} are read.")
    given = _read_json(body)
    if not isinstance(given, dict) or not isinstance(given.get("question"), str):
        raise QuestionError(
            'The body has no question. Send {"question": "...", "history": [], "filters": {}}.'
        )
    filters = given.get("filters") or {}
    if not isinstance(filters, dict) or not all(isinstance(v, str) for v in filters.values()):
        raise QuestionError('filters is no object of strings. Send for example {"kind": "quote"}.')
    return given["question"].strip(), filters, _turns(given.get("history") or [])


def _read_json(text: str | bytes) -> Any:  # noqa: ANN401 (whatever was sent)
    try:
        return json.loads(text)
    except ValueError as error:
        raise QuestionError(f'This is no JSON ({error}). Send {{"question": "..."}}.') from error


def _carried(history: Sequence[Turn], found: Answer) -> str:
    """The turns that the next question is asked in the light of, for the page's form."""
    turns = [*history, Turn(found.question, found.text)][-MAX_TURNS:]
    return json.dumps([asdict(turn) for turn in turns], ensure_ascii=False)


def _turns(history: object) -> list[Turn]:
    given = history if isinstance(history, list) else [None]
    turns = [t for t in given if isinstance(t, dict) and isinstance(t.get("question"), str)]
    if len(turns) != len(given):
        raise QuestionError(
            'history is no list of turns. Send for example [{"question": "...", "answer": "..."}].'
        )
    return [Turn(t["question"], str(t.get("answer") or "")) for t in turns]


# -- document -------------------------------------------------------------------------------------


@page
async def document(datasette: Datasette, request: Request) -> Response:
    """GET /-/document/<id>?passage= and .json: the source as a reading page."""
    service = service_of(datasette)
    found = service.searcher.documents.get(int(request.url_vars["id"]))
    if found is None:
        message = f"There is no document {request.url_vars['id']}."
        return await _refusal(datasette, request, message, 404)
    wanted = _number(request, "passage", 0)
    passages = [p for p in service.searcher.passages.values() if p.document_id == found.id]
    sections = [s for s in service.searcher.sections.values() if s.document_id == found.id]
    if request.url_vars.get("format"):
        facts = {k: v for k, v in asdict(found).items() if k != "text"}
        return Response.json(
            {
                "ok": True,
                "document": facts,
                "sections": [asdict(s) for s in sections],
                "passages": [asdict(p) for p in passages],
            }
        )
    cited = (_number(request, "start", 0), _number(request, "end", 0))
    context = {
        "document": found,
        "sections": sections,
        "parts": reading_parts(passages, sections, service, wanted, cited),
        "cited": service.searcher.passages.get(wanted),
    }
    return Response.html(
        await datasette.render_template("kb_document.html", context, request=request)
    )


def list_documents(datasette: Datasette) -> list[Document]:
    """The documents of the knowledge base, for menus and lists."""
    return list(service_of(datasette).searcher.documents.values())


# -- coverage and discrepancies -------------------------------------------------------------------


@page
async def coverage(datasette: Datasette, request: Request) -> Response:
    """GET /-/coverage and .json: where the text of each document went."""
    searcher = service_of(datasette).searcher
    rows = searcher.store.all(Coverage)
    documents = [_account(found, rows) for found in searcher.documents.values()]
    if request.url_vars.get("format"):
        return Response.json({"ok": True, "documents": documents})
    context = {"documents": documents}
    body = await datasette.render_template("kb_coverage.html", context, request=request)
    return Response.html(body)


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
            "left_url": _place_url(datasette, row.document_id, row.left_passage_id),
            "right_url": _place_url(datasette, row.document_id, row.right_passage_id),
        }
        for row in searcher.store.all(Discrepancy)
    ]
    if request.url_vars.get("format"):
        return Response.json({"ok": True, "discrepancies": rows})
    context = {"rows": rows}
    body = await datasette.render_template("kb_discrepancies.html", context, request=request)
    return Response.html(body)


def _place_url(datasette: Datasette, document_id: int, passage_id: int | None) -> str | None:
    if passage_id is None:
        return None
    return source_url(datasette, document_id, passage_id)


# -- tables and charts ----------------------------------------------------------------------------


@page
async def tables(datasette: Datasette, request: Request) -> Response:
    """GET /-/tables and .json: the documents' tables and proven charts, as cells and drawn."""
    searcher = service_of(datasette).searcher
    cells_of: dict[tuple[type[Record], int | None], list[DataCell]] = defaultdict(list)
    for cell in searcher.store.all(DataCell):
        owner = (DataTable, cell.table_id) if cell.figure_id is None else (Figure, cell.figure_id)
        cells_of[owner].append(cell)
    records: list[DataTable | Figure] = [*searcher.store.all(DataTable)]
    records += searcher.store.all(Figure)
    filled = [(r, own) for r in records if (own := cells_of.get((type(r), r.id)))]
    grids = [_grid(datasette, searcher.documents[r.document_id], r, own) for r, own in filled]
    if request.url_vars.get("format"):
        return Response.json({"ok": True, "tables": grids})
    for grid, (_, own) in zip(grids, filled, strict=True):
        grid["chart"] = bar_chart(own, "")
    body = await datasette.render_template("kb_tables.html", {"grids": grids}, request=request)
    return Response.html(body)


def _by_column(row: Sequence[DataCell], columns: int) -> list[str]:
    texts = {cell.column: cell.text for cell in row}
    return [texts.get(column, "") for column in range(columns)]


def _grid(
    datasette: Datasette, found: Document, record: DataTable | Figure, cells: Sequence[DataCell]
) -> dict[str, Any]:
    rows = rows_of(cells)
    widest = max(rows, key=len)
    return {
        "kind": "table" if isinstance(record, DataTable) else "figure",
        "id": record.id,
        "number": record.number,
        "caption": record.caption,
        "source": record.source,
        "document": found.title,
        "page": record.page,
        "url": _place_url(datasette, record.document_id, record.passage_id),
        "sql_table": record.sql_table if isinstance(record, DataTable) else None,
        "labels": [cell.column_label for cell in widest],
        "rows": [_by_column(row, 1 + max(cell.column for cell in cells)) for row in rows],
    }


# -- shared ---------------------------------------------------------------------------------------


def _shown(marks: Sequence[tuple[int, int]], hit: Hit, row: Mapping[str, Any]) -> dict[str, Any]:
    """A hit's row with its words as HTML, matched words marked."""
    return {
        **row,
        "html": render_words(hit.passage.text, marks, hit.highlights),
        "language": hit.passage.language,
    }


def _cited(
    marks: Sequence[tuple[int, int]], citation: Citation, row: Mapping[str, Any]
) -> dict[str, Any]:
    """A citation's row with its passage as HTML, the cited words marked."""
    passage = citation.hit.passage
    html = render_words(passage.text, marks, [(citation.start, citation.end)])
    return {**row, "html": html, "language": passage.language, "kind": passage.kind}


def _facet_links(
    facets: Mapping[str, Sequence[tuple[str, int]]], question: str, filters: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Facets with, for each value, the address that sets or lifts its filter."""
    links = []
    for name, pairs in facets.items():
        values = []
        for value, count in pairs[:8]:
            is_set = filters.get(name) == value
            others = {k: v for k, v in filters.items() if k != name}
            values.append(
                {
                    "value": value,
                    "count": count,
                    "is_set": is_set,
                    "url": _query(q=question, **(others if is_set else {**others, name: value})),
                }
            )
        if len(values) > 1 or any(v["is_set"] for v in values):
            links.append({"name": name, "values": values})
    return links


def _number(request: Request, name: str, default: int) -> int:
    given = request.args.get(name)
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise QuestionError(f"{name} is “{given[:40]}”; give a whole number.")
    return int(given)


def _url(datasette: Datasette, passage: Passage) -> str:
    return source_url(datasette, passage.document_id, passage.id)


def _query(**values: object) -> str:
    return "?" + urlencode({k: v for k, v in values.items() if v not in (None, "")})


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)

"""Search: ranked passages with facets, as a page, JSON and CSV; and the box that tells a question
from words to look for.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from index.search import FILTERS, SORTS, Page
from kb.contract import hit_json
from kb.question import is_question
from kb.web.facets import facet_links, lifted
from kb.web.journal import log
from kb.web.page import as_csv, number_in, page, query, show, since, url_of, wants_json
from kb.web.render import shown
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette

DEFAULT_SIZE = 10
CSV_COLUMNS = ("rank", "text", "kind", "speaker", "document", "section", "page", "score", "url")


@page
async def find(datasette: Datasette, request: Request) -> Response:
    """GET /-/find?q=: on to the answer of a question, or to the passages for a few words."""
    text = request.args.get("q", "").strip()
    path = "/-/ask" if is_question(text) else "/-/search"
    return Response.redirect(datasette.urls.path(path) + query(q=text))


@page
async def search(datasette: Datasette, request: Request) -> Response:
    """GET /-/search?q=, .json and .csv: ranked passages with facets."""
    service = service_of(datasette)
    question = request.args.get("q", "").strip()
    size, offset = number_in(request, "_size", DEFAULT_SIZE), number_in(request, "_next", 0)
    filters = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    sort = request.args.get("_sort") or SORTS[0]
    started = time.perf_counter()
    found = await asyncio.to_thread(service.search, question, size, offset, filters, sort)
    if question:
        log(datasette, "search", question, f"{found.count} hits")
    data = _as_json(
        datasette,
        question,
        found,
        service.searcher.language(question),
        offset + size,
        since(started),
    )
    if wants_json(request):
        return Response.json(data)
    if request.url_vars.get("format"):
        return as_csv(data["hits"], CSV_COLUMNS, "passages.csv")
    kept = {"q": question, "_sort": request.args.get("_sort"), **filters}
    exact = query(**kept, _size=size, _next=offset or None)
    return await show(
        datasette, request, "kb_search.html",
        data=data,
        filters=filters,
        sort=sort,
        sorts=[(name, query(**{**kept, "_sort": name})) for name in SORTS],
        hits=[shown(service, hit, row)
              for hit, row in zip(found.hits, data["hits"], strict=True)],
        facets=facet_links(found.facets, kept),
        lifted=lifted(filters, kept),
        here=exact,
        last=offset + len(found.hits),
        next_url=query(**kept, _size=request.args.get("_size"), _next=data["next"])
        if data["next"] else None,
        back_url=query(**kept, _size=request.args.get("_size"), _next=max(0, offset - size) or None)
        if offset else None,
    )  # fmt: skip


def _as_json(
    datasette: Datasette, question: str, found: Page, language: str, following: int, took_ms: float
) -> dict[str, Any]:
    return {
        "ok": True,
        "query": question,
        "language": language,
        "took_ms": took_ms,
        "count": found.count,
        "next": following if following < found.count else None,
        "hits": [hit_json(hit, partial(url_of, datasette)) for hit in found.hits],
        "facets": {name: [list(pair) for pair in pairs] for name, pairs in found.facets.items()},
    }

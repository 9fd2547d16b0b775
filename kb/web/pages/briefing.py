"""The briefing: what was chosen, in the reader's order, each quotation proven again; to be taken
home as a file.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from datasette.utils.asgi import Request, Response

from kb.errors import KBError
from kb.export.briefing import Briefing
from kb.export.formats import FORMATS, format_of
from kb.export.gather import gather
from kb.export.items import read_item
from kb.language import Words
from kb.service import Service
from kb.web.basket import ACTS, Basket, changed, read_basket, write_basket
from kb.web.language import words_of_request
from kb.web.page import local_path, page, query, refusal, show, sources_mark
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette


@page
async def briefing(datasette: Datasette, request: Request) -> Response:
    """GET /-/briefing: what was chosen; POST with add, remove, up, down or clear: change it.

    With ?item=quote:12&item=... the address itself is the briefing, to be passed on.
    """
    service = service_of(datasette)
    if request.method == "POST":
        return await _change(datasette, request, service)
    basket = _asked(request)
    made, broken = await asyncio.to_thread(_gathered, service, basket, words_of_request(request))
    return await show(
        datasette, request, "kb_briefing.html",
        briefing=made,
        broken=broken,
        is_shared=bool(request.args.getlist("item")),
        is_stale=bool(basket.items) and basket.sources not in ("", sources_mark(service)),
        link=datasette.urls.path("/-/briefing") + _as_query(basket),
        formats=list(FORMATS.values()),
    )  # fmt: skip


@page
async def download(datasette: Datasette, request: Request) -> Response:
    """GET /-/briefing.docx (.md, .pdf, .xlsx, .csv, .json)?item=...: the file."""
    service = service_of(datasette)
    words = words_of_request(request)
    kind = format_of(f"briefing{request.url_vars['suffix']}", words.say)
    basket = _asked(request)
    items = [read_item(item, words.say) for item in basket.items]
    title = request.args.get("title", "")[:200]
    made = await asyncio.to_thread(gather, service, items, words.language, words.say, title)
    body = await asyncio.to_thread(kind.write, made, words.say)
    headers = {"content-disposition": f'attachment; filename="briefing{kind.suffix}"'}
    return Response(body, headers=headers, content_type=kind.media_type)


async def _change(datasette: Datasette, request: Request, service: Service) -> Response:
    """Do what a form asks for, and go back to where it stood."""
    if _is_foreign(request):
        message = "This form came from another site; nothing was changed."
        return await refusal(datasette, request, message, 403)
    form = await request.post_vars()
    act = next((name for name in ACTS if name in form), "")
    item = form.get(act, "")
    if act == "add":
        item = str(read_item(item))
    basket = replace(changed(read_basket(request), act, item), sources=sources_mark(service))
    if "application/json" in request.headers.get("accept", ""):
        words = words_of_request(request)
        said = {"ok": True, "count": len(basket.items), "said": words.say("In the briefing")}
        response = Response.json(said)
    else:
        response = Response.redirect(local_path(form.get("back") or "/-/briefing"), 303)
    write_basket(response, basket)
    return response


def _is_foreign(request: Request) -> bool:
    """Whether a form was sent by a page of another site (Fetch Metadata, W3C; else its Origin)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def _asked(request: Request) -> Basket:
    """The items of the address, else those kept in the browser."""
    shared = tuple(dict.fromkeys(request.args.getlist("item")))
    return Basket(request.args.get("seen", ""), shared) if shared else read_basket(request)


def _gathered(
    service: Service, basket: Basket, words: Words
) -> tuple[Briefing | None, list[tuple[str, str]]]:
    """The briefing of all items that prove, and the others with what is wrong with them: each is
    tried alone only if they do not prove together.
    """
    if not basket.items:
        return None, []
    try:
        items = [read_item(text, words.say) for text in basket.items]
        return gather(service, items, words.language, words.say), []
    except KBError:
        return _parted(service, basket, words)


def _parted(
    service: Service, basket: Basket, words: Words
) -> tuple[Briefing | None, list[tuple[str, str]]]:
    good, broken = [], []
    for text in basket.items:
        try:
            item = read_item(text, words.say)
            gather(service, [item], words.language, words.say)
        except KBError as error:
            broken.append((text, str(error)))
        else:
            good.append(item)
    return (gather(service, good, words.language, words.say) if good else None), broken


def _as_query(basket: Basket) -> str:
    return query(item=list(basket.items), seen=basket.sources)

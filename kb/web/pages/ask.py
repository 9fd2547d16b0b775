"""Ask: a cited answer or a reasoned refusal, in the light of the turns before it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from kb.answer.follow import MAX_TURNS
from kb.contract import answer_json
from kb.errors import QuestionError
from kb.records import Answer, Turn
from kb.service import Service
from kb.web.journal import log
from kb.web.page import MARK, page, query, show, since, sources_mark, url_of, wants_json
from kb.web.render import shown
from kb.web.rows import place_row
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette

MAX_BODY = 100_000  # bytes of a posted question with its history


@page
async def ask(datasette: Datasette, request: Request) -> Response:
    """GET /-/ask?q= and .json, POST /-/ask.json: a cited answer, or a reasoned refusal."""
    service = service_of(datasette)
    question, filters, history = await _asked(request)
    if wants_json(request) and not question:
        raise QuestionError('There is no question. Give one as ?q=... or as {"question": "..."}.')
    if not question:
        return await show(datasette, request, "kb_ask.html", answer=None, question="")
    started = time.perf_counter()
    found = await asyncio.to_thread(service.ask, question, filters, history)
    log(datasette, "ask", question, found.reason or "answered")
    data = answer_json(
        found,
        since(started),
        partial(url_of, datasette),
        lambda rows: datasette.urls.path("/kb") + query(sql=rows.sql),
    )
    if wants_json(request):
        return Response.json(data)
    here = {"q": question, "history": request.args.get("history")}
    return await show(
        datasette, request, "kb_ask.html",
        question=question,
        answer=data,
        citations=[place_row(datasette, service, c.hit, (c.start, c.end), number=c.number)
                   for c in found.citations],
        passages=[shown(service, h, row)
                  for h, row in zip(found.hits, data["passages"], strict=True)],
        earlier=history,
        history=_carried(history, found),
        json_url=datasette.urls.path("/-/ask.json") + query(**here),
        permanent=datasette.urls.path("/-/ask") + query(**here, seen=_seen(service, found)),
        changed=_changed(request.args.get("seen", ""), _seen(service, found)),
    )  # fmt: skip


def _seen(service: Service, found: Answer) -> str:
    """What a permanent link remembers: which passages the answer was drawn from, and the answer."""
    answer = hashlib.sha256(found.text.encode()).hexdigest()
    return f"{sources_mark(service)}-{answer[:MARK]}"


def _changed(seen: str, now: str) -> str:
    """What has changed since a permanent link was made: same, sources, answer; "" for none."""
    if not seen:
        return ""
    sources, _, answer = seen.partition("-")
    if sources == now.partition("-")[0]:
        return "same"
    return "sources" if answer == now.partition("-")[2] else "answer"


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
    except (ValueError, RecursionError) as error:
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

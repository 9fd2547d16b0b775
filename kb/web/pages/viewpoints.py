"""Viewpoints: who said what on a subject, for, against and other, by sector and region; and who is
silent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Request, Response

from kb.language import Words
from kb.records import Quote, Recommendation
from kb.stance import AGAINST, FOR, OTHER
from kb.viewpoints import Group, Voice, share_of, viewpoints
from kb.web.journal import log
from kb.web.language import words_of_request
from kb.web.page import page, show
from kb.web.rows import place_row
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette

STANCES = (FOR, AGAINST, OTHER)
SUBJECTS = 8  # that are offered


@page
async def view(datasette: Datasette, request: Request) -> Response:
    """GET /-/viewpoints?q=: voices on a subject."""
    service = service_of(datasette)
    subject = request.args.get("q", "").strip()
    words = words_of_request(request)
    if not subject:
        areas = [r.area for r in service.shelf.all(Recommendation) if r.area]
        subjects = list(dict.fromkeys(areas))[:SUBJECTS]
        return await show(
            datasette, request, "kb_viewpoints.html", found=None, subject="", subjects=subjects
        )
    found = await asyncio.to_thread(viewpoints, service, subject)
    log(datasette, "viewpoints", subject, f"{len(found.voices)} voices")
    row = partial(place_row, datasette, service)
    kinds = [("sector", found.sectors, found.silent_sectors),
             ("region", found.regions, found.silent_regions)]  # fmt: skip
    return await show(
        datasette, request, "kb_viewpoints.html",
        subject=subject,
        subjects=[],
        found=found,
        share=share_of(found.quoted, found.all_quoted, words.say),
        stances=[(name, [_voice(v, row) for v in found.of_stance(name)]) for name in STANCES],
        mentions=[_voice(v, row) for v in found.mentions],
        kinds=[(kind, [_group(g, words) for g in groups], silent)
               for kind, groups, silent in kinds],
    )  # fmt: skip


def _voice(voice: Voice, row: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    is_quote = isinstance(voice.record, Quote)
    shown = row(voice.hit, (voice.start, voice.end))
    return {
        **shown,
        "item": f"{'quote' if is_quote else 'view'}:{voice.record.id}",
        "is_quote": is_quote,
        "words": voice.record.text,
        "speaker": voice.holder,
        "role": voice.role,
        "organisation": voice.organisation,
        "sectors": voice.sectors,
        "region": voice.region,
        "cue": voice.cue,
        "person_id": voice.person_id,
    }


def _group(group: Group, words: Words) -> dict[str, Any]:
    """A row of the table: how many of those quoted speak of it, and how they do."""
    return {
        "name": group.name,
        "share": share_of(group.quoted, group.people, words.say),
        "people": group.people,
        "participants": group.participants,
        "stances": [sum(v.stance == name for v in group.voices) for name in STANCES],
    }

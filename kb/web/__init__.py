"""The pages: a Datasette plugin. Each page of data has the same address with .json.

Hooks only; the pages are in kb.web.pages. Works on any Datasette that serves a knowledge base.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from datasette.utils import StartupError
from markupsafe import Markup

from index.polyglot import Polyglot
from kb import __version__
from kb.errors import KBError
from kb.language import LANGUAGES
from kb.web import cells, labels
from kb.web.basket import read_basket
from kb.web.journal import is_logged
from kb.web.language import words_of_request
from kb.web.routes import ROUTES
from kb.web.rows import row_card
from kb.web.service import find_service, has_service, keep_service, service_of
from kb.web.site import site_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

WITH_BOX = ("/", "/-/ask", "/-/search")  # pages that have a search box of their own


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """Load the knowledge base before the first question; a foreign index stops the server."""

    async def load() -> None:
        if has_service(datasette):
            return
        try:
            service = await asyncio.to_thread(find_service, datasette, Polyglot)
        except KBError as error:
            raise StartupError(str(error)) from error
        if service is not None:
            await asyncio.to_thread(service.searcher.warm)
            keep_service(datasette, service)

    return load


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    return list(ROUTES)


@hookimpl
def skip_csrf(scope: dict[str, Any]) -> bool:
    """A question changes nothing, so it may be posted by any program; the briefing is kept by the
    browser alone, and its page looks itself where a form comes from.

    Asked by Datasette 0.65; 1.0 lets any program post, and refuses pages of other sites.
    """
    return bool(scope["path"].endswith(("/-/ask.json", "/-/briefing")))


@hookimpl
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    links = [("/-/ask", "Ask"), ("/-/search", "Search"), ("/-/coverage", "Text coverage")]
    return [{"href": datasette.urls.path(path), "label": label} for path, label in links]


@hookimpl
def render_cell(
    row: Mapping[str, Any], value: object, column: str, table: str | None, datasette: Datasette
) -> Markup | None:
    """Cells that lead to the words in the source: links of named queries and pages of records."""
    return cells.link_to_source(datasette, row, value, column, table)


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    """For our header on Datasette's own pages."""
    return [_static(datasette, "kb.css")]


@hookimpl
def extra_template_vars(
    datasette: Datasette, request: Request | None, template: str, table: str | None
) -> dict[str, Any]:
    """What the frame of every page needs: its language and words, the site, the briefing; and of a
    row's page in Datasette the record.
    """
    words = words_of_request(request)
    path = request.full_path if request else "/"
    return {
        "lang": words.language,
        "_": words.say,
        "ngettext": words.count,
        "number": words.number,
        "day": words.day,
        "label": partial(labels.label, words=words),
        "why": partial(labels.why, words=words),
        "kb": site_of(datasette, service_of(datasette)) if has_service(datasette) else None,
        "kb_row": _record(datasette, request, table) if template == "row.html" else None,
        "kb_basket": read_basket(request).items,
        "kb_here": path,
        "kb_has_box": path.partition("?")[0] in map(datasette.urls.path, WITH_BOX),
        "kb_languages": list(LANGUAGES.items()),
        "kb_logs": is_logged(datasette),
        "kb_origin": f"{request.scheme}://{request.host}" if request else "",
        "kb_static": partial(_static, datasette),
    }


def _record(
    datasette: Datasette, request: Request | None, table: str | None
) -> dict[str, Any] | None:
    key = request.url_vars.get("pks", "") if request else ""
    if table is None or not key.isdecimal() or not has_service(datasette):
        return None
    return row_card(datasette, service_of(datasette), table, int(key))


def _static(datasette: Datasette, name: str) -> str:
    """Address of a file of ours, another one for another version."""
    return f"{datasette.urls.static_plugins('stakeholder-kb', name)}?{__version__}"

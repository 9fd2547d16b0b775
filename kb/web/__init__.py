"""The pages: a Datasette plugin with search, ask and reading pages, each with the same address and
.json.

Hooks only; the pages are in kb.web.views. Works on any Datasette that serves a knowledge base.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from datasette.utils import StartupError
from markupsafe import Markup

from index.polyglot import Polyglot
from kb.errors import KBError
from kb.web import cells, views
from kb.web.service import find_service, has_service, keep_service

if TYPE_CHECKING:
    from datasette.app import Datasette


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
    return [
        (r"^/-/search(?P<format>\.json)?$", views.search),
        (r"^/-/ask(?P<format>\.json)?$", views.ask),
        (r"^/-/tables(?P<format>\.json)?$", views.tables),
        (r"^/-/coverage(?P<format>\.json)?$", views.coverage),
        (r"^/-/discrepancies(?P<format>\.json)?$", views.discrepancies),
        (r"^/-/document/(?P<id>\d+)(?P<format>\.json)?$", views.document),
    ]


@hookimpl
def skip_csrf(scope: dict[str, Any]) -> bool:
    """A question changes nothing, so it may be posted by any program.

    Asked by Datasette 0.65; 1.0 lets any program post, and refuses pages of other sites.
    """
    return bool(scope["path"].endswith("/-/ask.json"))


@hookimpl
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    return [
        {"href": datasette.urls.path("/-/ask"), "label": "Ask"},
        {"href": datasette.urls.path("/-/search"), "label": "Search"},
        {"href": datasette.urls.path("/-/tables"), "label": "Tables and charts"},
        {"href": datasette.urls.path("/-/coverage"), "label": "Where the text went"},
        {"href": datasette.urls.path("/-/discrepancies"), "label": "Contradictions"},
    ]


@hookimpl
def render_cell(
    row: Mapping[str, Any], value: object, column: str, table: str | None, datasette: Datasette
) -> Markup | None:
    """Cells that lead to the words in the source: links of named queries and pages of records."""
    return cells.link_to_source(datasette, row, value, column, table)


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    return [datasette.urls.static_plugins("stakeholder-kb", "kb.css")]


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    return {"kb_documents": views.list_documents(datasette) if has_service(datasette) else []}

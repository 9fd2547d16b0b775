"""Which address is which page. A page is one function, in the module of kb.web.pages that is named
like it.
"""

from __future__ import annotations

from kb.web.page import View
from kb.web.pages import accounts, ask, document, home, quotes, search, tables

JSON = r"(?P<format>\.json)?$"
ROUTES: tuple[tuple[str, View], ...] = (
    (r"^/$", home.home),
    (r"^/-/language$", home.language),
    (r"^/-/find$", search.find),
    (r"^/-/search(?P<format>\.json|\.csv)?$", search.search),
    (r"^/-/ask" + JSON, ask.ask),
    (r"^/-/document/(?P<id>\d+)" + JSON, document.document),
    (r"^/-/quotes$", quotes.quotes),
    (r"^/-/tables" + JSON, tables.tables),
    (r"^/-/tables/(?P<kind>table|figure)(?P<id>\d+)$", tables.table),
    (r"^/-/coverage" + JSON, accounts.coverage),
    (r"^/-/discrepancies" + JSON, accounts.discrepancies),
)

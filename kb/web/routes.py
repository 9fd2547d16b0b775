"""Which address is which page. A page is one function, in the module of kb.web.pages that is named
like it.
"""

from __future__ import annotations

from kb.web.page import View
from kb.web.pages import (
    accounts,
    ask,
    briefing,
    document,
    home,
    people,
    quotes,
    recommendations,
    regions,
    search,
    tables,
    use_cases,
    viewpoints,
)

JSON = r"(?P<format>\.json)?$"
ROUTES: tuple[tuple[str, View], ...] = (
    (r"^/$", home.home),
    (r"^/-/language$", home.language),
    (r"^/-/find$", search.find),
    (r"^/-/search(?P<format>\.json|\.csv)?$", search.search),
    (r"^/-/ask" + JSON, ask.ask),
    (r"^/-/document/(?P<id>\d+)" + JSON, document.document),
    (r"^/-/quotes(?P<format>\.json|\.csv)?$", quotes.quotes),
    (r"^/-/people" + JSON, people.list_people),
    (r"^/-/people/(?P<id>\d+)" + JSON, people.one_person),
    (r"^/-/use-cases" + JSON, use_cases.list_use_cases),
    (r"^/-/use-cases/(?P<id>\d+)" + JSON, use_cases.one_use_case),
    (r"^/-/recommendations" + JSON, recommendations.list_recommendations),
    (r"^/-/recommendations/(?P<id>\d+)" + JSON, recommendations.one_recommendation),
    (r"^/-/regions" + JSON, regions.list_regions),
    (r"^/-/regions/(?P<id>\d+)" + JSON, regions.one_region),
    (r"^/-/viewpoints" + JSON, viewpoints.view),
    (r"^/-/briefing$", briefing.briefing),
    (r"^/-/briefing(?P<suffix>\.\w+)$", briefing.download),
    (r"^/-/tables" + JSON, tables.tables),
    (r"^/-/tables/(?P<kind>table|figure)(?P<id>\d+)" + JSON, tables.table),
    (r"^/-/coverage" + JSON, accounts.coverage),
    (r"^/-/discrepancies" + JSON, accounts.discrepancies),
)

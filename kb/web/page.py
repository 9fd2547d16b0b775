"""What every page does: errors with their status, its template, the numbers of its address."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from datasette.utils.asgi import Request, Response

from kb.errors import KBError, QuestionError
from kb.export.sheets import guarded
from kb.records import Passage
from kb.service import Service
from kb.web.cells import source_url
from kb.web.language import words_of_request

if TYPE_CHECKING:
    from datasette.app import Datasette

MARK = 10  # hexadecimal digits of a hash in an address
View = Callable[..., Awaitable[Response]]


def page(view: View) -> View:
    """Turn a KBError into a message with its HTTP status, as JSON where JSON was asked for."""

    @wraps(view)
    async def wrapped(datasette: Datasette, request: Request) -> Response:
        try:
            return await view(datasette, request)
        except KBError as error:
            status = 400 if isinstance(error, QuestionError) else 503
            return await refusal(datasette, request, str(error), status)

    return wrapped


async def refusal(datasette: Datasette, request: Request, message: str, status: int) -> Response:
    """What went wrong, as JSON where JSON was asked for."""
    if request.url_vars.get("format"):
        return Response.json({"ok": False, "error": message, "status": status}, status=status)
    return await _error_page(datasette, request, message, "en", status)


async def _error_page(
    datasette: Datasette, request: Request, message: str, language: str, status: int
) -> Response:
    context = {"message": message, "language": language, "status": status}
    body = await datasette.render_template("kb_error.html", context, request=request)
    return Response.html(body, status=status)


async def not_there(
    datasette: Datasette, request: Request, what: str, id: int | None = None
) -> Response:
    """404 for a record that the knowledge base does not have.

    :param what: "document", "person" ...
    :param id: its number; that in the path of the address if None.
    """
    number = request.url_vars["id"] if id is None else id
    message = f"There is no {what} {number}."
    if wants_json(request):
        return await refusal(datasette, request, message, 404)
    words = words_of_request(request)
    said = words.say("There is nothing with the number %(n)s here.", n=number)
    return await _error_page(datasette, request, said, words.language, 404)


async def show(
    datasette: Datasette, request: Request, template: str, **context: object
) -> Response:
    """A page made of its template; as JSON the same things, if its address ends so."""
    if wants_json(request):
        return Response.json({"ok": True, **{k: as_plain(v) for k, v in context.items()}})
    return Response.html(await datasette.render_template(template, context, request=request))


def as_plain(value: object) -> object:
    """What JSON can hold of what a template is given: records by their columns, words as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): as_plain(v) for k, v in value.items() if k != "html"}
    if value is None or isinstance(value, str | int | float):
        return str(value) if isinstance(value, str) else value
    return [as_plain(v) for v in cast("Iterable[object]", value)]


def as_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], name: str) -> Response:
    """Rows as a file, guarded against being run as formulas."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([guarded(row[column]) for column in columns] for row in rows)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(file.getvalue(), headers=headers, content_type="text/csv; charset=utf-8")


def wants_json(request: Request) -> bool:
    """Whether a page is asked for as JSON: its address ends in .json."""
    return bool(request.url_vars.get("format") == ".json")


def number_in(request: Request, name: str, default: int) -> int:
    """A whole number of the address.

    :raises QuestionError: it is none.
    """
    given = request.args.get(name)
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise QuestionError(f"{name} is “{given[:40]}”; give a whole number.")
    return int(given)


def url_of(datasette: Datasette, passage: Passage) -> str:
    """Address of a passage on its reading page."""
    return source_url(datasette, passage.document_id, passage.id)


def place_url(datasette: Datasette, document_id: int, passage_id: int | None) -> str | None:
    """The same by ids; None if there is no passage."""
    return None if passage_id is None else source_url(datasette, document_id, passage_id)


_PAGES = {
    "people": "/-/people/{}",
    "use_cases": "/-/use-cases/{}",
    "recommendations": "/-/recommendations/{}",
    "regions": "/-/regions/{}",
    "data_tables": "/-/tables/table{}",
    "figures": "/-/tables/figure{}",
    "discrepancies": "/-/discrepancies",
}


def own_page(datasette: Datasette, table: str, id: int) -> str | None:
    """Address of our page of a record, if its kind has pages."""
    path = _PAGES.get(table)
    return str(datasette.urls.path(path.format(id))) if path else None


def record_url(datasette: Datasette, table: str, id: int) -> str:
    """Address of the page that shows a record best: ours, else Datasette's row."""
    return own_page(datasette, table, id) or str(datasette.urls.path(f"/kb/{table}/{id}"))


def local_path(path: str) -> str:
    """A path of this site to go back to.

    :raises QuestionError: it leads elsewhere.
    """
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        raise QuestionError(f"“{path[:80]}” is no page of this site; give a path such as /-/ask.")
    return path


def sources_mark(service: Service) -> str:
    """Stands for the passages that something was drawn from: the beginning of their hash."""
    return service.searcher.build.passages_sha256[:MARK]


def query(**values: object) -> str:
    """The part of an address after its path; what is empty is left out."""
    kept = {k: v for k, v in values.items() if v not in (None, "")}
    return "?" + urlencode(kept, doseq=True)


def since(started: float) -> float:
    """Milliseconds from a moment of time.perf_counter to now."""
    return round((time.perf_counter() - started) * 1000, 1)

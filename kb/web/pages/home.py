"""The start page: one box, what is there, what can be asked, how it was made. And the switch of
the language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from kb.errors import QuestionError
from kb.language import LANGUAGES, Words
from kb.web.language import COOKIE, words_of_request
from kb.web.page import local_path, page, show
from kb.web.service import service_of

if TYPE_CHECKING:
    from datasette.app import Datasette

YEAR = 365 * 24 * 3600  # seconds


@page
async def home(datasette: Datasette, request: Request) -> Response:
    """GET /: the box, the doors, example questions, the state of the build."""
    service = service_of(datasette)
    words = words_of_request(request)
    examples = [
        example_question(kind, name, words)
        for kind, name, language in service.examples
        if language in ("", words.language)  # words of another language make no good question
    ]
    return await show(datasette, request, "kb_home.html", examples=examples)


def example_question(kind: str, name: str, words: Words) -> str:
    """A question on something the knowledge base has; see Service.examples."""
    if kind == "speaker":
        return words.say("What did %(name)s say?", name=name)
    if kind == "case":
        return words.say("What is %(name)s?", name=name)
    return words.say("What is recommended on %(name)s?", name=name)


@page
async def language(datasette: Datasette, request: Request) -> Response:
    """GET /-/language?to=es&back=/...: keep a language and go back to the page.

    :raises QuestionError: the language or the address is none of ours.
    """
    to, back = request.args.get("to", ""), request.args.get("back") or "/"
    if to not in LANGUAGES:
        raise QuestionError(f"There is no “{to[:20]}”. Languages: {', '.join(LANGUAGES)}.")
    response = Response.redirect(local_path(back))
    response.set_cookie(COOKIE, to, max_age=YEAR, path="/", samesite="lax")
    return response

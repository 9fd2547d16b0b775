"""The words around a quotation, in the language of the question. The document's own words stay in
theirs.
"""

from __future__ import annotations

from collections.abc import Collection

from kb.records import Hit, Recommendation

SHORT = 14  # words
_MARKS = {"en": ("“", "”"), "es": ("«", "»")}
_ANY_MARKS = '“”"«»'
_RECOMMENDATION = {"en": "recommendation", "es": "recomendación"}

REFUSALS = {
    "en": {
        "off_subject": "The documents do not deal with this subject.{missing}",
        "no_evidence": "The documents do not say.{missing}",
        "false_premise": "The documents do not bear out what the question assumes.{missing}",
        "conflicting": "The documents contradict each other on this.",
        "too_long": "The question is too long to be read; please shorten it.",
        "unreadable": "The question has no words that could be looked for.",
    },
    "es": {
        "off_subject": "Los documentos no tratan este tema.{missing}",
        "no_evidence": "Los documentos no lo dicen.{missing}",
        "false_premise": "Los documentos no respaldan lo que la pregunta da por hecho.{missing}",
        "conflicting": "Los documentos se contradicen en este punto.",
        "too_long": "La pregunta es demasiado larga; acórtela, por favor.",
        "unreadable": "La pregunta no contiene palabras que se puedan buscar.",
    },
}
_NOT_AMONG = {
    "en": "The documents profile these places: {there}. They nowhere mention {names}.",
    "es": "Los documentos describen estos lugares: {there}. En ninguna parte mencionan {names}.",
}
_MISSING = {"en": " They nowhere mention {names}.", "es": " En ninguna parte mencionan {names}."}


def refusal(
    reason: str, language: str, missing: tuple[str, ...] = (), there: tuple[str, ...] = ()
) -> str:
    """One sentence that says that, and why, there is no answer.

    :param there: what the documents have of the kind of what is missing.
    """
    names = ", ".join(missing)
    if there:
        return _NOT_AMONG[language].format(there=", ".join(there), names=names)
    named = _MISSING[language].format(names=names) if missing else ""
    return REFUSALS[language][reason].format(missing=named)


def quoted(words: str, language: str) -> str:
    """Words of a document in the quotation marks of the answer's language."""
    opening, closing = _MARKS[language]
    return f"{opening}{words.strip().strip(_ANY_MARKS)}{closing}"


def holder(name: str, role: str | None) -> str:
    """Who says it: an opinion keeps its holder.

    Example: "Ana Ruiz (Head of Data)".
    """
    return f"{name} ({role})" if role else name


def place(hit: Hit, named: Collection[str]) -> str:
    """Document and page; a document that was named before goes by its page."""
    page = f"p. {hit.passage.page}" if hit.passage.page is not None else ""
    title = "" if page and hit.document in named else hit.document
    return ", ".join(filter(None, (title, page)))


def headings(path: str) -> str:
    """The last two headings above a passage, which say what a few words are about."""
    return ", ".join(path.split(" > ")[-2:])


def recommendation(row: Recommendation, language: str) -> str:
    """A recommendation by its number, with who is to act.

    Example: "recommendation 4b, Open the catch records (Harbour Office)".
    """
    number = f" {row.number}{row.label or ''}" if row.number else ""
    actor = f" ({row.actor})" if row.actor else ""
    title = " ".join(row.title.split()[:SHORT])
    return f"{_RECOMMENDATION[language]}{number}, {title}{actor}"

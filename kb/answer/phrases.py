"""The words around a quotation, in the language of the question. The document's own words stay in
theirs.
"""

from __future__ import annotations

from kb.records import Hit

_MARKS = {"en": ("“", "”"), "es": ("«", "»")}

REFUSALS = {
    "en": {
        "off_subject": "The documents do not deal with this subject.",
        "no_evidence": "The documents do not say.{missing}",
        "false_premise": "The documents do not bear out what the question assumes.{missing}",
        "conflicting": "The documents contradict each other on this.",
        "too_long": "The question is too long to be read; please shorten it.",
        "unreadable": "The question has no words that could be looked for.",
    },
    "es": {
        "off_subject": "Los documentos no tratan este tema.",
        "no_evidence": "Los documentos no lo dicen.{missing}",
        "false_premise": "Los documentos no respaldan lo que la pregunta da por hecho.{missing}",
        "conflicting": "Los documentos se contradicen en este punto.",
        "too_long": "La pregunta es demasiado larga; acórtela, por favor.",
        "unreadable": "La pregunta no contiene palabras que se puedan buscar.",
    },
}
_MISSING = {"en": " They nowhere mention {names}.", "es": " En ninguna parte mencionan {names}."}


def refusal(reason: str, language: str, missing: tuple[str, ...] = ()) -> str:
    """One sentence that says that, and why, there is no answer."""
    named = _MISSING[language].format(names=", ".join(missing)) if missing else ""
    return REFUSALS[language][reason].format(missing=named)


def framed(quote: str, hit: Hit, language: str, number: int, role: str | None) -> str:
    """A quotation with who says it and where: an opinion keeps its holder, a document's sentence
    its document.

    Example: 'Ana Ruiz (Head of Data): “...” [1]', 'Report, p. 12: “...” [2]'.
    """
    opening, closing = _MARKS[language]
    holder = hit.passage.speaker
    if holder:
        lead = f"{holder} ({role})" if role else holder
    else:
        page = f", p. {hit.passage.page}" if hit.passage.page is not None else ""
        lead = f"{hit.document}{page}"
    body = quote.strip().strip('“”"«»')
    return f"{lead}: {opening}{body}{closing} [{number}]"

"""Which formats are there, and who writes them? A new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.errors import QuestionError
from kb.export import csl, docx, markdown, pdf, sheets
from kb.export.briefing import Briefing
from kb.export.items import Translated


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how its name ends, what people call it, what a browser is told, and its
    writer.
    """

    suffix: str
    name: str
    media_type: str
    write: Callable[[Briefing, Translated], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: Mapping[str, Format] = {
    made.suffix: made
    for made in (
        Format(".docx", "DOCX", f"{_OFFICE}.wordprocessingml.document", docx.write),
        Format(".md", "Markdown", "text/markdown; charset=utf-8", markdown.write),
        Format(".pdf", "PDF", "application/pdf", pdf.write),
        Format(".xlsx", "XLSX", f"{_OFFICE}.spreadsheetml.sheet", sheets.write_xlsx),
        Format(".csv", "CSV", "text/csv; charset=utf-8", sheets.write_csv),
        Format(".json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl.write),
    )
}


def format_of(name: str, _: Translated = str) -> Format:
    """The format that a file's name ends in.

    :raises QuestionError: none does; the message names those there are.
    """
    found = FORMATS.get(Path(name).suffix.lower())
    if found is None:
        said = _("{name} has no ending that is known. Known are: {known}.")
        raise QuestionError(said.format(name=name, known=" ".join(FORMATS)))
    return found

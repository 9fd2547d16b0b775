"""Briefing -> DOCX, with the styles of Word: headings, quotations, tables, a numbered list."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from kb.export.briefing import Briefing, Grid
from kb.export.layout import Line, Translated, is_printable, lines, marks, require_shown

_STYLES = {
    "title": "Title",
    "heading": "Heading 1",
    "note": "Normal",
    "fact": "Normal",
    "text": "Normal",
    "quote": "Quote",
    "by": "Quote",
    "source": "List Number",  # the only list: its numbers are the sources'
}


def write(briefing: Briefing, _: Translated) -> bytes:
    """A DOCX file.

    :raises KBError: a character cannot stand in such a file.
    """
    require_shown(briefing, is_printable, ".docx", _)
    document = docx.Document()
    _properties(document, briefing)
    for line in lines(briefing, _):
        if line.grid:
            _table(document, line.grid)
        else:
            _paragraph(document, line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _properties(document: Document, briefing: Briefing) -> None:
    """Title, language and date, as Word and screen readers look for them."""
    properties = document.core_properties
    properties.title, properties.language = briefing.title, briefing.language
    properties.author, properties.comments = "", ""
    properties.created = datetime.fromisoformat(briefing.made)
    _set_language(document.styles["Normal"].element.get_or_add_rPr(), briefing.language)


def _paragraph(document: Document, line: Line) -> Paragraph:
    made = document.add_paragraph(style=_STYLES[line.style])
    if line.style == "fact":
        made.add_run(f"{line.label}: ").bold = True
    if line.style == "quote" and line.label:
        made.add_run(f"({line.label}) ")
    words = made.add_run(f"— {line.text}" if line.style == "by" else line.text)
    if line.style == "note":
        words.italic = True
    if line.language:
        _set_language(words._element.get_or_add_rPr(), line.language)
    made.add_run(marks(line.sources))
    return made


def _table(document: Document, grid: Grid) -> None:
    """A table whose first row is repeated on every page."""
    table = document.add_table(rows=1, cols=max(1, len(grid.columns)), style="Table Grid")
    for cell, label in zip(table.rows[0].cells, grid.columns, strict=False):
        cell.paragraphs[0].add_run(label).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in grid.rows:
        for cell, held in zip(table.add_row().cells, row, strict=False):
            run = cell.paragraphs[0].add_run(held.text)
            if grid.language:
                _set_language(run._element.get_or_add_rPr(), grid.language)
    document.add_paragraph()


def _set_language(properties: Any, language: str) -> None:  # noqa: ANN401 (an XML element)
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    properties.append(mark)

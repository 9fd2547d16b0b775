"""Briefing -> DOCX, with the styles of Word: headings, quotations, tables, a numbered list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph

from kb.export.briefing import Briefing, Grid
from kb.export.items import Translated
from kb.export.layout import Line, is_printable, lines, require_shown

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


_INDENT = Cm(0.8)  # of quotations
_TABLE_SIZE, _SMALL, _SMALL_FROM = Pt(9), Pt(7.5), 6  # a table of so many columns is set small


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
    """Title, language and date, where Word and screen readers look; how quotations look."""
    properties = document.core_properties
    properties.title, properties.language = briefing.title, briefing.language
    properties.author, properties.comments = "", ""
    document.styles["Quote"].paragraph_format.left_indent = _INDENT
    properties.created = datetime.fromisoformat(briefing.made)
    _set_language(document.styles["Normal"].element.get_or_add_rPr(), briefing.language)


def _paragraph(document: Document, line: Line) -> None:
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
    for number in line.sources:
        made.add_run(" ")
        _link(made, f"[{number}]", f"source_{number}")
    if line.style == "source":
        _bookmark(made, int(line.label))


def _link(paragraph: Paragraph, text: str, bookmark: str) -> None:
    """A link to a place in the same file; the library only writes those that lead out of it."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def _bookmark(paragraph: Paragraph, number: int) -> None:
    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(name)
        mark.set(qn("w:id"), str(number))
        if name.endswith("Start"):
            mark.set(qn("w:name"), f"source_{number}")
        paragraph._p.append(mark)


def _table(document: Document, grid: Grid) -> None:
    """A table; its heading row, if it has one, is repeated on every page."""
    table = document.add_table(rows=0, cols=max(1, len(grid.columns)), style="Table Grid")
    if any(grid.columns):
        heads = table.add_row()
        heads._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        _fill(heads, grid.columns, grid.language, is_bold=True)
    for row in grid.rows:
        _fill(table.add_row(), [cell.text for cell in row], grid.language)
    document.add_paragraph()


def _fill(row: Row, texts: Sequence[str], language: str, is_bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.font.size = _SMALL if len(texts) >= _SMALL_FROM else _TABLE_SIZE
        run.bold = is_bold or None
        if language:
            _set_language(run._element.get_or_add_rPr(), language)


def _set_language(properties: Any, language: str) -> None:  # noqa: ANN401 (an XML element)
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    properties.append(mark)

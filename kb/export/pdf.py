"""Briefing -> PDF. Fonts come from a package, so that it looks the same on every machine: Noto Sans
for Latin, Greek and Cyrillic, three more for signs. A character that none of them has is refused.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pymupdf_fonts
from fpdf import FPDF
from fpdf.errors import FPDFException
from fpdf.fonts import TTFFont

from kb.errors import KBError
from kb.export.briefing import Briefing, Grid
from kb.export.items import Translated
from kb.export.layout import Line, lines, require_shown

_BODY = {"": "notos", "B": "notosbo", "I": "notosit"}  # style -> name in the package
_SIGNS = ("symbol2", "symbol1", "math")  # asked in this order for what the body does not have
# of a table of hints to typesetters, which a PDF does not need: "TTFA NOT subset"
logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
_MARGIN, _INDENT = 22.0, 8.0  # millimetres
_SMALL_FROM = 6  # columns: such a table is set smaller
_WIDEST = 60  # characters of a cell that count for its column's width
# style of a line -> font's style, size in points, space above in millimetres
_LOOKS = {
    "title": ("B", 20, 0),
    "heading": ("B", 13, 6),
    "note": ("I", 9, 1),
    "fact": ("", 10, 1),
    "text": ("", 10.5, 2),
    "quote": ("", 10.5, 2),
    "by": ("I", 9.5, 1),
    "source": ("", 9, 1),
}


class _Pages(FPDF):
    """Pages with their number at the foot."""

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("body", "", 8)
        self.cell(0, 6, str(self.page_no()), align="C")


def write(briefing: Briefing, _: Translated) -> bytes:
    """A PDF file; its citation marks lead to the numbered sources.

    :raises KBError: a character is in none of the fonts, or a table is too wide for a page.
    """
    with _pages() as pdf:
        shown = _characters(pdf)
        require_shown(briefing, lambda c: ord(c) in shown or c.isspace(), ".pdf", _)
        pdf.set_title(briefing.title)
        pdf.set_lang(briefing.language)
        made = datetime.fromisoformat(briefing.made)
        pdf.set_creation_date(made.replace(tzinfo=timezone.utc))
        pdf.add_page()
        links = {source.number: pdf.add_link() for source in briefing.sources}
        for line in lines(briefing, _):
            if line.grid:
                _table(pdf, line.grid, _)
            else:
                _paragraph(pdf, line, links)
        return bytes(pdf.output())


@contextmanager
def _pages() -> Iterator[_Pages]:
    """Empty pages with all fonts; the fonts' files are there until the last page is written."""
    with TemporaryDirectory() as folder:
        pdf = _Pages()
        pdf.set_margin(_MARGIN)
        pdf.set_auto_page_break(True, _MARGIN)
        for style, name in _BODY.items():
            pdf.add_font("body", style, _file(Path(folder), name))
        for name in _SIGNS:
            pdf.add_font(name, "", _file(Path(folder), name))
        pdf.set_fallback_fonts(_SIGNS, exact_match=False)
        yield pdf


def _characters(pdf: FPDF) -> set[int]:
    """Code points shown in every style: all fonts of the body have them, or one of signs."""
    held = {key: set(font.cmap) for key, font in pdf.fonts.items() if isinstance(font, TTFFont)}
    body = set.intersection(*(codes for key, codes in held.items() if key.startswith("body")))
    return body.union(*(codes for key, codes in held.items() if not key.startswith("body")))


def _file(folder: Path, name: str) -> Path:
    """A font of the package as a file, which is how they are read."""
    path = folder / f"{name}.otf"
    path.write_bytes(pymupdf_fonts.myfont(name))
    return path


def _paragraph(pdf: FPDF, line: Line, links: dict[int, int]) -> None:
    style, size, above = _LOOKS[line.style]
    indent = _INDENT if line.style in ("quote", "by", "source") else 0.0
    height = size * 0.5  # points -> millimetres, with a half more between lines
    pdf.ln(above)
    _keep_with_next(pdf, line)
    pdf.set_left_margin(_MARGIN + indent)
    pdf.set_x(_MARGIN + indent)
    if line.style in ("title", "heading"):
        pdf.set_font("body", style, size)
        pdf.start_section(line.text, level=0 if line.style == "title" else 1)
    _label(pdf, line, size, height, links)
    pdf.set_font("body", style, size)
    pdf.write(height, f"— {line.text}" if line.style == "by" else line.text)
    pdf.set_font("body", "", size)
    for number in line.sources:
        _mark(pdf, number, height, links)
    pdf.ln(height)
    pdf.set_left_margin(_MARGIN)


def _label(pdf: FPDF, line: Line, size: float, height: float, links: dict[int, int]) -> None:
    """What stands before a line: a fact's name, an item's letter, a source's number."""
    if line.style == "source":
        pdf.set_link(links[int(line.label)], y=pdf.get_y(), page=pdf.page_no())
        pdf.set_x(_MARGIN)
        pdf.set_font("body", "", size)
        pdf.write(height, f"{line.label}. ")
        pdf.set_x(_MARGIN + _INDENT)
    elif line.style == "fact":
        pdf.set_font("body", "B", size)
        pdf.write(height, f"{line.label}: ")
    elif line.label:
        pdf.set_font("body", "", size)
        pdf.write(height, f"({line.label}) ")


def _mark(pdf: FPDF, number: int, height: float, links: dict[int, int]) -> None:
    """A citation mark behind words, never broken over two lines."""
    mark = f"[{number}]"
    if pdf.get_x() + pdf.get_string_width(f" {mark} ") > pdf.w - pdf.r_margin:
        pdf.ln(height)
    else:
        pdf.write(height, " ")
    pdf.write(height, mark, links[number])


def _keep_with_next(pdf: FPDF, line: Line) -> None:
    """Nothing that leads on to the next line stands alone at a page's foot."""
    needed = {"heading": 30, "note": 18}.get(line.style, 8)
    if pdf.will_page_break(needed):
        pdf.add_page()


def _table(pdf: FPDF, grid: Grid, _: Translated) -> None:
    """A table whose heading row is repeated on every page."""
    pdf.ln(2)
    pdf.set_font("body", "", 7 if len(grid.columns) >= _SMALL_FROM else 9)
    heads = [grid.columns] if any(grid.columns) else []
    rows = [*heads, *([cell.text for cell in row] for row in grid.rows)]
    room = round(pdf.epw / pdf.get_string_width("n"))
    try:
        with pdf.table(
            line_height=pdf.font_size * 1.5,
            text_align="LEFT",
            col_widths=_widths(rows, room),
            padding=0.5,
            first_row_as_headings=bool(heads),
        ) as table:
            for texts in rows:
                row = table.row()
                for text in texts:
                    row.cell(text)
    except FPDFException as error:
        said = _("{table} does not fit on a page ({error}). Take .docx or .xlsx.")
        raise KBError(said.format(table=grid.title, error=error)) from error


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[float]:
    """Widths of columns in characters: room for the longest word first, what is left over by the
    longest cell.
    """
    columns = list(zip(*rows, strict=True))
    words = [max(len(w) for c in column for w in [*c.split(), ""]) + 3 for column in columns]
    longest = [min(_WIDEST, max(map(len, column))) for column in columns]
    wanted = [max(0, n - word) for n, word in zip(longest, words, strict=True)]
    left = max(0, room - sum(words)) / max(1, sum(wanted))
    return [word + want * left for word, want in zip(words, wanted, strict=True)]

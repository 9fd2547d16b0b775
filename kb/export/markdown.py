"""Briefing -> Markdown (CommonMark, tables as GitHub has them)."""

from __future__ import annotations

import re
from collections.abc import Callable

from kb.export.briefing import Briefing, Grid
from kb.export.items import Translated
from kb.export.layout import Line, lines, marks

_SIGNS = re.compile(r"([\\`*_\[\]<|~&])")
_AT_START = re.compile(r"^(\d*)([#>+=.)-])")  # a heading, a rule, an entry of a list
_SHAPES: dict[str, Callable[[Line], str]] = {
    "title": lambda line: f"# {plain(line.text)}",
    "heading": lambda line: f"## {plain(line.text)}",
    "note": lambda line: f"*{plain(line.text)}*{marks(line.sources)}",
    "fact": lambda line: f"**{plain(line.label)}:** {plain(line.text)}{marks(line.sources)}",
    "text": lambda line: f"{plain(line.text)}{marks(line.sources)}",
    "quote": lambda line: f"> {_label(line)}{plain(line.text)}{marks(line.sources)}",
    "by": lambda line: f"> — {plain(line.text)}",
    "grid": lambda line: _table(line.grid) if line.grid else "",
    "source": lambda line: f"{line.label}. {plain(line.text)}",
}


def write(briefing: Briefing, _: Translated) -> bytes:
    """A Markdown file in UTF-8; its list of sources is numbered as the marks in the text are."""
    out, before = "", ""
    for line in lines(briefing, _):
        between = "" if not out else _between(before, line.style)
        out += between + _SHAPES[line.style](line)
        before = line.style
    return f"{out}\n".encode()


def plain(text: str) -> str:
    """Words that read as they are: no sign of them is taken for markup."""
    one = _SIGNS.sub(r"\\\1", re.sub(r"\s+", " ", text).strip())
    return _AT_START.sub(r"\1\\\2", one)


def _between(before: str, style: str) -> str:
    if (before, style) == ("source", "source"):
        return "\n"
    return "\n>\n" if before == "quote" and style in ("quote", "by") else "\n\n"


def _label(line: Line) -> str:
    return f"({line.label}) " if line.label else ""


def _table(grid: Grid) -> str:
    heads = "| " + " | ".join(plain(c) for c in grid.columns) + " |"
    rule = "|" + " --- |" * len(grid.columns)
    rows = ["| " + " | ".join(plain(c.text) for c in row) + " |" for row in grid.rows]
    return "\n".join((heads, rule, *rows))

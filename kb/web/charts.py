"""Cells of a table or chart as a bar chart: SVG made here, without script or request elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pygal
from markupsafe import Markup
from pygal.style import Style

from kb.records import DataCell

LEAST_BARS, MOST_BARS = 3, 60
_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    colors=("#1d4f91",),
    foreground="#333",
    foreground_strong="#111",
    foreground_subtle="#767676",
    font_family="Helvetica, Arial, sans-serif",
    guide_stroke_color="transparent",
    major_guide_stroke_color="transparent",
    label_font_size=13,
    major_label_font_size=13,
    value_font_size=13,
)


def bars_of(rows: Sequence[Sequence[DataCell]]) -> tuple[str, list[tuple[str, float]]]:
    """What is measured, and (label, value) of each row: the first column of numbers, and of those
    before it the one that tells rows apart best.
    """
    rows = [row for row in rows if _first_number(row)]
    if not rows:
        return "", []
    column = min(row[_first_number(row)].column for row in rows)
    rows = [row for row in rows if row[_first_number(row)].column == column]
    width = min(_first_number(row) for row in rows)
    told = [len({row[at].text for row in rows}) for at in range(width)]
    label = told.index(max(told))
    bars = [(row[label].text, row[_first_number(row)].value or 0.0) for row in rows]
    return rows[0][_first_number(rows[0])].column_label or "", bars


def _first_number(row: Sequence[DataCell]) -> int:
    """Index of the first cell with a number behind at least one with words, 0 if there is none."""
    return next((i for i, cell in enumerate(row) if i and cell.value is not None), 0)


def bar_chart(rows: Sequence[Sequence[DataCell]]) -> tuple[str, Markup] | None:
    """What is measured, and a bar for each row; None if there are too few or too many to be worth
    seeing.
    """
    measure, bars = bars_of(rows)
    if not LEAST_BARS <= len(bars) <= MOST_BARS:
        return None
    chart = pygal.HorizontalBar(
        style=_STYLE,
        js=(),
        show_legend=False,
        print_values=True,
        show_x_guides=False,
        show_y_guides=False,
        show_x_labels=False,
        truncate_label=-1,
        explicit_size=False,
        disable_xml_declaration=True,
        height=90 + 26 * len(bars),
        width=720,
        value_formatter=lambda value: f"{value:,.10g}",
    )
    # The chart draws from below; the first row belongs on top.
    chart.x_labels = [label for label, _ in reversed(bars)]
    chart.add("", [value for _, value in reversed(bars)])
    # pygal always adds a script for tooltips; the numbers stand beside the bars.
    drawn = re.sub(r"<script.*?</script>", "", chart.render(is_unicode=True), flags=re.DOTALL)
    return measure, Markup(drawn)

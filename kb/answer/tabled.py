"""Question -> an answer read from tables: our own records counted by SQL, or cells of tables in the
documents. Never from the top hits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.answer.cells import CellAnswer, read_cells, read_extreme
from kb.answer.conditions import Ask
from kb.answer.counted import counted
from kb.answer.sheets import Sheet
from kb.answer.wanted import KINDS
from kb.excerpt import Span, Spans
from kb.question import Query
from kb.records import Answer, Citation, Claim, Hit, Rows
from kb.text import tokens

# Which rows are left out a table does not tell.
_APART = re.compile(
    r"\b(?:apart from|besides|except(?:ing)?|other than|after (?!the (?:first|second|third)\b)"
    r"|aparte de|además de|excepto|después de)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, repr=False)
class Tables:
    """How tables are reached."""

    ask: Ask
    sheets: Sequence[Sheet]
    place: Callable[[int], Hit]  # a passage as a hit
    located: Callable[[int, Spans], Span | None]  # passage id, spans of its document -> its text
    alike: Callable[[str, Sequence[str]], Sequence[float]]  # cosines of a text and others


def tabled(query: Query, hits: Sequence[Hit], tables: Tables) -> Answer | None:
    """The answer that the tables give; None where they do not hold what is asked."""
    english = query.reading("en").text
    if found := counted(query.texts, query.language, tables.ask):
        places = [tables.place(i) for i in found.passages]
        return _answer(query, hits, found.text, [(p, 0, len(p.passage.text)) for p in places],
                       found.rows)  # fmt: skip
    apart = _APART.search(f"{query.text} {english}")
    cells = None if apart else read_cells(query.text, english, query.language, tables.sheets)
    return _of_cells(query, hits, cells, tables) if cells and _is_of_kind(query, cells) else None


def extreme(query: Query, hits: Sequence[Hit], passage_id: int, tables: Tables) -> Answer | None:
    """The most or least in a table that was found for a question, if it asks for that."""
    sheet = next((s for s in tables.sheets if s.passage_id == passage_id), None)
    if sheet is None or not any(sheet.rows):
        return None
    english = query.reading("en").text
    cells = read_extreme(query.text, english, query.language, sheet, tables.alike)
    return _of_cells(query, hits, cells, tables) if cells else None


def _is_of_kind(query: Query, cells: CellAnswer) -> bool:
    """Whether cells hold a sum of money, or a name beyond those of the question, where that is
    asked for.
    """
    if query.own.wants == "money":
        return KINDS["money"].search(cells.text) is not None
    if query.own.wants not in ("who", "place"):
        return True
    asked = {t for reading in query.readings.values() for t in tokens(reading.text)}
    return any(c.value is None and set(tokens(c.text)) - asked for c in cells.cells)


def _of_cells(query: Query, hits: Sequence[Hit], cells: CellAnswer, tables: Tables) -> Answer:
    ids = ", ".join(str(c.id) for c in cells.cells)
    sql = f"select id, row_label, column_label, text from data_cells where id in ({ids})"
    columns = ("id", "row_label", "column_label", "text")
    rows = Rows(sql, columns, tuple(tuple(row) for row in tables.ask(sql, ())))
    spans = tuple(span for cell in cells.cells for span in cell.spans)
    place = tables.place(cells.passage_id)
    at = tables.located(cells.passage_id, spans) or (0, len(place.passage.text))
    return _answer(query, hits, cells.text, [(place, *at)], rows)


def _answer(
    query: Query, hits: Sequence[Hit], text: str, cited: Sequence[tuple[Hit, int, int]], rows: Rows
) -> Answer:
    citations = tuple(Citation(n, *place) for n, place in enumerate(cited, start=1))
    marks = "".join(f" [{c.number}]" for c in citations)
    claims = (Claim(f"{text}{marks}", tuple(c.number for c in citations)),)
    return Answer(
        query.text, query.language, claims[0].text, claims, citations, tuple(hits), rows=rows
    )

"""A question + the cells of tables and charts -> the cells that answer it, quoted as printed.

A row, column and table count as asked for if the question holds enough of their words, rare words
weighing more. What a question asks beyond them speaks against the table. Not for sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from kb.answer import asking
from kb.answer.asking import Asked
from kb.answer.celltext import CellAnswer, Pick, cells_of, composed
from kb.answer.schedules import read_schedule
from kb.answer.sheets import (
    Column,
    Entry,
    Sheet,
    Table,
    cells_in,
    columns_of_numbers,
    digits_of,
    is_year,
    read_table,
)
from kb.answer.sheetwords import LABEL, LEAST_NAMED, Vocabulary, Words, words_of
from kb.answer.wanted import CURRENCY
from kb.question import read_labels
from kb.records import DataCell
from kb.text import tokens

__all__ = ["CellAnswer", "Sheet", "read_cells", "read_extreme"]

LEAST_SUBJECT = 0.58  # share of the question, rows' words apart, that the table must be about
# of a column's label, its unit apart: "jobs" asks not for "automatable jobs"
LEAST_COLUMN = 0.55
LEAST_IF_PART = 0.75  # the same if the row is named only in part
LEAST_IF_NAMED = 0.3  # the same if the question says "table 3"


@lru_cache(maxsize=4)
def _read(sheets: tuple[Sheet, ...]) -> tuple[list[Table], Vocabulary]:
    tables = [read_table(sheet) for sheet in sheets]
    sets = [[t.sheet.caption, *t.labels] for t in tables]
    sets += [[c.text for c in e.cells] for t in tables for e in t.entries]
    return tables, Vocabulary(sets)


def read_cells(
    text: str, english: str, language: str, sheets: Sequence[Sheet]
) -> CellAnswer | None:
    """The cells that a question asks for, None unless a row and what its table is about are named.

    :param english: the question in English as far as rules translate it; may equal text.

    Example: "How many boats has Ostra?" -> "Table 3, Ostra: Boats 12".
    """
    tables, known = _read(tuple(sheet for sheet in sheets if any(sheet.rows)))
    if asking.NOT_CELLS.search(text) or _is_of_others(text, english, tables, known):
        return None
    names, labels = known.read(f"{text} {english}"), read_labels(text)
    said = LABEL.sub(" ", text if text == english else f"{english} {text}")
    found: list[tuple[float, Table, Pick]] = []
    for reading in dict.fromkeys((text, english)):
        asked = Asked(said, known.read(reading), names, bool(labels))
        for table in tables:
            if not labels or set(labels) & set(read_labels(table.sheet.caption)):
                found += [(s, table, p) for s, p in _picked(asked, table, known) if s]
    found.sort(key=lambda f: -f[0])
    if not found or any(f[0] == found[0][0] and f[1] is not found[0][1] for f in found):
        return None
    return composed(found[0][1], found[0][2], language)


def read_extreme(
    text: str,
    english: str,
    language: str,
    sheet: Sheet,
    alike: Callable[[str, Sequence[str]], Sequence[float]],
) -> CellAnswer | None:
    """The rows of a table with the most or least of what is asked, where the table is known to be
    on the subject, in whatever words; None unless the question is which.

    :param alike: how near a text is to each of others.

    Example: "Which port is fined least often?" -> "Table 3, Ostra: Fines imposed 2".
    """
    said = text if text == english else f"{english} {text}"
    table, place = read_table(sheet), _place_of(said)
    is_which = asking.WHICH.search(text) and not asking.AFTER.search(text)
    columns = columns_of_numbers(table)
    if not is_which or asking.NOT_CELLS.search(text) or not columns or not _way(said):
        return None
    # A column that shares a word with the question goes before others.
    shared = [k for k in columns if (words_of(k[1]) - table.kinds) & words_of(said)]
    columns = shared or columns
    near = alike(text, [label or sheet.caption for _, label in columns])
    label = columns[max(range(len(columns)), key=lambda i: near[i])][1]
    chosen = [column for column in columns if column[1] == label]
    pool = [e for e in table.entries if not e.is_total]
    if is_year(e.key for e in pool) and not asking.WHEN.search(said):
        return None  # "which port" is none of the years
    found = _furthest(pool, chosen, sheet.caption, said, place)
    return composed(table, Pick(found, Words()), language) if found else None


def _is_of_others(text: str, english: str, tables: Sequence[Table], known: Vocabulary) -> bool:
    """Whether a name stands in the question that is in no sheet and above none; names outlive
    translation.
    """
    kept = set(tokens(text))
    names = [known.read(n) for n in asking.NAME.findall(english) if set(tokens(n)) <= kept]
    there = known.forms.union(*(table.around for table in tables))
    return any(words and not words & there for words in names)


def _picked(asked: Asked, table: Table, known: Vocabulary) -> list[tuple[float, Pick]]:
    kinds = (read_schedule, _summed, _extreme, _with_value, _of_rows, _counted)
    for kind in (_with_value,) if asking.asks_lack(asked.text) else kinds:
        pick = kind(asked, table, known)
        if pick:
            return [(_fit(asked, table, pick, known), pick)]
    return []


def _fit(asked: Asked, table: Table, pick: Pick, known: Vocabulary) -> float:
    """Share of the question that the table and the cells explain, 0 if they are about another."""
    rest, about = asked.words - pick.row, table.around | pick.also
    shown = words_of(table.sheet.caption, *(f"{c.column_label} {c.text}" for c in cells_of(pick)))
    if {w for w in rest - about if w[0].isdigit()} or (asked.words - shown) & {"percent"}:
        return 0.0
    surely = LEAST_SUBJECT if pick.whole >= LEAST_NAMED else LEAST_IF_PART
    least = LEAST_IF_NAMED if asked.is_named else surely
    is_subject = bool(rest & table.around) or asked.is_named or pick.note == "stage"
    is_subject |= bool(asking.columns_by_kind(asked, table)) and not rest
    columns = [words_of(f"{c.column_label} {c.text}") for _, cells in pick.found for c in cells]
    is_number = any(c.value is not None for _, cells in pick.found for c in cells) or pick.note
    is_graded = any({"rank", "score"} & c - asked.words for c in columns)
    is_share = (
        bool(columns)
        and all("percent" in words for words in columns)
        and "percent" not in asked.words
    )
    heads = [c.column_label or "" for _, cells in pick.found for c in cells]
    # "How many fines" asks not for their sum: "Fines (£)".
    is_sum = all(map(CURRENCY.search, heads or [""])) and not CURRENCY.search(asked.text)
    if asking.COUNT.search(asked.text) and (is_graded or is_share or is_sum or not is_number):
        return 0.0
    if is_share and asking.MOST_OF.search(asked.text):
        return 0.0
    if not is_subject or (rest and known.share(about, rest) < least):
        return 0.0
    labels = [words_of(c.column_label) for _, cells in pick.found for c in cells]
    if least > 0.5 and not _is_column_asked(asked, pick, known):
        return 0.0
    close = max((known.share(asked.words, words) for words in labels), default=0.0)
    return (known.share(about | pick.row, asked.words) or 0.1) + 0.05 * close + 0.1 * pick.whole


def _is_column_asked(asked: Asked, pick: Pick, known: Vocabulary) -> bool:
    """Not if the question holds too little of a column's label; one that it leaves out is meant."""
    if pick.note == "stage":
        return True
    for label in {c.column_label or "" for _, cells in pick.found for c in cells}:
        words = words_of(re.sub(r"\(.*?\)|%", " ", label))
        # Of "threatened workshops" no word can be missing; a share says of what it is one.
        least = LEAST_COLUMN if len(words) > 2 or "percent" in words_of(label) else 1.0
        if 0 < known.share(asked.words, words) < least - 1e-9:
            return False
    return True


def _of_rows(asked: Asked, table: Table, known: Vocabulary) -> Pick | None:
    """The values of the rows that are named, in the columns that are named."""
    entries, row, is_own = asking.named_rows(asked, table, known)
    if not entries:
        return None
    columns = asking.named_columns(
        asked, table.entries, row, known, False
    ) or asking.columns_by_kind(asked, table)
    full = [k for k in columns if known.share(asked.words, words_of(k[1])) >= LEAST_NAMED]
    rest = asked.words - row
    is_whole = len(rest) > 1 and rest <= table.about
    if is_own and asking.WHO.search(asked.text) and not columns:
        return None
    if not (full or asked.is_named or asking.VALUE.search(asked.text) or is_whole or not is_own):
        return None
    rows = ((e, cells_in(e, columns) if columns else e.others) for e in dict.fromkeys(entries))
    found = tuple((e, cells) for e, cells in rows if cells)
    if not 0 < len(found) <= asking.MOST:
        return None
    whole = min(known.share(asked.names, words_of(e.key.text)) for e in entries) if is_own else 1.0
    return Pick(found, row, words_of(*(c.text for e in entries for c in e.cells)), whole=whole)


def _is_fit_to_order(
    asked: Asked, table: Table, columns: Sequence[Column], text: str, row: Words
) -> bool:
    """Whether the best, latest or most of a column is what the question means by it."""
    label = words_of(*(label for _, label in columns)) or words_of(table.sheet.caption)
    if asking.GRADES.search(text) and not label & {"rank", "score"}:
        return False
    values = (c for e in table.entries for c in cells_in(e, columns))
    if asking.DATED.search(text) and not is_year(values):
        return False
    kinds = table.kinds | {"state", "country"}
    heads = words_of(*asking.HEAD.findall(asked.text)) - asking.OUTER
    is_subject = asked.is_named or bool(asked.words & table.about - kinds - heads)
    return is_subject and (not heads or bool(heads & (table.about | row)))


def _extreme(asked: Asked, table: Table, known: Vocabulary) -> Pick | None:
    """The rows with the highest or lowest value; in a ranking 1 is the best."""
    text, place = _without_place(asked.text), _place_of(asked.text)
    entries, row, is_own = asking.named_rows(asked, table, known)
    is_after = bool(asking.AFTER.search(asked.text))
    if is_own and not is_after and (len(entries) > 1 or not asking.WHICH.search(text)):
        return None
    # "Which sector" names no column for having a word of "women in the sector".
    columns = asking.one_column(asked, table, asking.OUTER | table.kinds, known)
    is_asked = _way(text) or (place and _is_ranking(columns, table.sheet.caption))
    if not columns or not is_asked or not _is_fit_to_order(asked, table, columns, text, row):
        return None
    pool = [e for e in table.entries if not e.is_total]
    if entries and not is_own:
        pool = [e for e in pool if e in entries]
    elif is_own:
        pool, row = (
            [e for e in pool if not is_after or e not in entries],
            row if is_after else Words(),
        )
    found = _furthest(pool, columns, table.sheet.caption, text, place)
    return Pick(found, row | (asked.words & asking.OUTER)) if found else None


def _way(text: str) -> str:
    """Whether the least ("low") or the most ("high") is asked for; neither: ""."""
    return "low" if asking.LOW.search(text) else "high" if asking.HIGH.search(text) else ""


def _place_of(text: str) -> int:
    """How many places from the end: "the second largest" -> 1."""
    return max((n for pattern, n in asking.PLACES if pattern.search(text)), default=0)


def _without_place(text: str) -> str:
    for pattern, _ in asking.PLACES:
        text = pattern.sub(" ", text)
    return text


def _is_ranking(columns: Sequence[Column], caption: str) -> bool:
    return "rank" in words_of(" ".join(label for _, label in columns) or caption)


def _furthest(
    pool: Sequence[Entry], columns: Sequence[Column], caption: str, text: str, place: int
) -> tuple[tuple[Entry, tuple[DataCell, ...]], ...]:
    """The entries at one end of a column, as many as are asked for; none if they are too many."""
    is_ranking = _is_ranking(columns, caption)
    is_ranking &= not re.search(r"\b(?:number|número)\b", text, re.I)
    upward = (_way(text) == "low") != is_ranking
    found: dict[Entry, tuple[DataCell, ...]] = {}
    for column in columns:
        cells = [
            (c.value, e, c) for e in pool for c in cells_in(e, [column]) if c.value is not None
        ]
        cells.sort(key=lambda c: c[0] if upward else -c[0])
        asked = _from_place([value for value, _, _ in cells], place, asking.top_of(text))
        for value, entry, cell in cells:
            if value in asked:
                found[entry] = (*found.get(entry, ()), cell)
    return tuple(found.items()) if len(found) <= asking.MOST else ()


def _from_place(values: Sequence[float], place: int, most: int) -> set[float]:
    """So many of the values in order, from a place on. Equal ones share a place, but count each."""
    skipped = list(dict.fromkeys(values))[:place]
    return set([value for value in values if value not in skipped][:most])


def _with_value(asked: Asked, table: Table, known: Vocabulary) -> Pick | None:
    """The rows whose value is, or is above or below, a number of the question."""
    numbers = {w.rstrip(".,") for w in re.findall(r"(?<!\w)\d[\d.,]*", asked.text)}
    words = {n for w, n in asking.NUMBER_WORDS.items() if w in tokens(asked.text)}
    if not numbers and asking.NONE.search(asked.text):
        numbers = {"0"}
    if len(numbers) != 1:
        numbers = {str(n) for n in words} or ({"1"} if asking.ONE.search(asked.text) else set())
    if (
        len(numbers) != 1
        or not asking.WHICH.search(asked.text)
        or asking.named_rows(asked, table, known)[2]
    ):
        return None
    (number,) = numbers
    row = words_of(number, *asking.NUMBER_WORDS) & asked.words
    wanted, columns = digits_of(number), asking.one_column(asked, table, row, known)
    way = next((way for pattern, way in asking.LESS_MORE if pattern.search(asked.text)), 0)
    found = tuple(
        (e, (c,)) for e in table.entries for c in cells_in(e, columns)
        if not e.is_total and c.value is not None
        and ((c.value - wanted) * way > 0 if way else digits_of(c.text) == wanted)
    )  # fmt: skip
    return Pick(found, row) if 0 < len(found) <= asking.MOST else None


def _summed(asked: Asked, table: Table, known: Vocabulary) -> Pick | None:
    """The total that the table prints, or our own sum of a column, with its addends."""
    said = f" {' '.join(tokens(asked.text))} "
    total = any(e.is_total and f" {' '.join(tokens(e.key.text))} " in said for e in table.entries)
    asks = asking.SUM.search(said) or total
    is_extreme = asking.HIGH.search(asked.text) or asking.LOW.search(asked.text)
    if (
        not asks
        or is_extreme
        or asking.ROWS.search(asked.text)
        or asking.named_rows(asked, table, known)[2]
    ):
        return None
    columns = asking.one_column(asked, table, frozenset(), known)
    columns = columns or columns_of_numbers(table)
    printed = [
        (e, cells_in(e, columns)) for e in table.entries if e.is_total and cells_in(e, columns)
    ]
    if printed:
        return Pick(tuple(printed), frozenset())
    found = tuple((e, cells) for e in table.entries if (cells := cells_in(e, columns)))
    added = [c for _, cells in found for c in cells]
    label = words_of(*(label for _, label in columns), table.sheet.caption)
    about = asked.words & table.about
    if len(added) < 2 or label & {"percent", "rank", "score", "year"} or is_year(added):
        return None
    if any("%" in c.text for c in added) or not (asked.is_named or len(about) > 1):
        return None
    return Pick(found, frozenset(), note="sum")


def _counted(asked: Asked, table: Table, known: Vocabulary) -> Pick | None:
    """How many rows there are, if the question counts what the rows are."""
    about = asked.words & table.about
    asks = asking.ROWS.search(asked.text) or (
        asking.COUNT.search(asked.text) and table.kinds & asked.words
    )
    if not asks or not (asked.is_named or len(about) > 1):
        return None
    found = tuple((e, ()) for e in table.entries if not e.is_total)
    if asking.ROWS.search(asked.text):
        found = tuple({e.cells[0].row: (e, ()) for e in reversed(table.entries)}.values())[::-1]
    return Pick(found, frozenset(), note="count")

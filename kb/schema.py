"""Records -> tables: columns from the record classes, foreign keys, indexes, the full-text table.

A new kind of record needs its class in kb.records and, if it points to other rows, its keys here.
"""

from __future__ import annotations

import types
import typing
from dataclasses import fields

from sqlite_utils import Database

from kb.records import RECORD_TYPES, Record

# column -> table whose id it holds; the same name means the same thing everywhere
FOREIGN_KEYS = {
    "document_id": "documents",
    "section_id": "sections",
    "passage_id": "passages",
    "person_id": "people",
    "organisation_id": "organisations",
    "footnote_id": "footnotes",
    "use_case_id": "use_cases",
    "table_id": "data_tables",
    "figure_id": "figures",
    "region_id": "regions",
    "left_passage_id": "passages",
    "right_passage_id": "passages",
}
SELF_KEYS = {"parent_id", "matches_id", "same_as_id"}
INDEXED = FOREIGN_KEYS.keys() | SELF_KEYS

FULL_TEXT = "passages_fts"
FULL_TEXT_COLUMNS = ("clean", "context", "speaker", "also")
TOKENIZER = "porter unicode61 remove_diacritics 2"


def columns(record_type: type[Record]) -> dict[str, type]:
    """Column -> Python type, in the order of the class; spans are JSON text."""
    hints = typing.get_type_hints(record_type)
    return {f.name: _stored_as(hints[f.name]) for f in fields(record_type)}


def _stored_as(hint: object) -> type:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    return next((kind for kind in (int, float, str) if kind in options), str)


def foreign_keys(record_type: type[Record]) -> list[tuple[str, str, str]]:
    """(column, other table, other column) of one table."""
    keys = []
    for column in columns(record_type):
        other = record_type.table if column in SELF_KEYS else FOREIGN_KEYS.get(column)
        if other:
            keys.append((column, other, "id"))
    return keys


def create_tables(db: Database) -> None:
    """Make every table, its keys and indexes, and the empty full-text table."""
    for record_type in RECORD_TYPES:
        names = columns(record_type)
        table = db.table(record_type.table)
        table.create(names, pk="id", foreign_keys=foreign_keys(record_type))
        for column in names:
            if column in INDEXED:
                table.create_index([column])
    listed = ", ".join(FULL_TEXT_COLUMNS)
    db.execute(f"create virtual table {FULL_TEXT} using fts5({listed}, tokenize='{TOKENIZER}')")

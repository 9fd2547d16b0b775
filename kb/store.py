"""The only module that reads and writes record tables. Records in, records out; SQL stays here."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import sqlite_utils

from kb import schema
from kb.errors import KBError
from kb.records import Build, DataCell, DataTable, Passage, Record

R = TypeVar("R", bound=Record)


class Store:
    """A knowledge base file. Open it with `Store.create` (new, writable) or `Store.open` (read
    only).
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.connection.row_factory = sqlite3.Row

    @classmethod
    def create(cls, path: Path) -> Store:
        """Make a new file with empty tables; whatever stood at path is replaced."""
        path.unlink(missing_ok=True)
        store = cls(sqlite3.connect(path))
        schema.create_tables(sqlite_utils.Database(store.connection))
        return store

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open for reading, from any thread.

        :raises KBError: there is no such file, or it is not a knowledge base.
        """
        if not path.exists():
            raise KBError(
                f"There is no knowledge base at {path}. Make one with `kb build SOURCE --db "
                f"{path}`."
            )
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        try:
            connection.execute("select count(*) from build").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            raise KBError(
                f"{path} is not a knowledge base ({error}). Give the path that `kb build` wrote."
            ) from error
        return cls(connection)

    def close(self) -> None:
        self.connection.close()

    def add(self, records: Iterable[Record]) -> int:
        """Insert records of any kinds in one transaction; passages enter the full-text table too.

        :returns: how many rows were added.
        """
        rows = sorted(records, key=lambda r: r.table)  # stable, so the order within a table is kept
        with self.connection:
            for table, group in groupby(rows, key=lambda r: r.table):
                members = list(group)
                marks = ", ".join("?" * len(fields(members[0])))
                self.connection.executemany(
                    f"insert into {table} values ({marks})", map(_row, members)
                )
                if table == Passage.table:
                    self._index_words([m for m in members if isinstance(m, Passage)])
        return len(rows)

    def _index_words(self, passages: Sequence[Passage]) -> None:
        listed = ", ".join(schema.FULL_TEXT_COLUMNS)
        marks = ", ".join("?" * len(schema.FULL_TEXT_COLUMNS))
        values = [
            (p.id, *(getattr(p, c) or "" for c in schema.FULL_TEXT_COLUMNS)) for p in passages
        ]
        self.connection.executemany(
            f"insert into {schema.FULL_TEXT} (rowid, {listed}) values (?, {marks})", values
        )

    def add_data_tables(self) -> list[str]:
        """Give every table of the documents an SQL table of its own, with typed columns.

        :returns: names of the tables made.
        """
        database = sqlite_utils.Database(self.connection)
        made = []
        for table in self.all(DataTable):
            cells = self.all(DataCell, "table_id = ?", (table.id,))
            rows = _rows_of(cells)
            if rows:
                database.table(table.sql_table).insert_all(rows)
                made.append(table.sql_table)
        return made

    def all(
        self, record_type: type[R], where: str = "1", parameters: Sequence[Any] = ()
    ) -> list[R]:
        """Rows of one kind as records, by id."""
        query = f"select * from {record_type.table} where {where} order by id"
        return [_record(record_type, row) for row in self.connection.execute(query, parameters)]

    def get(self, record_type: type[R], id: int) -> R | None:
        """One record, or None."""
        found = self.all(record_type, "id = ?", (id,))
        return found[0] if found else None

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """The passages with these ids, in the order asked for."""
        marks = ", ".join("?" * len(ids))
        found = {p.id: p for p in self.all(Passage, f"id in ({marks})", ids)}
        return [found[id] for id in ids if id in found]

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Rows of a query that is not one table's."""
        return self.connection.execute(query, parameters).fetchall()

    def build(self) -> Build:
        """How this knowledge base was made.

        :raises KBError: the build did not finish.
        """
        found = self.all(Build)
        if not found:
            raise KBError("This knowledge base was not finished. Run `kb build` again.")
        return found[0]


def passages_hash(passages: Iterable[Passage]) -> str:
    """SHA-256 over ids and indexed words in order: what an index is an index of."""
    digest = hashlib.sha256()
    for passage in passages:
        digest.update(
            f"{passage.id}\x1f{passage.context}\x1f{passage.clean}\x1f{passage.also}\x1e".encode()
        )
    return digest.hexdigest()


def vectors_folder(db: Path, passages_sha256: str) -> Path:
    """Where one build's vectors stand: beside the database, in a folder named by the passages they
    are vectors of.
    """
    return db.with_suffix(".index") / passages_sha256[:16]


def rows_of(cells: Sequence[DataCell]) -> list[list[DataCell]]:
    """Cells by row, in the order of columns."""
    rows: dict[int, list[DataCell]] = {}
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        rows.setdefault(cell.row, []).append(cell)
    return list(rows.values())


def rows_by_owner(cells: Iterable[DataCell]) -> dict[tuple[str, int | None], list[list[DataCell]]]:
    """Cells by the table or figure they stand in (see DataCell.owner), each as rows."""
    owned: dict[tuple[str, int | None], list[DataCell]] = defaultdict(list)
    for cell in cells:
        owned[cell.owner].append(cell)
    return {owner: rows_of(own) for owner, own in owned.items()}


def _rows_of(cells: Sequence[DataCell]) -> list[dict[str, str | float | None]]:
    """Cells as rows; a column is numeric if each of its cells is a number."""
    columns: dict[int, str] = {}
    for column in sorted({cell.column for cell in cells}):
        label = next((c.column_label for c in cells if c.column == column and c.column_label), "")
        name = label or f"column {column + 1}"
        taken = sum(other == name or other.startswith(f"{name} (") for other in columns.values())
        columns[column] = f"{name} ({taken + 1})" if taken else name
    numeric = {n for n in columns if all(c.value is not None for c in cells if c.column == n)}
    rows: dict[int, dict[str, str | float | None]] = {}
    for cell in cells:
        row = rows.setdefault(cell.row, dict.fromkeys(columns.values()))
        row[columns[cell.column]] = cell.value if cell.column in numeric else cell.text
    return [rows[n] for n in sorted(rows)]


def _row(record: Record) -> list[Any]:
    return [_stored(getattr(record, f.name)) for f in fields(record)]


def _stored(value: object) -> object:
    return json.dumps(value, separators=(",", ":")) if isinstance(value, tuple) else value


def _record(record_type: type[R], row: sqlite3.Row) -> R:
    values = dict(zip(row.keys(), row, strict=True))
    if "spans" in values:
        values["spans"] = tuple((a, b) for a, b in json.loads(values["spans"]))
    return record_type(**values)

"""Datasette over one knowledge base, set up the way the pages expect it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import uvicorn
from datasette import __version_info__
from datasette.app import Datasette
from datasette.database import Database

from kb.errors import KBError
from kb.evaluate.report import eval_path
from kb.records import DataTable, Document
from kb.service import Service
from kb.store import Store
from kb.web.journal import keep_journal
from kb.web.service import keep_service

DATABASE = "kb"  # the name that the metadata and the pages' links know it by
EVALUATIONS = "eval"  # what `kb eval --save` keeps, likewise
HOST = "127.0.0.1"
METADATA = "datasette-metadata.json"
SETTINGS = {"default_page_size": 50, "sql_time_limit_ms": 2000, "allow_download": False}


def make_datasette(db: Path, service: Service) -> Datasette:
    """A Datasette that serves db read only, with a loaded service, and evaluations beside it."""
    metadata = with_data_tables(read_metadata(), service.searcher.store)
    datasette = Datasette([], [str(db)], settings=SETTINGS, **described_by(metadata))
    datasette.remove_database(db.stem)  # named by its file; the pages know it by one name
    datasette.add_database(Database(datasette, path=str(db), is_mutable=False), name=DATABASE)
    if eval_path(db).exists():  # a run may be added while this serves, so it is not immutable
        runs = Database(datasette, path=str(eval_path(db)), is_mutable=True)
        datasette.add_database(runs, name=EVALUATIONS)
    keep_service(datasette, service)
    return datasette


def serve(db: Path, service: Service, port: int, log: Path | None = None) -> None:
    """Serve on this machine only, until interrupted.

    :param log: where questions are logged; nowhere if None.
    """
    datasette = make_datasette(db, service)
    if log:
        keep_journal(datasette, log)
    uvicorn.run(datasette.app(), host=HOST, port=port, log_level="warning", lifespan="on")


def described_by(
    metadata: dict[str, Any], version: tuple[str, ...] = __version_info__
) -> dict[str, Any]:
    """Arguments by which Datasette learns titles, columns, facets and named queries.

    0.65 reads all of it from its metadata; 1.0 looks for named queries in its config alone.

    :param version: of Datasette; only its first part is looked at.
    """
    if version[0] == "0":
        return {"metadata": metadata}
    databases = metadata.get("databases", {})
    queries = {name: {"queries": one.get("queries", {})} for name, one in databases.items()}
    return {"metadata": metadata, "config": {"databases": queries}}


def with_data_tables(metadata: dict[str, Any], store: Store) -> dict[str, Any]:
    """Metadata that also describes the SQL tables that the documents' own tables were made into."""
    tables = metadata.get("databases", {}).get(DATABASE, {}).get("tables", {})
    titles = {d.id: d.title for d in store.all(Document)}
    for table in store.all(DataTable):
        name = f"Table {table.number}" if table.number else "A table"
        place = f", page {table.page}" if table.page is not None else ""
        text = f"{name} of “{titles[table.document_id]}”{place}: {table.caption}."
        tables[table.sql_table] = {"description": text, "source": table.source or ""}
    return metadata


def read_metadata() -> dict[str, Any]:
    """Titles, column descriptions, facets and named queries.

    :raises KBError: the file is missing from the installation.
    """
    checkout = Path(__file__).resolve().parent.parent.parent
    for path in (checkout / METADATA, Path(sys.prefix) / "share" / "stakeholder-kb" / METADATA):
        if path.exists():
            return dict(json.loads(path.read_text(encoding="utf-8")))
    raise KBError(f"{METADATA} is missing from the installation. Install the package again.")

"""Which knowledge base a Datasette serves: found once at start-up, kept with the Datasette."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from index.encode import Encoder
from kb.errors import KBError
from kb.service import Service

if TYPE_CHECKING:
    from datasette.app import Datasette

_services: WeakKeyDictionary[Datasette, Service] = WeakKeyDictionary()


def find_service(datasette: Datasette, make_encoder: Callable[[], Encoder]) -> Service | None:
    """Load the first database that is a knowledge base; None if no database is one.

    :raises KBError: a knowledge base is there but its index is missing, stale or foreign.
    """
    for database in datasette.databases.values():
        if database.path and _is_knowledge_base(Path(database.path)):
            encoder = make_encoder()
            service = Service.load(Path(database.path), encoder)
            encoder.encode(["warm"])
            return service
    return None


def keep_service(datasette: Datasette, service: Service) -> None:
    _services[datasette] = service


def has_service(datasette: Datasette) -> bool:
    return datasette in _services


def service_of(datasette: Datasette) -> Service:
    """The loaded knowledge base.

    :raises KBError: none of the databases is a knowledge base.
    """
    if datasette not in _services:
        raise KBError("No knowledge base is open here. Start it with `kb serve --db kb.db`.")
    return _services[datasette]


def _is_knowledge_base(path: Path) -> bool:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        tables = {row[0] for row in connection.execute("select name from sqlite_master")}
    finally:
        connection.close()
    return {"build", "passages", "documents"} <= tables

"""A log of questions, kept only if the operator turns it on; each page then says so. No address and
no name of a reader is written.
"""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kb.errors import KBError

if TYPE_CHECKING:
    from datasette.app import Datasette

_journals: WeakKeyDictionary[Datasette, Path] = WeakKeyDictionary()


def keep_journal(datasette: Datasette, path: Path) -> None:
    """Log questions to a file from now on, one JSON object a line.

    :raises KBError: the file cannot be written.
    """
    try:
        path.touch()
    except OSError as error:
        raise KBError(f"The log {path} cannot be written ({error}). Give another --log.") from error
    _journals[datasette] = path


def is_logged(datasette: Datasette) -> bool:
    """Whether questions are logged here."""
    return datasette in _journals


def log(datasette: Datasette, page: str, question: str, outcome: str) -> None:
    """Write one question, if questions are logged.

    :param outcome: "answered", a reason of refusal, or the number of hits.
    """
    if datasette not in _journals:
        return
    at = datetime.now(timezone.utc).isoformat(timespec="seconds")
    line = {"at": at, "page": page, "question": question, "outcome": outcome}
    with _journals[datasette].open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")

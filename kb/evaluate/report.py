"""How is an evaluation shown? As text for a terminal, as JSON, and as tables for Datasette."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlite_utils

from kb.errors import KBError
from kb.evaluate.run import MEASURES, Evaluation, Judgement, Measure
from kb.records import Build

TABLES: dict[str, dict[str, type]] = {
    "eval_runs": {
        "id": int,
        "run_at": str,
        "questions": str,
        "n": int,
        "verbatim": float,
        "words": float,
        "median_ms": float,
        "version": str,
        "model": str,
        "passages_sha256": str,
    },
    "eval_measures": {
        "id": int,
        "run_id": int,
        "by": str,
        "of": str,
        "measure": str,
        "value": float,
        "low": float,
        "high": float,
        "n": int,
    },
    "eval_questions": {
        "id": int,
        "run_id": int,
        "question_id": str,
        "conversation_id": str,
        "language": str,
        "type": str,
        "style": str,
        "category": str,
        "is_answerable": int,
        "question": str,
        "wanted": str,
        "answer": str,
        "reason": str,
        "failed": str,
        "nearest_rank": int,
        "took_ms": float,
        "ask_again": str,
    },
}


def as_text(found: Evaluation) -> str:
    """A table by language with confidence intervals, one by type, and a line on all answers."""
    languages = _grid(found, "language", list(MEASURES), intervals=True)
    types = _grid(found, "type", ["R@5", "answer", "cited", "refused+", "refused-"])
    return f"{languages}\n\n{types}\n\n{_last_line(found)}"


def _grid(found: Evaluation, by: str, names: Sequence[str], intervals: bool = False) -> str:
    chosen = {(m.group, m.name): m for m in found.measures if m.by == by and m.name in names}
    groups = sorted({group for group, _ in chosen})
    kept = [name for name in names if any((group, name) in chosen for group in groups)]
    cells = [[_cell(chosen.get((g, name)), intervals) for g in groups] for name in kept]
    if intervals:  # few groups, many measures: a measure a line
        return _aligned([["", *groups], *([n, *row] for n, row in zip(kept, cells, strict=True))])
    lines = [[g, *column] for g, column in zip(groups, zip(*cells, strict=True), strict=True)]
    return _aligned([["", *kept], *lines])


def _cell(measure: Measure | None, intervals: bool) -> str:
    if measure is None:
        return ""
    spread = f" [{measure.low:.2f}, {measure.high:.2f}] n={measure.n}" if intervals else ""
    return f"{measure.value:.3f}{spread}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _last_line(found: Evaluation) -> str:
    verbatim = "none" if found.verbatim is None else f"{found.verbatim:.4f} of {found.citations}"
    words = "none" if found.words is None else f"{found.words:.1f}"
    return (
        f"citations verbatim {verbatim}; words per answer {words}; "
        f"median {found.median_ms:.1f} ms (this machine)"
    )


def as_json(found: Evaluation) -> dict[str, Any]:
    """The measures and every question, as `kb eval --json` prints them."""
    return {
        "measures": [_measure_row(m) for m in found.measures],
        **_totals(found),
        "questions": [_question_row(j) for j in found.judgements],
    }


def eval_path(db: Path) -> Path:
    """Where the evaluations of a knowledge base are kept: kb.db -> kb-eval.db."""
    return db.with_name(f"{db.stem}-eval.db")


def save(found: Evaluation, db: Path, files: Iterable[Path], build: Build) -> Path:
    """Add a run to the evaluations beside a knowledge base; earlier runs stay.

    :param files: the question files; their names are kept.
    :raises KBError: the file there is not one of evaluations, or cannot be written.
    """
    path = eval_path(db)
    try:
        connection = sqlite3.connect(path)
        with connection:
            _add_run(sqlite_utils.Database(connection), found, [f.name for f in files], build)
        connection.close()
    except sqlite3.Error as error:
        raise KBError(f"{path} cannot take the run ({error}). Move that file away.") from error
    return path


def _add_run(
    database: sqlite_utils.Database, found: Evaluation, files: Sequence[str], build: Build
) -> None:
    run = {
        "run_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "questions": "; ".join(files),
        "n": len(found.judgements),
        **_totals(found),
        "version": build.version,
        "model": build.model,
        "passages_sha256": build.passages_sha256,
    }
    run_id = _table(database, "eval_runs").insert(run).last_pk
    rows_of = {
        "eval_measures": map(_measure_row, found.measures),
        "eval_questions": map(_question_row, found.judgements),
    }
    for name, rows in rows_of.items():
        _table(database, name).insert_all({"run_id": run_id, **row} for row in rows)


def _table(database: sqlite_utils.Database, name: str) -> sqlite_utils.db.Table:
    """A table of evaluations, made if it is not there."""
    keys = [] if name == "eval_runs" else [("run_id", "eval_runs", "id")]
    table = database.table(name)
    return table.create(TABLES[name], pk="id", foreign_keys=keys, if_not_exists=True)


def _totals(found: Evaluation) -> dict[str, float | None]:
    return {"verbatim": found.verbatim, "words": found.words, "median_ms": found.median_ms}


def _measure_row(measure: Measure) -> dict[str, Any]:
    return {
        "by": measure.by,
        "of": measure.group,
        "measure": measure.name,
        "value": round(measure.value, 4),
        "low": round(measure.low, 4),
        "high": round(measure.high, 4),
        "n": measure.n,
    }


def _question_row(judgement: Judgement) -> dict[str, Any]:
    question = judgement.question
    return {
        "question_id": question.id,
        "conversation_id": judgement.conversation_id,
        "language": question.language,
        "type": question.type,
        "style": question.style,
        "category": question.category,
        "is_answerable": int(question.is_answerable),
        "question": question.text,
        "wanted": (" and " if question.needs_all_answers else " or ").join(question.answers),
        "answer": judgement.answer,
        "reason": judgement.reason,
        "failed": "; ".join(judgement.failed),
        "nearest_rank": judgement.nearest_rank,
        "took_ms": round(judgement.took_ms, 1),
        "ask_again": f"/-/ask?q={quote(question.text)}",
    }

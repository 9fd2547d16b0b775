import json
from pathlib import Path

import pytest

from kb.records import RECORD_TYPES
from kb.schema import FULL_TEXT, columns
from kb.store import Store

METADATA = json.loads(
    (Path(__file__).parents[1] / "datasette-metadata.json").read_text(encoding="utf-8")
)
KB = METADATA["databases"]["kb"]
TABLES = {name: spec for name, spec in KB["tables"].items() if not name.startswith(FULL_TEXT)}


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda t: t.table)
def test_every_column_of_a_table_is_described_and_nothing_else(record_type):
    described = TABLES[record_type.table]
    assert described["description"]
    assert list(described["columns"]) == list(columns(record_type))
    assert all(text.endswith(".") for text in described["columns"].values())


def test_no_table_is_described_that_does_not_exist():
    assert set(TABLES) == {record_type.table for record_type in RECORD_TYPES}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_facets_and_labels_are_columns(name):
    spec = TABLES[name]
    named = {*spec.get("facets", []), *filter(None, [spec.get("label_column"), spec.get("sort")])}
    assert named <= set(spec["columns"])


@pytest.mark.parametrize("name", sorted(KB["queries"]))
def test_a_named_query_runs_and_says_what_it_is_for(name, store: Store):
    query = KB["queries"][name]
    assert query["title"]
    assert query["description"]
    parameters = dict.fromkeys(query.get("params", []), "")
    rows = store.connection.execute(query["sql"], parameters | _words(query)).fetchall()
    assert rows or name in ("what_regions_state", "contradictions")  # the sample has none


def _words(query):
    return {"words": "herring"} if "words" in query.get("params", []) else {}

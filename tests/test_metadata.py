import json
import re
from pathlib import Path

import pytest

from kb.records import RECORD_TYPES
from kb.schema import FULL_TEXT, columns
from kb.store import Store
from kb.web.serve import described_by

METADATA = json.loads(
    (Path(__file__).parents[1] / "datasette-metadata.json").read_text(encoding="utf-8")
)
KB = METADATA["databases"]["kb"]
TABLES = {name: spec for name, spec in KB["tables"].items() if not name.startswith(FULL_TEXT)}
NOT_IN_THE_SAMPLE = {"what_regions_state", "contradictions"}


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda t: t.table)
def test_every_column_of_a_table_is_described_and_nothing_else(record_type):
    described = TABLES[record_type.table]
    assert described["description"]
    assert list(described["columns"]) == list(columns(record_type))
    assert all(text.endswith(".") for text in described["columns"].values())


def test_no_table_is_described_that_does_not_exist():
    assert set(TABLES) == {record_type.table for record_type in RECORD_TYPES}


def test_tables_behind_the_full_text_search_are_hidden(store: Store):
    shadows = [name for (name,) in store.connection.execute(
        "select name from sqlite_master where type = 'table' and name like ?", [f"{FULL_TEXT}%"]
    )]  # fmt: skip
    assert [KB["tables"].get(name) for name in shadows] == [{"hidden": True}] * len(shadows)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_facets_labels_and_order_are_columns(name):
    spec = TABLES[name]
    one_column = [spec[key] for key in ("label_column", "sort", "sort_desc") if key in spec]
    assert {*spec.get("facets", []), *one_column} <= set(spec["columns"])


@pytest.mark.parametrize("name", sorted(KB["queries"]))
def test_a_named_query_says_what_it_is_for_and_asks_for_what_it_uses(name):
    query = KB["queries"][name]
    assert query["title"]
    assert query["description"].endswith(".")
    assert set(re.findall(r":([a-z]+)", query["sql"])) == set(query.get("params", []))


@pytest.mark.parametrize("name", sorted(KB["queries"]))
def test_a_named_query_finds_rows_in_the_sample(name, store: Store):
    rows = _run(store, name, "herring")
    assert rows or name in NOT_IN_THE_SAMPLE


@pytest.mark.parametrize("name", sorted(KB["queries"]))
def test_a_named_query_runs_on_an_empty_knowledge_base(name, tmp_path: Path):
    store = Store.create(tmp_path / "kb.db")
    assert _run(store, name, "herring") == []
    store.close()


@pytest.mark.parametrize("words", ['herring"', "herring*", "(herring", "-herring", "^'herring"])
@pytest.mark.parametrize("name", ["passages_with", "quotes_on"])
def test_marks_of_the_search_language_in_a_phrase_mean_nothing(name, words, store: Store):
    found = _run(store, name, "herring")
    assert found
    assert _run(store, name, words) == found


def test_named_queries_are_config_from_datasette_1_on():
    metadata = {"title": "T", "databases": {"kb": {"queries": {"all": {"sql": "select 1"}}}}}
    assert described_by(metadata, ("0", "65", "5")) == {"metadata": metadata}
    assert described_by(metadata, ("1", "0a41")) == {
        "metadata": metadata,
        "config": {"databases": {"kb": {"queries": {"all": {"sql": "select 1"}}}}},
    }


def _run(store, name, words):
    query = KB["queries"][name]
    filled = {key: words if key == "words" else "" for key in query.get("params", [])}
    return store.connection.execute(query["sql"], filled).fetchall()

"""Records in, records out."""

import dataclasses
import sqlite3

import pytest

from kb.errors import KBError
from kb.records import RECORD_TYPES, Build, Document, Passage, Person
from kb.store import Store, passages_hash, vectors_folder

PAPER = Document(
    1, "report", "Nets", "nets.txt", "text/plain", "en", "0" * 64, "none", "", "Boats."
)


def passage(id, text="Boats."):
    return Passage(id, 1, None, id, "paragraph", text, text, "", None, "en", None, ((0, 3), (4, 6)))


@pytest.fixture
def empty(tmp_path):
    made = Store.create(tmp_path / "new.db")
    yield made
    made.close()


def test_a_record_comes_back_as_it_went_in(empty):
    assert empty.add([PAPER, passage(7)]) == 2
    assert (empty.all(Document), empty.all(Passage)) == ([PAPER], [passage(7)])


def test_records_of_a_kind_come_by_id(empty):
    empty.add([PAPER, passage(9), passage(2)])
    assert [p.id for p in empty.all(Passage)] == [2, 9]


def test_passages_come_in_the_order_asked_for(empty):
    empty.add([PAPER, passage(1), passage(2)])
    assert [p.id for p in empty.passages([2, 5, 1])] == [2, 1]
    assert empty.passages([]) == []


def test_a_record_that_is_not_there_is_none(empty):
    assert empty.get(Person, 1) is None


def test_words_of_a_passage_enter_the_full_text(empty):
    empty.add([PAPER, passage(7, "Smoked herring")])
    rows = empty.rows("select rowid from passages_fts where passages_fts match 'herring'")
    assert [row["rowid"] for row in rows] == [7]


def test_a_record_that_cannot_be_added_takes_the_others_with_it(empty):
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE constraint failed: passages.id"):
        empty.add([PAPER, passage(1), passage(1)])
    assert (empty.all(Document), empty.all(Passage)) == ([], [])


def test_a_new_store_has_a_table_for_every_kind(empty):
    tables = {row["name"] for row in empty.rows("select name from sqlite_master")}
    assert {record_type.table for record_type in RECORD_TYPES} <= tables


def test_a_knowledge_base_is_opened_for_reading_only(store):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.add([Person(1, "Ada Moor", "")])


def test_a_missing_knowledge_base_is_refused_with_the_remedy(tmp_path):
    with pytest.raises(KBError, match=r"no knowledge base at .*none\.db\. Make one with `kb build"):
        Store.open(tmp_path / "none.db")


@pytest.mark.parametrize("content", [b"words", b""], ids=["text", "empty"])
def test_a_file_that_is_no_knowledge_base_is_refused(tmp_path, content):
    (tmp_path / "notes.db").write_bytes(content)
    with pytest.raises(KBError, match="notes.db is not a knowledge base"):
        Store.open(tmp_path / "notes.db")


def test_a_build_that_did_not_finish_is_refused(empty):
    with pytest.raises(KBError, match="was not finished. Run `kb build` again"):
        empty.build()


def test_one_row_says_how_the_knowledge_base_was_made(store, encoder):
    made = store.build()
    assert (made.id, made.documents, made.model, made.coverage) == (1, 2, encoder.name, 1.0)
    assert len(store.all(Build)) == 1


@pytest.mark.parametrize(
    "change",
    [{"id": 8}, {"clean": "Nets."}, {"context": "Boats"}],
    ids=["id", "words", "context"],
)
def test_the_hash_changes_with_what_the_index_reads(change):
    other = dataclasses.replace(passage(7), **change)
    assert passages_hash([passage(7)]) != passages_hash([other])


def test_the_hash_does_not_change_with_what_the_index_does_not_read():
    other = dataclasses.replace(passage(7), page=4)
    assert passages_hash([passage(7)]) == passages_hash([other])


def test_vectors_stand_beside_the_database(tmp_path):
    folder = vectors_folder(tmp_path / "kb.db", "abcdef0123456789" * 4)
    assert folder == tmp_path / "kb.index" / "abcdef0123456789"

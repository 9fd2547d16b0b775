import shutil
import sqlite3

import pytest

from kb.proof import prove
from kb.store import Store


@pytest.fixture
def broken(db, tmp_path):
    """A copy of the sample's knowledge base, and a way to change it."""
    copy = tmp_path / "kb.db"
    shutil.copy(db, copy)

    def change(statement):
        with sqlite3.connect(copy) as connection:
            assert connection.execute(statement).rowcount != 0
        return {f.what.split(":")[0]: f for f in prove(Store.open(copy)) if not f.holds}

    return change


def test_the_sample_proves(store):
    assert [finding for finding in prove(store) if not finding.holds] == []


def test_one_changed_letter_of_a_quote_is_found(broken):
    failed = broken(
        "update quotes set text = replace(text, 'nurse', 'purse') where text like '%nurse%'"
    )
    assert list(failed) == ["quotes"]
    assert "purse" in failed["quotes"].example


def test_one_changed_letter_of_a_document_is_found(broken):
    failed = broken("update documents set text = replace(text, 'herring', 'halibut')")
    assert {"passages", "quotes"} <= set(failed)


def test_a_passage_that_fell_out_of_the_full_text_is_found(broken):
    assert "full-text index holds the passages" in broken(
        "delete from passages_fts where rowid = 7"
    )


def test_a_stretch_that_no_row_accounts_for_is_found(broken):
    failed = broken("delete from coverage where length(text) > 300")
    assert any(what.startswith("document 1") for what in failed)


def test_a_stretch_that_two_rows_claim_is_found(broken):
    failed = broken(
        "insert into coverage select id + 100000, document_id, kind, reason, record_table, page, "
        "text, spans"
        " from coverage where id = 3"
    )
    assert any(what.startswith("document") for what in failed)


def test_a_key_to_no_row_is_found(broken):
    assert "keys point to rows" in broken("update quotes set passage_id = 99999 where id = 1")

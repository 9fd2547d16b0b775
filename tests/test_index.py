import dataclasses
import shutil

import numpy as np
import pytest

from index import lexical
from index.make import PARTS, index_maker
from index.manifest import MANIFEST_FILE
from index.search import Searcher
from index.spelling import corrections
from index.vectors import VECTORS_FILE, VectorIndex
from kb.errors import QuestionError, StaleIndexError
from kb.store import Store, vectors_folder


@pytest.fixture(scope="module")
def searcher(db, encoder):
    return Searcher.load(db, encoder)


@pytest.fixture
def folder(db, store, tmp_path):
    """A copy of the index of the sample."""
    copy = tmp_path / "index"
    shutil.copytree(vectors_folder(db, store.build().passages_sha256), copy)
    return copy / "passages"


def test_an_index_of_other_passages_is_refused_with_the_remedy(folder, store):
    other = dataclasses.replace(store.build(), passages_sha256="f" * 64, passages=3)
    with pytest.raises(
        StaleIndexError,
        match=r"is of another build .* has 3 passages\. Run `kb build` again",
    ):
        VectorIndex.load(folder, other)


def test_an_index_of_another_model_is_refused(folder, store):
    other = dataclasses.replace(store.build(), model_sha256="f" * 64)
    with pytest.raises(StaleIndexError, match="was made with toy"):
        VectorIndex.load(folder, other)


def test_an_index_that_was_cut_off_is_refused(folder, store):
    (folder / VECTORS_FILE).write_bytes((folder / VECTORS_FILE).read_bytes()[:-9])
    with pytest.raises(StaleIndexError, match="changed or cut off"):
        VectorIndex.load(folder, store.build())


def test_a_manifest_that_cannot_be_read_is_refused(folder, store):
    (folder / MANIFEST_FILE).write_text("{}", encoding="utf-8")
    with pytest.raises(StaleIndexError, match="cannot be read"):
        VectorIndex.load(folder, store.build())


def test_a_missing_index_is_refused(tmp_path, store):
    with pytest.raises(StaleIndexError, match="There is no vector index"):
        VectorIndex.load(tmp_path, store.build())


def test_more_hits_than_passages_are_no_hits():
    index = VectorIndex.build([7, 3], np.eye(2, dtype=np.float32))
    assert index.search(np.array([1, 0], dtype=np.float32), 9) == [(7, 1.0), (3, 0.0)]


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "a*",
        "NEAR(a b)",
        "-herring",
        "clean:boat",
        "(a OR",
        "NOT",
        "🐟 herring",
        "a" * 1000,
        "'; drop table passages",
    ],
)
def test_signs_of_the_query_language_are_only_words(searcher, text):
    searcher.search(text)


def test_a_word_finds_its_other_forms(store: Store):
    forms = {i for i, _ in lexical.search(store, ["harbours"], 50)}
    assert forms
    assert {i for i, _ in lexical.search(store, ["harbour"], 50)} >= forms


@pytest.mark.parametrize(
    ("word", "expected"), [("goverment", ["government"]), ("boat", []), ("zzzzz", []), ("nets", [])]
)
def test_a_misspelt_word_is_mended_from_the_documents(word, expected):
    assert corrections(word, {"government", "boats", "nets"}) == expected


def test_searching_twice_gives_the_same(searcher):
    assert searcher.search("who owns the catch record") == searcher.search(
        "who owns the catch record"
    )


def test_a_hit_says_why_it_is_there(searcher):
    hit = searcher.search("herring").hits[0]
    assert any(reason.startswith(("words: ", "meaning ")) for reason in hit.why)


def test_facets_count_the_whole_result_and_filters_hold(searcher):
    everything = searcher.search("data", 5)
    quotes = dict(everything.facets["kind"])["quote"]
    assert searcher.search("data", 5, 0, {"kind": "quote"}).count == quotes


@pytest.mark.parametrize("filters", [{"colour": "red"}])
def test_an_unknown_filter_is_refused(searcher, filters):
    with pytest.raises(QuestionError, match=r"no filter “colour”\. Known filters: kind"):
        searcher.search("data", 5, 0, filters)


def test_a_store_without_rows_has_an_empty_index(encoder, tmp_path):
    made = Store.create(tmp_path / "empty.db")
    index_maker(encoder)(made, "0" * 64, tmp_path / "index" / "0")
    assert all((tmp_path / "index" / "0" / part / VECTORS_FILE).exists() for part in PARTS)

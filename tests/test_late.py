"""Words of a question against the words of a text, each in its place."""

import dataclasses

import numpy as np
import pytest

from index.encode import MiniLM
from index.late import TOKENS_FILE, Late, TokenIndex, packed
from index.make import TOKEN_PARTS
from index.search import Searcher
from kb.errors import StaleIndexError
from kb.question import read_question
from kb.store import vectors_folder


def late(text, words, encoder, weight=lambda stem: 1.0):
    (read,) = encoder.tokens([text])
    return Late.of(read_question(text, words, "en"), read, weight)


def rows(text, encoder):
    return packed(encoder.tokens([text])[0].vectors)


def test_a_text_with_all_words_of_a_question_meets_it_in_full(encoder):
    asked = late("Who owns the old quay?", ["owns", "old", "quay"], encoder)
    parts = [rows("The town owns the quay, which is old.", encoder), rows("Herring", encoder)]
    cosines = asked.cosines(parts)
    here, away = asked.scores(cosines)
    assert here == pytest.approx(1.0, abs=0.02)
    assert away < 0.5


def test_small_words_have_no_weight_and_rare_ones_more(encoder):
    weights = {"quay": 3.0, "own": 1.0, "who": 0.1, "the": 0.1}
    asked = late("Who owns the quay?", ["owns", "quay"], encoder, lambda stem: weights[stem])
    assert asked.weights.tolist() == [0.25, 0.75]


def test_a_question_of_small_words_is_met_by_all_of_them(encoder):
    assert len(late("Who is it?", [], encoder).weights) == 3


def test_what_is_unmet_is_of_the_two_words_met_least(encoder):
    asked = late("Who repaired the old quay?", ["repaired", "old", "quay"], encoder)
    here, away = asked.unmet(asked.cosines([rows("An old quay", encoder), rows("Sand", encoder)]))
    assert here == pytest.approx(1 / 3, abs=0.02)
    assert away == pytest.approx(2 / 3, abs=0.2)


def test_an_empty_part_meets_nothing(encoder):
    asked = late("Who owns the quay?", ["quay"], encoder)
    assert asked.cosines([rows("", encoder)]).tolist() == [[-1.0]]


def test_packing_keeps_cosines_to_two_digits():
    made = np.random.default_rng(7).normal(size=(40, 128)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    np.testing.assert_allclose(made @ (packed(made) / 127).T, made @ made.T, atol=0.01)


def test_token_vectors_are_the_same_after_saving(encoder, store, tmp_path):
    index = TokenIndex.build([7, 3], [rows("nets", encoder), rows("old boats", encoder)], 64)
    index.save(tmp_path, encoder, store.build().passages_sha256)
    loaded = TokenIndex.load(tmp_path, store.build())
    assert loaded.ids == [3, 7]
    np.testing.assert_array_equal(loaded.rows(3), rows("old boats", encoder))


def test_token_vectors_of_another_build_are_refused(encoder, store, tmp_path):
    TokenIndex.build([7], [rows("nets", encoder)], 64).save(tmp_path, encoder, "f" * 64)
    with pytest.raises(StaleIndexError, match="is of another build"):
        TokenIndex.load(tmp_path, store.build())


def test_token_vectors_that_were_cut_off_are_refused(db, encoder, store, tmp_path):
    folder = vectors_folder(db, store.build().passages_sha256) / TOKEN_PARTS["stretches"]
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / TOKENS_FILE).write_bytes((folder / TOKENS_FILE).read_bytes()[:-9])
    with pytest.raises(StaleIndexError, match="changed or cut off"):
        TokenIndex.load(tmp_path, store.build())


def test_the_best_passages_are_reread_word_by_word(db, encoder):
    searcher = Searcher.load(db, encoder)
    first = searcher.rank(searcher.read("Who repairs the gauges?"))[0]
    assert 0 < first.late <= 1.01
    scores = [score for score, unmet in first.late_stretches.values()]
    assert max(scores) <= first.late + 1e-6


def test_words_are_read_with_who_says_them(db, encoder):
    searcher = Searcher.load(db, encoder)
    found = searcher.rank(searcher.read("What does Tomas Brenn say about warnings?"))[:10]
    read = [read.text for c in found for _, read in searcher.ranker.reads(c)]
    spoken = [c for c in found if searcher.passages[c.passage_id].speaker]
    names = {searcher.passages[c.passage_id].speaker for c in spoken}
    assert names
    assert all(any(f"{name}: “" in text for text in read) for name in names)
    assert any("“" not in text for text in read)


@pytest.mark.model
def test_a_word_is_compared_as_it_is_meant_in_its_place():
    encoder = MiniLM()
    asked = late("Which bank lends to farmers?", ["bank"], encoder)
    parts = [
        rows("The bank gave the farm a loan.", encoder),
        rows("They sat on the bank of the river.", encoder),
    ]
    money, river = asked.cosines(parts)[:, 0]
    assert money > river + 0.1


@pytest.mark.model
def test_a_token_stands_where_it_says():
    (read,) = MiniLM().tokens(["Herring quotas fell."])
    assert ["Herring quotas fell."[a:b] for a, b in read.spans][-1] == "."
    assert dataclasses.astuple(read)[0].shape[1] == 128

"""What reads the best stretches again, and what it says of them."""

from dataclasses import replace

import numpy as np
import pytest

from index.reranker import (
    ASKED,
    BEFORE,
    OWN,
    Asked,
    Read,
    Reranker,
    fed_to_network,
    reranker_for,
)
from kb.errors import MissingPartError
from kb.question import read_question
from kb.records import UNREAD


def read(encoder, text, above=""):
    own, over = (
        np.round(t.vectors * 127).astype(np.int8) for t in encoder.tokens([text, above or "."])
    )
    return Read(own, over if above else over[:0], own[:0], 0.5, 0.6, 0.4, False, "en")


def asked(encoder, text, words):
    (tokens,) = encoder.tokens([text])
    return Asked.of(read_question(text, words, "en"), tokens, lambda stem: float(len(stem)))


def test_a_word_tells_as_much_as_the_most_telling_or_less(encoder):
    made = asked(encoder, "who repairs the boats", ["repairs", "boats"])
    assert made.marks[:, 0].max() == 1
    assert [bool(mark) for mark in made.marks[:, 1]] == [False, True, False, True]


def test_texts_of_any_length_are_read_up_to_a_limit(encoder):
    made = asked(encoder, "boats " * 200, ["boats"])
    long = read(encoder, "nets " * 200, "harbour " * 200)
    fed = fed_to_network(made, [replace(long, before=long.own), read(encoder, "nets")])
    assert len(made.vectors) == ASKED
    assert fed["own"].shape[:2] == (2, OWN)
    assert fed["has_own"].sum(axis=1).tolist() == [OWN, 1]
    assert fed["around"].shape[1] == fed["has_around"][0].sum() > BEFORE


@pytest.mark.model
def test_it_reads_the_token_vectors_that_it_was_learnt_on_and_no_others(encoder):
    from index.polyglot import Polyglot

    assert reranker_for(Polyglot()) is not None
    assert reranker_for(encoder) is None


def test_a_file_that_is_not_the_tested_one_is_refused(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"other")
    with pytest.raises(MissingPartError, match="install the program again"):
        Reranker(tmp_path / "model.onnx").check()
    with pytest.raises(MissingPartError, match="is missing"):
        Reranker(tmp_path / "none.onnx").check()


@pytest.mark.model
def test_a_sentence_that_answers_has_better_odds_than_one_on_the_subject():
    from index.polyglot import Polyglot

    encoder = Polyglot()
    question = asked(encoder, "How many boats were repaired?", ["boats", "repaired"])
    texts = (
        "Forty boats were repaired in the spring.",
        "Boats have to be repaired with care, says the guild.",
        "The library opens at nine.",
    )
    odds = Reranker().log_odds(question, [read(encoder, text) for text in texts])
    assert odds[0] > odds[1] > odds[2]


@pytest.mark.model
def test_what_is_read_beside_a_stretch_in_one_go_does_not_change_its_odds():
    from index.polyglot import Polyglot

    encoder = Polyglot()
    question = asked(encoder, "Who repairs the boats?", ["repairs", "boats"])
    short = read(encoder, "The guild repairs the boats.", "Harbour")
    long = read(encoder, "Nets are mended by hand. " * 9, "Nets and how they are mended " * 3)
    alone = Reranker().log_odds(question, [short])
    both = Reranker().log_odds(question, [long, short])
    assert both[1] == pytest.approx(alone[0], abs=1e-4)


def test_a_question_without_words_has_no_odds(encoder):
    nothing = Asked(np.zeros((0, 64), np.float32), np.zeros((0, 2), np.float32))
    assert Reranker().log_odds(nothing, [read(encoder, "nets")]).tolist() == [UNREAD]

"""What reads the best stretches again, and what it says of them."""

import numpy as np
import pytest

from index.polyglot import Polyglot
from index.reranker import ASKED, OWN, Read, Reranker, cut, fed_to_network, reranker_for
from kb.errors import MissingPartError
from kb.records import UNREAD


def read(text, language="en"):
    return Read(text, language, 0.5, 0.6, 0.4, False)


def test_a_row_holds_the_question_and_behind_it_the_stretch(encoder):
    asked, long, short = encoder.pieces(["who repairs boats", "nets and sails", "nets"])
    fed = fed_to_network([asked], [long, short], [[0.1, 0.2, 0.3, 0], [0, 0, 0, 1]])
    assert fed["there"].sum(axis=1).tolist() == [5 + 4, 5 + 2]
    assert fed["sides"][0].tolist() == [0] * 5 + [1] * 4
    assert np.array_equal(fed["pieces"][1, :5], asked)
    assert np.array_equal(fed["pieces"][1, 5:7], short[1:])
    assert not fed["pieces"][1, 7:].any()
    assert fed["measures"].shape == (2, 4)


def test_a_question_in_two_languages_is_read_in_both(encoder):
    there, own, stretch = encoder.pieces(["who repairs boats", "quien repara barcas", "nets"])
    fed = fed_to_network([there, own], [stretch], [[0, 0, 0, 0]])
    assert np.array_equal(fed["pieces"][0], np.concatenate([there, own[1:], stretch[1:]]))
    assert fed["sides"][0].tolist() == [0] * 9 + [1] * 2


def test_texts_of_any_length_are_read_up_to_a_limit_and_to_their_end(encoder):
    asked, own = encoder.pieces(["boats " * 200, "nets " * 200])
    fed = fed_to_network([asked, asked], [own], [[0, 0, 0, 0]])
    assert fed["there"].sum() == ASKED + ASKED - 1 + OWN
    assert np.array_equal(cut(own, 9)[-1], own[-1])
    assert len(cut(own, 9)) == 9


def test_a_network_is_used_with_the_encoder_that_it_was_learnt_on_and_no_other(encoder):
    assert reranker_for(Polyglot()) is not None
    assert reranker_for(encoder) is None


def test_a_file_that_is_not_the_tested_one_is_refused(encoder, tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"other")
    with pytest.raises(MissingPartError, match="install the program again"):
        Reranker(encoder, tmp_path / "model.onnx").check()
    with pytest.raises(MissingPartError, match="is missing"):
        Reranker(encoder, tmp_path / "none.onnx").check()


@pytest.mark.model
@pytest.mark.parametrize(
    ("language", "question", "texts"),
    [
        (
            "en",
            "How many boats were repaired?",
            (
                "Forty boats were repaired in the spring.",
                "Boats have to be repaired with care, says the guild.",
                "The library opens at nine.",
            ),
        ),
        (
            "es",
            "¿Cuántas barcas se repararon?",
            (
                "En primavera se repararon cuarenta barcas.",
                "Las barcas deben repararse con cuidado, dice el gremio.",
                "La biblioteca abre a las nueve.",
            ),
        ),
    ],
)
def test_a_sentence_that_answers_has_better_odds_than_one_on_the_subject(language, question, texts):
    reranker = Reranker(Polyglot())
    odds = reranker.log_odds([(question, language)], [read(text, language) for text in texts])
    assert odds[0] > odds[1] > odds[2]
    assert odds[0] - odds[1] > 1


@pytest.mark.model
def test_what_is_read_beside_a_stretch_in_one_go_changes_its_odds_little():
    # Not at all would be right, but products in 8 bits are scaled by all that they multiply.
    reranker, question = Reranker(Polyglot()), [("Who repairs the boats?", "en")]
    short, long = read("The guild repairs the boats."), read("Nets are mended by hand. " * 9)
    alone = reranker.log_odds(question, [short])
    both = reranker.log_odds(question, [long, short])
    assert both[1] == pytest.approx(alone[0], abs=1)


def test_an_empty_question_has_no_odds(encoder):
    assert Reranker(encoder).log_odds([(" ", "en")], [read("nets")]).tolist() == [UNREAD]
    assert not len(Reranker(encoder).log_odds([("nets", "en")], []))

"""Spanish questions land near English passages."""

import numpy as np
import pytest

from index.encode import MiniLM
from index.spanish import SpanishEncoder
from index.words import DATA
from kb.errors import MissingPartError

ENGLISH = [
    "Fishing boats pay a fee for every night in the port.",
    "The museum closes on Mondays in winter.",
    "Nurses asked for training before the new software arrives.",
    "The river flooded two bridges last spring.",
]
SPANISH = [
    "¿Cuánto pagan los barcos de pesca por una noche en el puerto?",
    "¿Qué día no abre el museo en invierno?",
    "¿Quién pidió capacitación antes de que llegue el programa nuevo?",
    "¿Qué puentes inundó el río?",
]


@pytest.fixture(scope="module")
def spanish():
    return SpanishEncoder()


def test_vectors_are_of_length_one_whatever_the_order(spanish):
    rows = spanish.encode(SPANISH)
    assert (rows.shape, rows.dtype) == ((4, 384), np.float32)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(spanish.encode(SPANISH[::-1])[::-1], rows, atol=0.03)


def test_no_texts_give_no_rows(spanish):
    assert spanish.encode([]).shape == (0, 384)


@pytest.mark.model
def test_each_spanish_question_is_nearest_to_the_english_passage_that_answers_it(spanish):
    alike = spanish.encode(SPANISH) @ MiniLM().encode(ENGLISH).T
    assert alike.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_accents_capitals_and_opening_signs_make_no_difference(spanish):
    one, other = spanish.encode(["¿Qué puentes inundó el río?", "que puentes inundo el rio?"])
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_the_shipped_files_are_small(spanish):
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 45_000_000


def test_other_weights_are_refused(tmp_path):
    encoder = SpanishEncoder()
    encoder.weights = tmp_path / "model.onnx"
    with pytest.raises(MissingPartError, match="missing; install the program again"):
        encoder.encode(["puerto"])
    encoder.weights.write_bytes(b"other")
    with pytest.raises(MissingPartError, match="has SHA-256"):
        encoder.encode(["puerto"])

"""How much of a question a passage covers."""

import pytest

from index.likeness import Cover, Vocabulary
from index.vectors import VectorIndex
from kb.records import Passage, Word


@pytest.fixture(scope="module")
def vocabulary(encoder):
    texts = {1: "The quay was repaired", 2: "Boats and the harbour"}
    passages = [
        Passage(i, 1, None, i, "paragraph", t, t, "", None, "en", None, ())
        for i, t in texts.items()
    ]
    words = ["and", "boats", "harbour", "quay", "repaired", "the", "was"]
    rows = [Word(i, w, "en", 2 if w == "the" else 1) for i, w in enumerate(words, start=1)]
    vectors = VectorIndex.build([w.id for w in rows], encoder.encode(words))
    return Vocabulary.of(rows, vectors, passages)


def test_inflected_words_are_covered_in_full(vocabulary, encoder):
    cover = Cover.of(["quays", "repair"], "en", vocabulary, encoder)
    assert cover.share(1) == pytest.approx(1.0)
    assert cover.share(2) < 1.0


def test_a_rare_word_weighs_more_than_one_that_stands_everywhere(vocabulary):
    assert vocabulary.weight("quay") > vocabulary.weight("the")


@pytest.mark.model
def test_words_of_like_meaning_cover_a_part():
    from index.encode import MiniLM

    model = MiniLM()
    texts = {1: "The toy was sold", 2: "The tax was raised"}
    passages = [
        Passage(i, 1, None, i, "paragraph", t, t, "", None, "en", None, ())
        for i, t in texts.items()
    ]
    words = ["raised", "sold", "tax", "the", "toy", "was"]
    rows = [Word(i, w, "en", 1) for i, w in enumerate(words, start=1)]
    index = VectorIndex.build([w.id for w in rows], model.encode(words))
    cover = Cover.of(["plaything"], "en", Vocabulary.of(rows, index, passages), model)
    assert cover.share(1) > 2 * cover.share(2)


def test_a_stem_of_another_language_is_no_match(vocabulary, encoder):
    alike, other = (Cover.of(["quays"], code, vocabulary, encoder) for code in ("en", "es"))
    assert alike.likeness.max() == 1.0
    assert other.likeness.max() < 1.0

"""Pure functions on strings."""

import pytest

from kb.text import (
    fold,
    language_of,
    sentences,
    squeeze,
    stop_words,
    tokens,
)


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Íñigo VÉLEZ", "inigo velez"), ("Straße", "strasse"), ("e\u0301", "e"), ("½", "1⁄2")],
    ids=["accents", "sharp_s", "combining_accent", "fraction"],
)
def test_fold_makes_spellings_equal(text, folded):
    assert fold(text) == folded


def test_squeeze_takes_out_every_kind_of_white_space():
    assert squeeze(" a\u00a0b\tc\n\fd\u2009e ") == "abcde"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Smart-card users", ["smart-card", "users"]),
        ("grew by 4.97 points.", ["grew", "by", "4.97", "points"]),
        ("R&D, o'clock", ["r&d", "o'clock"]),
        ("snake_case", ["snake", "case"]),
        ("¿¡…!? — 🙂", []),
    ],
    ids=["hyphen", "decimal", "ampersand_and_apostrophe", "underscore", "no_words"],
)
def test_tokens_are_folded_words_and_numbers(text, found):
    assert tokens(text) == found


def test_each_sentence_ends_at_its_stop():
    assert cut("The lake froze. Nobody fished! Why? Ask us…") == [
        "The lake froze.",
        "Nobody fished!",
        "Why?",
        "Ask us…",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We met Dr. Venn at noon.",
        "We met A. Venn at noon.",
        "It cost 4.5 million, i.e. 2 per head.",
        "Table 2. Replies by group.",
        "3. Set up a board.",
        "Una reunión con la Dra. Peña.",
        "See http://x.example.org for it.",
        "the fleet (see p. 12) grew.",
    ],
    ids=["title", "initial", "latin", "table", "item", "spanish", "link", "page"],
)
def test_a_full_stop_that_ends_no_sentence(text):
    assert cut(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The answer was no. We asked again.",
        "Dijeron que no. Nadie vino.",
        "They teach art. It helps.",
    ],
    ids=["no", "no_in_spanish", "art"],
)
def test_a_word_that_is_also_an_abbreviation_ends_a_sentence(text):
    assert len(cut(text)) == 2


def test_a_footnote_number_glued_to_the_stop_stays_with_its_sentence():
    assert cut("It froze.12 We left.[3] They stayed.") == [
        "It froze.12",
        "We left.[3]",
        "They stayed.",
    ]


def test_a_closing_quotation_mark_stays_with_its_sentence():
    assert cut("“It froze.” She left.") == ["“It froze.”", "She left."]


def test_spanish_opening_signs_begin_a_sentence():
    assert cut("Nadie vino. ¿Por qué?") == ["Nadie vino.", "¿Por qué?"]


def test_words_without_a_stop_are_a_sentence_too():
    assert cut("It froze. And then") == ["It froze.", "And then"]
    assert cut("  \n ") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What did the fishers say about the ice?", "en"),
        ("¿Qué dijeron los pescadores sobre el hielo?", "es"),
        ("que dijeron los pescadores", "es"),
        ("ice", "en"),
        ("", "en"),
    ],
    ids=["english", "spanish", "spanish_without_signs", "one_word", "nothing"],
)
def test_a_language_is_known_by_its_small_words_and_signs(text, language):
    assert language_of(text) == language


def test_a_language_that_is_not_known_has_the_stop_words_of_english():
    assert stop_words("fr") == stop_words("en")

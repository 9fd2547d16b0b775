"""Words of a question, as the full-text table is asked for them, merged and mended."""

import pytest

from index.lexical import content_words, match_expression, search, stem
from index.spelling import corrections, replaced
from kb.text import language_of


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What do the fishers say about the nets?", ["fishers", "nets"]),
        ("¿Qué dicen los pescadores sobre las redes?", ["pescadores", "redes"]),
        ("Nets, nets and NETS", ["nets"]),
        ("What is the?", []),
        ("🐟 ?!", []),
    ],
    ids=["english", "spanish", "repeated", "small words", "signs"],
)
def test_a_question_is_read_for_the_words_that_tell_its_subject(question, words):
    assert content_words(question, language_of(question)) == words


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        (["interviews", "and"], '"interviews" OR "and"'),
        (["near"], '"near"'),
        (['a"b'], '"a""b"'),
        (["20310"], '"20310"'),
        ([], ""),
    ],
    ids=["long and short", "operator", "quotation mark", "number", "none"],
)
def test_each_word_is_quoted(words, expression):
    assert match_expression(words) == expression


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("interviews", "interview"),
        ("fisheries", "fisher"),
        ("navegaciones", "naveg"),
        ("ships", "ship"),
        ("goes", "goes"),
        ("tide", "tide"),
    ],
)
def test_an_ending_is_taken_off_where_enough_is_left(word, stemmed):
    assert stem(word) == stemmed


@pytest.mark.parametrize(
    "word",
    ['"', "*", "near", "not", "-", "clean:boats", "(", "{", "^", "🐟", "'", "\\", "é" * 5000],
)
def test_no_word_is_an_operator(store, word):
    assert isinstance(search(store, [word], 5), list)


def test_better_matches_come_first_and_no_more_than_asked_for(store):
    found = search(store, ["herring"], 3)
    assert len(found) == 3
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)


def test_no_words_find_nothing(store):
    assert search(store, [], 5) == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [("harbuor", ["harbour"]), ("harbor", ["harbour"]), ("nett", []), ("4.971", []), ("", [])],
    ids=["letters changed over", "letter missing", "too short to tell", "number", "empty"],
)
def test_a_word_is_mended_only_if_it_can_be_told(word, meant):
    assert corrections(word, {"harbour", "nets"}) == meant


def test_a_misspelt_word_is_put_right_where_it_stands():
    assert replaced("Old Harbuor, old port", {"harbuor": "harbour"}) == "Old harbour, old port"

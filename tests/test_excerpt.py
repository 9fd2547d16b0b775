"""An excerpt's words always point at the source."""

import pytest

from kb.excerpt import BELOW, BREAK, EMPTY, Excerpt, join, read_at, tidy, unbroken


def lines(source: str) -> list[Excerpt]:
    """The lines of a source as excerpts of it."""
    found, start = [], 0
    for line in source.split("\n"):
        found.append(Excerpt.of(source, start, start + len(line)))
        start += len(line) + 1
    return found


def test_a_stretch_knows_where_it_stands():
    assert Excerpt.of("The lake froze.", 4, 8) == Excerpt("lake", (4, 5, 6, 7))


def test_spans_of_a_slice_are_those_of_its_characters():
    assert Excerpt.of("The lake froze.", 0, 15)[4:14].spans == ((4, 14),)


def test_spans_leave_out_blanks_at_both_ends():
    assert Excerpt.of("  lake  ", 0, 8).spans == ((2, 6),)


def test_spans_keep_blanks_between_words():
    assert Excerpt.of("a  b", 0, 4).spans == ((0, 4),)


def test_an_excerpt_of_blanks_has_no_spans():
    assert Excerpt.of(" \n\t", 0, 3).spans == ()


@pytest.mark.parametrize(
    ("text", "characters", "left"),
    [(" lake ", None, "lake"), ("--lake-", "-", "lake"), ("   ", None, ""), ("lake", None, "lake")],
    ids=["blanks", "dashes", "nothing_left", "nothing_to_take"],
)
def test_strip_takes_both_ends(text, characters, left):
    assert Excerpt.of(text, 0, len(text)).strip(characters).text == left


def test_words_left_out_leave_a_gap_in_the_spans():
    without_mark = Excerpt.of("ice.7 Then", 0, 10).without([(4, 5)])
    assert (without_mark.text, without_mark.spans) == ("ice. Then", ((0, 4), (6, 10)))


def test_stretches_to_leave_out_may_come_in_any_order():
    assert Excerpt.of("abcdef", 0, 6).without([(4, 5), (0, 2)]).text == "cdf"


def test_stretches_to_leave_out_may_lie_inside_one_another():
    assert Excerpt.of("abcdef", 0, 6).without([(0, 5), (1, 2)]).text == "f"


def test_split_strips_the_parts():
    assert [p.text for p in Excerpt.of("a ; b;c", 0, 7).split(";")] == ["a", "b", "c"]


def test_split_stops_after_as_many_cuts_as_asked_for():
    assert [p.text for p in Excerpt.of("a;b;c", 0, 5).split(";", maxsplit=1)] == ["a", "b;c"]


def test_a_wrap_becomes_one_blank_that_stands_nowhere():
    joined = join(lines("a cold\nlake"))
    assert (joined.text, joined.spans) == ("a cold lake", ((0, 6), (7, 11)))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("long-\nterm", "long-\nterm"),
        ("2030–\n2031", "2030–\n2031"),
        ("and/\nor", "and/\nor"),
        ("a lake -\nfrozen", "a lake - frozen"),
        ("a lake –\nfrozen", "a lake – frozen"),
    ],
    ids=["hyphen", "en_dash", "slash", "dash_between_blanks", "en_dash_between_blanks"],
)
def test_a_wrap_behind_a_hyphen_stays_a_break(source, text):
    assert join(lines(source)).text == text


def test_a_broken_word_is_put_together_and_keeps_its_place():
    word = unbroken(join(lines("long-\nterm plan")))
    assert (word.text, word.spans) == ("long-term plan", ((0, 5), (6, 15)))
    assert BREAK not in word.text


def test_join_passes_over_empty_lines():
    assert join(lines("one\n\n  \ntwo")).text == "one two"
    assert join([]) == EMPTY


def test_tidy_makes_one_blank_of_many():
    tidied = tidy(Excerpt.of(" a \t b ", 0, 7))
    assert (tidied.text, tidied.spans) == ("a b", ((1, 2), (5, 6)))


def test_a_heading_and_the_words_below_it_are_read_in_one_line():
    text = f"Rankings{BELOW}8th place."
    assert read_at(text, (0, len(text)), ()) == "Rankings 8th place."

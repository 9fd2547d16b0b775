"""Footnotes: their words, links and years, and where they are marked."""

import pytest

from kb.records import Footnote, FootnoteCitation, Passage


def footnotes(read, note):
    return read(f"Boats are fewer now than in any year.[1] Who counts?\n\n[1] {note}\n", Footnote)


@pytest.mark.parametrize(
    ("note", "year"),
    [
        ("Pell, A. (2029). Hulls.", "2029"),
        ("Pell, A. (2029b). Hulls.", "2029"),
        ("Pell, Hulls and Holds, 2029.", "2029"),
        ("Pell, Hulls of the 1990s.", None),
        ("Hulls. http://hulls.example.org/2029/a", None),
    ],
    ids=["bracket", "lettered", "behind a comma", "decade", "in a link"],
)
def test_a_year_is_read_only_where_the_note_prints_one(read, note, year):
    (found,) = footnotes(read, note)
    assert (found.text, found.year) == (note, year)


@pytest.mark.parametrize(
    ("note", "url"),
    [
        ("Hulls. http://hulls.example.org/a.", "http://hulls.example.org/a"),
        ("Hulls (https://hulls.example.org), p. 4.", "https://hulls.example.org"),
        ("See www.hulls.example.org for more.", "www.hulls.example.org"),
        ("Hulls of the coast.", None),
    ],
    ids=["stop", "bracket", "www", "none"],
)
def test_a_link_ends_before_the_sign_that_closes_it(read, note, url):
    assert [found.url for found in footnotes(read, note)] == [url]


def test_a_link_that_wraps_at_a_hyphen_is_put_together(read):
    (found,) = footnotes(read, "Hulls. http://hulls.example.org/old-\nboats")
    assert found.url == "http://hulls.example.org/old-boats"


def test_each_note_has_a_passage_of_its_own(read):
    records = read("Boats are fewer now than ever.[1]\n\n[1] Pell (2029). Hulls.\n")
    (note,) = [r for r in records if isinstance(r, Footnote)]
    (passage,) = [r for r in records if isinstance(r, Passage) and r.kind == "footnote"]
    assert (passage.id, passage.text) == (note.passage_id, "Pell (2029). Hulls.")


def test_each_mark_points_to_its_own_note(read):
    records = read("Boats are few.[1] Nets are fewer.[2]\n\n[1] Pell. Hulls.\n[2] Orr. Nets.\n")
    numbers = {r.id: r.number for r in records if isinstance(r, Footnote)}
    text = {r.id: r.text for r in records if isinstance(r, Passage)}
    marks = [r for r in records if isinstance(r, FootnoteCitation)]
    found = [(numbers[m.footnote_id], text[m.passage_id][m.start : m.end]) for m in marks]
    assert found == [("1", "[1]"), ("2", "[2]")]

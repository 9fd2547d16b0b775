import pytest

from ingest.notes import mark_pattern, take_notes
from ingest.pages import paginate
from kb.records import Footnote, FootnoteCitation, Passage


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the market.1 This", "1"),
        ("the Plan,12 which", "12"),
        ("in February10 that", "10"),
        ("the Act)19 is", "19"),
        ("by 2030,4 and", "4"),
        ("in 2016.76 We", "76"),
        ("of 201337 was", "37"),
        ("platform 2.0:32 an", "32"),
        ("two million,70] it", "70"),
        ("the boats.[3] Then", "3"),
        ("the boats¹² then", "12"),
    ],
)
def test_a_mark_is_seen_behind_words_brackets_and_years(text, number):
    assert mark_pattern(number).search(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("33.12% of", "12"),
        ("room 12 is", "12"),
        ("a B52bomber", "52"),
        ("1,200 boats", "200"),
        ("G20 met", "2"),
    ],
)
def test_numbers_of_other_kinds_are_no_marks(text, number):
    assert not mark_pattern(number).search(text)


def notes_of(text):
    return [(note.number, note.words.text) for note in take_notes(paginate(text).pages)[0]]


def test_notes_are_the_lines_whose_number_is_marked_in_the_text():
    text = "Fish are fewer.1 So are boats.2\n\n1. Orrick (2030). Nets.\n2. Pell (2029). Hulls.\n"
    assert notes_of(text) == [("1", "Orrick (2030). Nets."), ("2", "Pell (2029). Hulls.")]


def test_notes_in_brackets_may_stand_pages_below_their_marks():
    item = "• Port Office: Ana Ruiz, harbour master"
    text = (
        f"Fish are fewer.[1] So are boats.[2]\n\fWho took part\n\n{item}\n\n[1] Pell.\n[2] Moor.\n"
    )
    assert notes_of(text) == [("1", "Pell."), ("2", "Moor.")]


def test_a_numbered_list_is_no_row_of_notes():
    assert notes_of("There are two aims:\n\n1. catch less;\n2. earn more.\n") == []


def test_a_note_goes_on_behind_a_blank_line_if_it_breaks_off():
    first = "1. Orrick, of the Institute for the Study of the Sea and the"
    text = f"Fish are fewer.1\n\n{first}\n\nCoast (2030). Nets.\n\nMore text.\n"
    assert notes_of(text) == [
        ("1", "Orrick, of the Institute for the Study of the Sea and the Coast (2030). Nets.")
    ]


def test_notes_may_be_marked_with_stars_at_the_foot_of_their_page():
    notes = "* Pell (2029).\n** Orrick,\n  Nets.\n"
    first = f"Fish are fewer.* Boats are too.** Nobody counts.\n\n____\n{notes}"
    text = f"{first}\fMen sail.* Women mend nets.\n\n* Of the coast."
    assert notes_of(text) == [
        ("*", "Pell (2029)."),
        ("**", "Orrick, Nets."),
        ("*", "Of the coast."),
    ]


def test_starred_items_are_no_notes():
    assert notes_of("There are two aims:\n\n* catch less;\n* earn more.\n") == []
    assert notes_of("Of some* fish:\n\n* cod;\n\nAll of them are fewer.\n") == []


def test_a_mark_is_cited_where_it_stands(read):
    records = read(
        "Boats are fewer now than in any year.[1] Nobody counts them.\n\n[1] Pell (2029). Hulls.\n"
    )
    passage = next(r for r in records if isinstance(r, Passage) and r.kind == "paragraph")
    mark = next(r for r in records if isinstance(r, FootnoteCitation))
    assert passage.text[mark.start : mark.end] == "[1]"
    assert "[1]" not in passage.clean
    assert [(r.number, r.year) for r in records if isinstance(r, Footnote)] == [("1", "2029")]

"""How lines become blocks where layout tells more than blank lines do."""

import pytest

from ingest.layout import arrange
from ingest.pages import paginate

PROSE = (
    "The boats go out at four and come back when the tide allows, which is\n"
    "seldom before noon and never in the week of the great spring tides.\n"
)


def blocks(text):
    return [(b.kind, b.text) for b in arrange(paginate(text).pages)]


def kinds(text):
    return [kind for kind, _ in blocks(text)]


def test_a_sentence_goes_on_over_a_gap_between_columns():
    left = "The boats go out at four and come back when the tide allows, which is\n"
    right = "seldom before noon and never in the week of the great spring tides.\n"
    assert blocks(f"{left}\n{right}") == [("paragraph", f"{left.strip()} {right.strip()}")]


def test_a_new_sentence_over_a_gap_is_a_paragraph_of_its_own():
    assert kinds(f"{PROSE}\n{PROSE}") == ["paragraph", "paragraph"]


@pytest.mark.parametrize("number", ["I.", "III.", "VIII.", "XII)"])
def test_a_roman_number_before_a_title_ends_no_sentence(number):
    found = blocks(f"{number} The work of the Agency\n\n{PROSE}")
    assert found[0] == ("heading", f"{number} The work of the Agency")


def test_a_sentence_goes_on_below_a_figure():
    above = "The boats go out at four and come back when the tide allows, and this\n"
    below = "has been so in every year since the books of the harbour were begun.\n"
    found = blocks(f"{above}\nFigure 1: Boats at noon\n\n{below}")
    assert ("paragraph", f"{above.strip()} {below.strip()}") in found


@pytest.mark.parametrize(
    ("items", "count"),
    [
        ("- nets\n- boats\n- ropes\n", 3),
        ("• nets\n• boats\n", 2),
        ("(a) nets;\n(b) boats.\n", 2),
        ("a. nets\nb. boats\n", 2),
        ("R1 Mend the nets\nR2 Count the boats\n", 2),
    ],
    ids=["dashes", "bullets", "bracketed letters", "letters", "codes"],
)
def test_each_item_of_a_list_is_a_block(items, count):
    assert kinds(f"We need:\n\n{items}")[-count:] == ["list_item"] * count


def test_an_item_of_one_short_word_is_an_item():
    assert kinds("We need:\n\n- nets\n- boats\n") == ["paragraph", "list_item", "list_item"]


def test_the_wrap_of_an_item_stays_with_it():
    items = "- nets that are whole and that\n  nobody has to mend\n- boats\n"
    assert [text for kind, text in blocks(f"We need:\n\n{items}") if kind == "list_item"] == [
        "- nets that are whole and that nobody has to mend",
        "- boats",
    ]


def test_a_wrapped_line_that_begins_with_a_number_is_no_item():
    text = "The harbour book says that in a bad year no more than about\n12 of them came home.\n"
    assert kinds(text) == ["paragraph"]


@pytest.mark.parametrize(
    ("caption", "kind"),
    [
        ("Table 3: Boats by year", "table"),
        ("Cuadro 3. Barcos", "table"),
        ("Figure 2: Boats by year", "figure"),
        ("Mapa 2. Puertos", "figure"),
    ],
    ids=["table", "cuadro", "figure", "mapa"],
)
def test_a_caption_tells_what_it_stands_over(caption, kind):
    assert kinds(f"{PROSE}\n{caption}\n\nNorth 12\n\n{PROSE}") == ["paragraph", kind, "paragraph"]


def test_a_table_ends_where_prose_begins():
    text = f"{PROSE}\nTable 1: Boats by year\n\nNorth 12\n\n{PROSE}\nSouth 9\n"
    table = next(text for kind, text in blocks(text) if kind == "table")
    assert table == "Table 1: Boats by year North 12"


def test_a_table_without_a_source_keeps_its_last_row():
    text = f"{PROSE}\nTable 1: Boats by year\n\nNorth 12\n\nSouth 9\n\n{PROSE}"
    assert ("table", "Table 1: Boats by year North 12 South 9") in blocks(text)


def test_an_axis_is_skipped_and_not_read_as_values():
    axis = "\n\n".join(["0", "10", "20", "30", "40"])
    text = f"{PROSE}\nFigure 1: Boats by year\n\n{axis}\n"
    assert [text for kind, text in blocks(text) if kind == "figure"] == ["Figure 1: Boats by year"]

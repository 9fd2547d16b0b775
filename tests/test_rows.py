"""Tables and lists of people in plain text, whose columns are kept apart by blanks alone."""

import pytest

from kb.records import DataCell, DataTable, Figure, Participant, Section

BEFORE = "Harbour report\n\nThe year\n\nThe harbour council met twice, and the boats came home.\n\n"
AFTER = "\nThe council thanks all who sent their figures, and will print the next ones in spring.\n"
ROWS = """Port  Boats  Fines imposed
Great Vess  121  52
Ostra  38  1,204
Gannet Head  27  3
"""


def cells(read, text):
    """Each row's cells as label and words."""
    rows = {}
    for cell in read(BEFORE + text + AFTER, DataCell):
        rows.setdefault(cell.row, []).append((cell.column_label, cell.text))
    return list(rows.values())


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_rows_under_a_caption_are_read_in_order_though_nothing_is_aligned(read, between):
    first, second, _ = cells(read, f"Table 1: Ports{between}{ROWS}")
    assert first == [("Port", "Great Vess"), ("Boats", "121"), ("Fines imposed", "52")]
    assert second == [("Port", "Ostra"), ("Boats", "38"), ("Fines imposed", "1,204")]
    (table,) = read(BEFORE + f"Table 1: Ports{between}{ROWS}" + AFTER, DataTable)
    assert (table.number, table.caption) == ("1", "Ports")


@pytest.mark.parametrize(
    ("last", "confidence"), [("Gannet Head  27  3\n", "sure"), ("Gannet Head  27\n", "likely")]
)
def test_a_missing_value_in_rows_that_are_not_aligned_leaves_doubt(read, last, confidence):
    rows = ROWS.replace("Gannet Head  27  3\n", last)
    (table,) = read(BEFORE + rows + AFTER, DataTable)
    assert table.confidence == confidence


def test_rows_without_a_caption_are_a_table_and_no_headings(read):
    (table,) = read(BEFORE + ROWS + AFTER, DataTable)
    assert (table.number, table.caption) == (None, "The year")
    assert len(cells(read, ROWS)) == 3
    assert [s.heading for s in read(BEFORE + ROWS + AFTER, Section)] == ["The year"]


def test_without_a_heading_the_first_row_names_the_table(read):
    (table,) = read(ROWS + AFTER, DataTable)
    assert table.caption == "Port Boats Fines imposed"


def test_a_line_right_above_rows_is_their_title(read):
    text = BEFORE + "Boats and fines by port\n" + ROWS + AFTER
    (table,) = read(text, DataTable)
    assert table.caption == "Boats and fines by port"


def test_a_cell_that_wraps_stays_in_its_row(read):
    text = (
        "Port     Duty of the master       Boats\n"
        "Vess     keeps the harbour          121\n"
        "         log and the bell\n"
        "Ostra    none                        38\n"
        "Gannet   sees to the nets            27\n"
    )
    first, second, _ = cells(read, text)
    assert first[1] == ("Duty of the master", "keeps the harbour log and the bell")
    assert second[2] == ("Boats", "38")


def test_a_first_row_with_figures_like_those_below_is_no_header(read):
    text = (
        "Seed loan  up to 800  6 months\n"
        "Stall loan  up to 4,000  18 months\n"
        "Roof loan  up to 9,000  60 months\n"
    )
    assert cells(read, text)[0] == [(None, "Seed loan"), (None, "up to 800"), (None, "6 months")]


def test_places_head_no_columns(read):
    assert cells(read, "Harbour index  1st\nNet survey  2nd\nTide table  5th\n")[0] == [
        (None, "Harbour index"), (None, "1st"),
    ]  # fmt: skip


def test_years_head_columns(read):
    text = "Port  2015  2020\nVess  12  14\nOstra  3  9\nSorrel  5  5\n"
    assert cells(read, text)[0] == [("Port", "Vess"), ("2015", "12"), ("2020", "14")]


def test_what_follows_rows_without_columns_is_no_row(read):
    text = f"Table 1: Ports\n\n{ROWS}\nTwo ports in more detail\n\nA short line\n"
    assert len(cells(read, text)) == 3


def test_values_of_a_chart_that_stand_in_rows_are_its_series(read):
    text = BEFORE + "Figure 2. Income (%)\nBoat fees  22\nSale of gear  2\nGrants  76\n" + AFTER
    (figure,) = read(text, Figure)
    assert figure.caption == "Income (%)"
    values = [(c.row_label, c.value) for c in read(text, DataCell) if c.column == 1]
    assert values == [("Boat fees", 22.0), ("Sale of gear", 2.0), ("Grants", 76.0)]


@pytest.mark.parametrize(
    "text",
    [
        "1.  Print the cards.\n2.  Pay the wardens by the day.\n3.  Mend the pier.\n",
        "The  council  met   twice in\nthe year  and it  found  that\nthe boats were  at  home.\n",
    ],
)
def test_items_and_justified_prose_are_no_table(read, text):
    assert not read(BEFORE + text + AFTER, DataTable)


PEOPLE = """Ada Moor  Marine biologist  University of Ves
Bram Pell  Director  Salt College
Cora de la Lind  Skipper  Harbour council of Ostra
"""


@pytest.mark.parametrize("above", ["The panel\n\n", "Name  Post  Body\n"])
def test_people_in_rows_are_participants_with_or_without_a_header(read, above):
    found = read(BEFORE + above + PEOPLE + AFTER, Participant)
    assert [(p.name, p.job_title, p.organisation) for p in found] == [
        ("Ada Moor", "Marine biologist", "University of Ves"),
        ("Bram Pell", "Director", "Salt College"),
        ("Cora de la Lind", "Skipper", "Harbour council of Ostra"),
    ]


def test_a_comma_parts_post_and_body(read):
    text = (
        "Ada Moor  head, Upper School\nBram Pell  lecturer, Salt College\nCora Lind  nurse, Ves\n"
    )
    found = read(BEFORE + "The panel\n\n" + text + AFTER, Participant)
    assert [(p.job_title, p.organisation) for p in found][:2] == [
        ("head", "Upper School"),
        ("lecturer", "Salt College"),
    ]

"""Lists of people: which lines are one, and where each row ends."""

import pytest

from ingest.pages import paginate, read_lines
from ingest.roster import is_aligned, place_tags, read_header, take_rosters

ALIGNED = (
    "Name        Role          Sector       Region\n"
    "Ada Moor    Netmaker      Industry     North\n"
    "Bo Lind     Keeper of     Academia     South\n"
    "            the books\n"
)
COLLAPSED = """Name Job Title Organisation Sector

Ada Moor Netmaker Salt College Academia

Bo Lind Keeper of the
Books Tide Office Government
"""


def line(text):
    return read_lines(text)[0]


def rows(text):
    rosters, _ = take_rosters(paginate(text).pages)
    return [[part.text for part in row.lines] for roster in rosters for row in roster.rows]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Name Job Title Organisation Sector", ["name", "job_title", "organisation", "sector"]),
        ("Nombre   Cargo   Institución", ["name", "job_title", "organisation"]),
        ("Sector Role Participant", ["sector", "job_title", "name"]),
    ],
    ids=["collapsed", "spanish", "name last"],
)
def test_a_header_names_its_columns(text, fields):
    assert [column.field for column in read_header(line(text))] == fields


@pytest.mark.parametrize(
    "text",
    ["Name Role", "Role Sector Region", "The name of the role in a region", "Name, Role, Sector"],
    ids=["two columns", "no names", "sentence", "commas"],
)
def test_other_lines_are_no_header(text):
    assert read_header(line(text)) == ()


def test_columns_are_aligned_if_runs_of_blanks_part_them():
    assert is_aligned(line("Name    Role    Sector"))
    assert not is_aligned(line("Name Role Sector"))


def test_an_aligned_cell_that_wraps_stays_with_its_row():
    assert [len(row) for row in rows(ALIGNED)] == [1, 2]


def test_a_collapsed_row_ends_with_its_sector():
    assert rows(COLLAPSED) == [
        ["Ada Moor Netmaker Salt College Academia"],
        ["Bo Lind Keeper of the", "Books Tide Office Government"],
    ]


def test_rows_leave_the_page_and_the_header_stays():
    _, pages = take_rosters(paginate(ALIGNED).pages)
    assert [part.text.split()[0] for part in pages[0].lines if part.text] == ["Name"]


def test_a_list_ends_at_the_next_annex():
    assert len(rows(f"{ALIGNED}\nAnnex B. Method\n\nWe asked everybody the same questions.\n")) == 2


def test_a_list_goes_on_over_a_page_without_a_header():
    assert len(rows(f"{ALIGNED}\fCy Dorn     Pilot         Industry     North\n")) == 3


def test_a_short_word_beside_sectors_is_a_place():
    ends = ["Ada Tide Office Government Ves", "Bo Mar Academia", "Cy Mar Industry"]
    assert place_tags(ends) == {"Ves", "Mar"}


def test_a_text_without_a_header_has_no_list():
    assert rows("Ada Moor    Netmaker    Industry\n") == []

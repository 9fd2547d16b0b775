"""A designed report whose text came out of its PDF column by column: short lines, cells a line
each, names below quotations, chapters known by the list of contents only.
"""

import pytest

from kb.records import DataCell, Passage, Quote, Recommendation, Section, UseCase

TEXT = "\f".join(
    [
        "What the lake knows\n\nReport of the consultation\n\n1",
        "Contents\n\nForeword\n3\nWho fishes, and\nwhere\n4\nProposals\n5\n\n2",
        "Foreword\n\nThe ice comes in November and goes\nwhen the wind turns in April.\n\n"
        "Ana Ruiz\nMinister of Fisheries\n\n3",
        "Who fishes, and\nwhere\n\nThe boats go out at four and come\nback when the tide allows."
        "\n\n"
        "The nets\n\nNets are mended in winter by those\nwho stay on the shore.\n\n"
        "“We count what we\nare told to count.”\nLeo Pell\nHead of Records, Port Office\n\n"
        "The skipper Ida Moor, of the Ice\nHouse, says that whoever fishes at\n\n4",
        "night comes back with less than\nthose who wait for the day.\n\n"
        "Table 1. Boats by port\n\nPort\nBoats\nNets for\neach boat\nLost\n\nOstra\n12\n4,1\n21 %"
        "\n\n"
        "Pell\n7\n3\n9 %\n\nVessmark\n9\n2\n4 %\n\n"
        "Table 2. Nets by year\n\nPort\nOstra\nPell\nVessmark\n\n2030\n40\n31\n22\n\n"
        "2031\n38\n30\n25\n\n5",
        "Proposals\n\nProposal 1. Count again. Count the boats of every port each spring. "
        "Lead: Port Office. Deadline: May 2031 Cost: 400 crowns\n\n6",
    ]
)  # fmt: skip


def test_what_the_list_of_contents_has_are_chapters(read):
    assert [(s.level, s.heading) for s in read(TEXT, Section)] == [
        (1, "Contents"),
        (1, "Foreword"),
        (1, "Who fishes, and where"),
        (2, "The nets"),
        (1, "Proposals"),
    ]


def test_a_name_below_a_foreword_is_no_heading(read):
    assert "Ana Ruiz Minister of Fisheries" in [p.text for p in read(TEXT, Passage)]


def test_a_sentence_that_breaks_off_at_the_end_of_a_page_goes_on(read):
    (found,) = [p.text for p in read(TEXT, Passage) if "Ida Moor" in p.text]
    assert found.endswith(
        "whoever fishes at night comes back with less than those who wait for the day."
    )


def test_name_and_post_stand_in_the_lines_below_a_quotation(read):
    (quote,) = [q for q in read(TEXT, Quote) if q.kind == "pull"]
    assert (quote.text, quote.speaker, quote.role, quote.organisation) == (
        "We count what we are told to count.", "Leo Pell", "Head of Records", "Port Office",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Pell", {"Port": "Pell", "Boats": "7", "Nets for each boat": "3", "Lost": "9 %"}),
        ("2031", {"Port": "2031", "Ostra": "38", "Pell": "30", "Vessmark": "25"}),
    ],
    ids=["by rows", "by columns"],
)
def test_cells_that_came_out_a_line_each_are_a_table(read, row, expected):
    cells = [c for c in read(TEXT, DataCell) if c.row_label == row]
    assert {c.column_label: c.text for c in cells} == expected


def test_a_case_is_named_before_the_bracket_that_says_where(read):
    text = TEXT.replace(
        "The nets\n\nNets are", "Good practices\n\nThe Monday net (Ostra)\n\nNets are"
    )
    (case,) = read(text, UseCase)
    assert (case.name, case.place) == ("The Monday net", "Ostra")


def test_a_paragraph_that_ends_without_a_stop_is_a_recommendation_all_the_same(read):
    (found,) = read(TEXT, Recommendation)
    assert (found.title, found.actor, found.timeframe) == ("Count again", "Port Office", "May 2031")

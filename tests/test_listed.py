"""Items of a list of people that name a body and who came of it."""

import pytest

from ingest.listed import people_in
from kb.records import Participant

REPORT = """THE LAKE

The ice comes in November and it goes when the wind turns in April, as all of us know.

Annex B. Who took part

Government

• Port Office: Ana Ruiz, Leo Pell and Ida
Moor
• Lake Service: Tom Lind (pilot)

Fishers

• Union of Net Makers: Cora Vale, treasurer; Bram Orrick
"""


def found(item):
    return [(who.name, who.role, who.organisation) for who in people_in(item)]


@pytest.mark.parametrize(
    ("item", "people"),
    [
        ("• Port Office: Ana Ruiz", [("Ana Ruiz", None, "Port Office")]),
        (
            "Port Office: Ana Ruiz, Head of Ice; Leo Pell (pilot).",
            [("Ana Ruiz", "Head of Ice", "Port Office"), ("Leo Pell", "pilot", "Port Office")],
        ),
        (
            "Puerto de Oñate: Eva Sand y José Ortega y Gasset",
            [
                ("Eva Sand", None, "Puerto de Oñate"),
                ("José Ortega y Gasset", None, "Puerto de Oñate"),
            ],
        ),
        (
            "Union: Ana Ruiz, Net Steward; Leo Pell",
            [("Ana Ruiz", "Net Steward", "Union"), ("Leo Pell", None, "Union")],
        ),
        ("• Ana Ruiz, Net Steward, Union", [("Ana Ruiz", "Net Steward", "Union")]),
        ("• Ana Ruiz, Port Office", [("Ana Ruiz", None, "Port Office")]),
        ("Chair: Ana Ruiz", [("Ana Ruiz", "Chair", None)]),
        (
            "Nets, a firm: Ana Ruiz (pilot, retired)",
            [("Ana Ruiz", "pilot, retired", "Nets, a firm")],
        ),
    ],
)
def test_people_are_of_the_body_before_them(item, people):
    assert found(item) == people


@pytest.mark.parametrize(
    "item",
    [
        "Pike and eel, Port Office",
        "What they asked for: nets and boats",
        "Fish: pike, Ana Ruiz",
        "Source: Halmar",
    ],
)
def test_other_items_name_nobody(item):
    assert found(item) == []


def test_they_are_participants_under_a_heading_that_says_so(read):
    rows = [(p.name, p.job_title, p.organisation, p.sector) for p in read(REPORT, Participant)]
    assert rows == [
        ("Ana Ruiz", None, "Port Office", "Government"),
        ("Leo Pell", None, "Port Office", "Government"),
        ("Ida Moor", None, "Port Office", "Government"),
        ("Tom Lind", "pilot", "Lake Service", "Government"),
        ("Cora Vale", "treasurer", "Union of Net Makers", None),
        ("Bram Orrick", None, "Union of Net Makers", None),
    ]


def test_under_another_heading_they_are_not(read):
    assert read(REPORT.replace("Who took part", "Boats and their names"), Participant) == []

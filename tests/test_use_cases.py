"""Sections that describe a case, and what their headings tell."""

import pytest

from kb.records import UseCase

PROSE = "The boats go out at four and come back when the tide allows, which is seldom before noon."


def cases(read, *parts):
    text = "\n\n".join(["Report", PROSE, *(PROSE if part == "." else part for part in parts)])
    return read(f"{text}\n", UseCase)


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("Finding nets: NetEye, Salt Institute", ("NetEye", "Salt Institute", None)),
        ("Finding nets: NetEye, Port of Ves", ("NetEye", "Port of Ves", None)),
        ("Finding nets: NetEye, Lower Ves", ("NetEye", None, "Lower Ves")),
        ("Finding nets: NetEye", ("NetEye", None, None)),
        ("Case: Finding nets — NetEye, Ves", ("NetEye", None, "Ves")),
        ("Finding nets in time", (None, None, None)),
    ],
    ids=["body", "port", "place", "name alone", "dash", "purpose alone"],
)
def test_a_heading_tells_name_and_body_or_place(read, heading, told):
    (case,) = cases(read, "USE CASES", ".", heading, ".")
    assert (case.title, case.name, case.organisation, case.place) == (heading, *told)


def test_the_description_is_the_text_under_the_heading(read):
    (case,) = cases(read, "USE CASES", ".", "Finding nets: NetEye", ".", ".")
    assert case.description == case.text == f"{PROSE} {PROSE}"


@pytest.mark.parametrize(
    ("heading", "level"),
    [("National cases", "national"), ("Local cases", "regional"), ("Other cases", None)],
    ids=["national", "local", "not told"],
)
def test_a_case_has_the_level_of_the_heading_above(read, heading, level):
    (case,) = cases(read, "USE CASES", ".", heading, "Finding nets: NetEye", ".")
    assert case.level == level


def test_a_section_headed_case_is_one_in_any_chapter(read):
    (case,) = cases(read, "OUR WORK", ".", "Nets", ".", "Case: Weighing eels", ".")
    assert case.title == "Case: Weighing eels"


def test_other_sections_are_no_cases(read):
    assert cases(read, "OUR WORK", ".", "In any case", ".", "Nets: NetEye, Ves", ".") == []

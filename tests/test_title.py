"""What a document calls itself."""

import pytest

from ingest.layout import arrange
from ingest.outline import read_outline
from ingest.pages import paginate
from ingest.title import read_title


def prose(subject):
    return (
        f"The {subject} went out on the ebb\nand came home before the ice had closed in.\n"
        f"Nobody counted the nets that they had lost,\nand nobody asked about the {subject}."
    )


def title(first_page, running_head=""):
    text = first_page + "".join(
        f"\f{running_head} {number}\n\nOn {subject}\n\n{prose(subject)}\n"
        for number, subject in enumerate(["boats", "crews", "pilots"], start=2)
    )
    pages = paginate(text).pages
    return read_title(read_outline(arrange(pages)).blocks, pages, "boats-and_nets.txt")


@pytest.mark.parametrize(
    "body",
    [
        "MINISTRY OF PORTS",
        "Oldwick Town Council",
        "House of Deputies of the Republic of Halmar",
        "Republic of Halmar",
        "Defensoría del Pueblo",
        "REPÚBLICA DE HALMAR",
    ],
)
def test_a_body_above_the_title_is_not_the_title(body):
    assert title(f"{body}\n\nBoats and Nets\n\nMay 2031\n") == "Boats and Nets"


@pytest.mark.parametrize(
    "first",
    [
        "Boats and Nets",
        "Boats of the Republic",
        "City of Oldwick: boats and nets",
        "A Network of Trust",
    ],
)
def test_the_first_line_of_a_title_page_is_the_title(first):
    assert title(f"{first}\n\nWho mends them\n\nMay 2031\n") == first


def test_of_a_title_page_the_line_that_runs_over_the_pages_is_the_title():
    page = "Halmar Papers, no. 7\n\nBOATS AND NETS\n\nWho mends them\n"
    assert title(page, "Boats and Nets") == "BOATS AND NETS"


def test_a_body_that_runs_over_the_pages_is_not_the_title():
    page = "Ministry of Ports\n\nBoats and Nets\n\nWho mends them\n"
    assert title(page, "Ministry of Ports") == "Boats and Nets"


def test_a_title_page_of_bodies_alone_is_called_by_the_first():
    assert title("Ministry of Ports\n\nOldwick Town Council\n") == "Ministry of Ports"


def test_without_a_title_page_the_running_head_is_the_title():
    assert title(prose("ferries"), "Boats and Nets") == "Boats and Nets"


def test_without_either_the_file_gives_its_name():
    assert title(prose("ferries")) == "boats and nets"

"""Lists of people under the bodies that they are of."""

import pytest

from kb.records import Participant, Passage

BEFORE = "THE LAKE\n\nThe ice comes in November and it goes when the wind turns in April.\n\n"
ONE = """Annex B. Participants, by organisation

Port Office
  Ana Ruiz
  Leo Pell, harbour master
Union of Fishers
and Net Makers

  Ida Moor
  Tom Lind
"""
TWO = """ANNEX B. WHO TOOK PART

Port Office                         Lake School
  Ana Ruiz                            Tom Lind
  Leo Pell, harbour master            Cora Vale
Union of Fishers and                Ice House
Net Makers                            Bram Orrick
  Ida Moor
"""


def people(read, text):
    return [(p.name, p.job_title, p.organisation) for p in read(text, Participant)]


@pytest.mark.parametrize("text", [ONE, TWO])
def test_people_are_of_the_body_above_them(read, text):
    found = people(read, BEFORE + text)
    assert found[:3] == [
        ("Ana Ruiz", None, "Port Office"),
        ("Leo Pell", "harbour master", "Port Office"),
        ("Ida Moor", None, "Union of Fishers and Net Makers"),
    ]
    if text == TWO:
        assert found[3:] == [
            ("Tom Lind", None, "Lake School"),
            ("Cora Vale", None, "Lake School"),
            ("Bram Orrick", None, "Ice House"),
        ]


def test_a_list_goes_on_over_a_page(read):
    below = "Lake School\n  Tom Lind\n  Cora Vale\n  Bram Orrick\n  Eva Sand\n"
    found = people(read, f"{BEFORE}{TWO}\f{below}")
    assert [name for name, _, _ in found[-2:]] == ["Bram Orrick", "Eva Sand"]


def test_a_body_without_people_took_part_itself(read):
    text = ONE.replace("  Ana Ruiz\n", "").replace("  Leo Pell, harbour master\n", "")
    text = f"{text}  Cora Vale\n  Bram Orrick\n"
    assert people(read, BEFORE + text)[0] == ("Port Office", None, "Port Office")


def test_what_stands_below_the_list_is_kept(read):
    thanks = "We thank all who came.\n"
    texts = [p.text for p in read(f"{BEFORE}{TWO}\n{thanks}", Passage)]
    assert thanks.strip() in texts


def test_a_list_of_other_things_is_none(read):
    text = "Fish\n  cod and pike\n  eel\nNets\n  for salmon\n  for eel\n"
    assert people(read, f"{BEFORE}Annex B. Participants\n\n{text}") == []
    assert people(read, BEFORE + TWO.replace("WHO TOOK PART", "FISH")) == []

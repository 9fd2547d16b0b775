import pytest

from ingest.extract.recommendations import read_title
from kb.excerpt import Excerpt
from kb.records import Passage, Quote, Recommendation

TEXT = """A report on nets

RECOMMENDATIONS IN BRIEF

Nets

1. Mend the nets every spring
2. Count the boats

RECOMMENDATIONS

Nets

We looked at all the nets on this coast and found that hardly any of them was whole.

1. Mend all nets every spring (next year, Net Guild)

Nets that are mended in spring last for three summers, and cost less than half as much.

a. Teach the knot - every school should teach the knot that holds.
b. Pay the menders.

2. Count boats (harbour masters)

Nobody knows how many boats there are, and so nobody knows how many nets are needed.
"""


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("3. Count boats (next year, Net Guild)", ("3", "Count boats", "next year", "Net Guild")),
        (
            "Recommendation 4: Count boats (by 2032; Net Guild)",
            ("4", "Count boats", "by 2032", "Net Guild"),
        ),
        ("R5 Count boats", ("5", "Count boats", None, None)),
        ("Count boats (Net Guild)", (None, "Count boats", None, "Net Guild")),
    ],
)
def test_a_heading_parts_into_number_title_time_and_actor(heading, expected):
    title = read_title(Excerpt.of(heading, 0, len(heading)))
    assert (title.number, title.words.text, title.timeframe, title.actor) == expected


def test_brief_and_full_are_read_and_matched(read):
    rows = read(TEXT, Recommendation)
    number = {r.id: r.number for r in rows}
    brief = [(r.number, r.area, r.title, number[r.matches_id]) for r in rows if r.form == "brief"]
    assert brief == [
        ("1", "Nets", "Mend the nets every spring", "1"),
        ("2", "Nets", "Count the boats", "2"),
    ]


def test_a_full_one_has_text_time_actor_and_items(read):
    rows = [r for r in read(TEXT, Recommendation) if r.form == "full"]
    first = rows[0]
    assert (first.title, first.timeframe, first.actor) == (
        "Mend all nets every spring",
        "next year",
        "Net Guild",
    )
    assert first.text.startswith("Nets that are mended in spring")
    items = [(r.label, r.title, r.text) for r in rows if r.parent_id == first.id]
    assert items == [
        ("a", "Teach the knot", "every school should teach the knot that holds."),
        ("b", "Pay the menders.", None),
    ]


STATED = """A report on nets

RECOMMENDATIONS

We give five steps to the council, each with who should take it and by when it should.

Recommendation 1. Mend all nets every spring. Responsible: Net Guild, with the harbour masters.
Term: June 2031. Cost: 3 crowns for each net of more than four fathoms.

Nets that are mended in spring last for three summers, and cost less than half as much.

Recommendation 2. Count the boats.

Responsible body: Harbour Office. Boats should be counted at night, when they are all there.
"""


def test_a_paragraph_that_begins_with_its_number_is_one_with_what_follows(read):
    rows = read(STATED, Recommendation)
    assert [(r.number, r.title, r.actor, r.timeframe) for r in rows] == [
        ("1", "Mend all nets every spring", "Net Guild, with the harbour masters", "June 2031"),
        ("2", "Count the boats", "Harbour Office", None),
    ]
    assert rows[0].text.startswith("Recommendation 1. Mend")
    assert "last for three summers" in rows[0].text
    assert rows[1].text.endswith("when they are all there.")


FIELDS = """A report on nets

RECOMMENDATIONS

1. Mend all nets every spring

Responsible: Net Guild. Deadline: May 2031. Nets that are mended in spring last for three summers.

2. Count the boats

Responsible: Harbour Office. Nobody knows how many boats there are, or where they are moored.

3. Close the ports

Responsible: Ministry of Tides. Vision: “Ports without a single broken net, as there once were”.
Deadline: June 2032.
"""


def test_lines_that_say_who_should_act_are_nobodys_words(read):
    rows = read(FIELDS, Recommendation)
    assert [(r.number, r.actor, r.timeframe) for r in rows] == [
        ("1", "Net Guild", "May 2031"),
        ("2", "Harbour Office", None),
        ("3", "Ministry of Tides", "June 2032"),
    ]
    assert {p.speaker for p in read(FIELDS, Passage)} == {None}
    assert read(FIELDS, Quote) == []


def test_a_recommendation_may_have_a_code(read):
    text = (
        "The lake\n\nThe ice comes in November and goes in April, when the wind turns.\n\n"
        "RECOMMENDATIONS\n\nR1. Count the boats. Responsible: Port Office. Deadline: June 2031.\n\n"
        "R2. Mend the nets before the ice comes. Responsible: Union of Fishers.\n"
    )
    found = [(r.number, r.title, r.actor, r.timeframe) for r in read(text, Recommendation)]
    assert found == [
        ("1", "Count the boats", "Port Office", "June 2031"),
        ("2", "Mend the nets before the ice comes", "Union of Fishers", None),
    ]


@pytest.mark.parametrize("name", ["Proposal 1.", "Propuesta 1.", "Medida 1:", "Action 1:", "R1"])
def test_a_recommendation_goes_by_other_names(read, name):
    text = f"RECOMMENDATIONS\n\n{name} Count the boats in every port. Lead: Port Office.\n"
    (found,) = read(f"The lake\n\nThe ice comes in November and goes in April.\n\n{text}",
                    Recommendation)  # fmt: skip
    assert (found.number, found.title, found.actor) == (
        "1", "Count the boats in every port", "Port Office",
    )  # fmt: skip


@pytest.mark.parametrize("stop", ["", "."])
def test_lines_right_below_its_title_say_who_should_act_and_by_when(read, stop):
    parts = [
        f"Recommendation 1: Count the boats{stop}\nOwner: Port Office\nDeadline: June 2031",
        f"Recommendation 2: Mend the nets{stop}\nOwner: Union of Fishers\nDeadline: 1 May 2032",
    ]
    text = "\n\n".join(
        ["The lake", "The ice comes in November and goes in April.", "RECOMMENDATIONS", *parts]
    )
    found = [(r.number, r.title, r.actor, r.timeframe) for r in read(f"{text}\n", Recommendation)]
    assert found == [
        ("1", "Count the boats", "Port Office", "June 2031"),
        ("2", "Mend the nets", "Union of Fishers", "1 May 2032"),
    ]

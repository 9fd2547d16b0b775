"""A document saved as text: a line for each paragraph, no pages, no blank lines between."""

import pytest

from kb.records import Coverage, DataCell, Participant, Passage, Quote, Recommendation, Section

LONG = (
    "The boats go out at four and come back when the tide allows, which is seldom before noon, "
    "and what they bring is weighed on the quay by an officer who writes it into a book that "
    "nobody has ever read again."
)
TEXT = "\n".join(
    [
        "The lake",
        "Contents", "1 Fisheries", "1.1 Nets", "2 Ice and water", "Annex A Witnesses",
        "1 Fisheries", LONG,
        "1.1 Nets", LONG,
        "“Nobody counts the boats here.”", "— Ana Ruiz, harbour master, Port Office",
        "Recommendation 1: The Port Council should count all boats by 30 June 2031, and mend them.",
        "Recommendation 2: Counting by eye should end.",
        "2 Ice and water", LONG,
        "Table 1. Boats by port", "Port\tBoats\tNets", "Ostra\t12\t40", "Pell\t7\t31", LONG,
        "Annex A Witnesses", "Monday 4 May", "Ms Ida Moor, warden, Port Office",
        "Mr Leo Pell, Net Makers", "Tuesday 5 May", "Dr Cora Vale, nurse, Ice House",
        "Annex B Submissions", LONG,
    ]
)  # fmt: skip


def test_each_line_is_a_paragraph_or_a_heading(read):
    assert [(s.level, s.heading) for s in read(TEXT, Section)] == [
        (1, "Contents"),
        (1, "1 Fisheries"),
        (2, "1.1 Nets"),
        (1, "2 Ice and water"),
        (1, "Annex A Witnesses"),
        (1, "Annex B Submissions"),
    ]
    assert [p.text for p in read(TEXT, Passage)].count(LONG) == 5


def test_a_list_of_headings_is_no_text(read):
    (contents,) = [r for r in read(TEXT, Coverage) if r.reason == "table of contents"][:1]
    assert contents.text == "1 Fisheries"
    assert all(p.text != "1.1 Nets" for p in read(TEXT, Passage))


def test_who_says_a_quotation_stands_in_the_next_line(read):
    (quote,) = read(TEXT, Quote)
    assert (quote.speaker, quote.organisation) == ("Ana Ruiz", "Port Office")


def test_rows_between_tabs_stay_together(read):
    assert [c.text for c in read(TEXT, DataCell) if c.column_label == "Nets"] == ["40", "31"]


def test_people_on_a_list_are_no_headings(read):
    assert [(p.name, p.job_title, p.organisation) for p in read(TEXT, Participant)] == [
        ("Ms Ida Moor", "warden", "Port Office"),
        ("Mr Leo Pell", "Net Makers", None),
        ("Dr Cora Vale", "nurse", "Ice House"),
    ]


@pytest.mark.parametrize(
    ("number", "actor", "timeframe"),
    [("1", "Port Council", "by 30 June 2031"), ("2", None, None)],
)
def test_a_recommendation_says_who_should_act_in_its_sentence(read, number, actor, timeframe):
    (found,) = [r for r in read(TEXT, Recommendation) if r.number == number]
    assert (found.actor, found.timeframe) == (actor, timeframe)


def test_a_text_with_wrapped_lines_is_read_as_before(read):
    wrapped = LONG.replace(", ", ",\n")
    assert [p.text for p in read(f"The lake\n\n{wrapped}\n", Passage)][-1] == LONG

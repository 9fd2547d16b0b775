"""Interviews: who was asked, when, where and by whom, and who speaks in each turn."""

import pytest

from kb.records import Document, Interview, Passage, Quote

HEAD = "Interview with Ada Moor, Netmaker, Salt Guild\n"
FACTS = "Date: 3 May 2040\nPlace: The loft, Ves\nInterviewer: Bo Lind\n"
TURNS = """
LIND: How long have you mended nets in this loft?

MOOR: For thirty years, and my mother before me.

The loft was hers.

LIND: And who pays you?

MOOR: The fishers pay me in fish, the guild in promises.

LIND: Which do you like better?

MOOR: The fish. Promises do not keep in salt.
"""


def test_a_document_whose_speakers_take_turns_is_an_interview(read):
    assert [d.kind for d in read(HEAD + FACTS + TURNS, Document)] == ["interview"]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_the_first_lines_tell_when_where_and_by_whom(read, gap):
    (row,) = read(HEAD + gap + FACTS + TURNS, Interview)
    assert (row.title, row.date, row.place, row.interviewer) == (
        "Interview with Ada Moor, Netmaker, Salt Guild",
        "3 May 2040",
        "The loft, Ves",
        "Bo Lind",
    )


def test_what_the_first_lines_do_not_tell_is_left_out(read):
    (row,) = read(HEAD + TURNS, Interview)
    assert (row.date, row.place, row.interviewer) == (None, None, None)


def test_labels_are_replaced_by_the_names_that_the_first_lines_give(read):
    turns = [p for p in read(HEAD + FACTS + TURNS, Passage) if p.kind == "turn"]
    assert [p.speaker for p in turns] == ["Bo Lind"] + ["Ada Moor"] * 2 + [
        "Bo Lind",
        "Ada Moor",
    ] * 2


def test_a_paragraph_behind_a_turn_is_the_same_speakers(read):
    turns = {p.text: p.speaker for p in read(HEAD + FACTS + TURNS, Passage)}
    assert turns["The loft was hers."] == "Ada Moor"


def test_only_the_person_who_was_asked_is_quoted_and_without_the_label(read):
    quotes = read(HEAD + FACTS + TURNS, Quote)
    assert {(q.kind, q.speaker) for q in quotes} == {("turn", "Ada Moor")}
    assert quotes[0].text == "For thirty years, and my mother before me."
    assert {(q.role, q.organisation) for q in quotes} == {("Netmaker", "Salt Guild")}


@pytest.mark.parametrize(
    "text",
    [
        "We ask:\n\nNote: mend the nets.\n\nSource: harbour books.\n",
        "A report on nets\n\nMOOR: I mend nets, and so did my mother before me in this loft.\n",
    ],
    ids=["labels that take no turns", "one turn"],
)
def test_a_few_colons_make_no_interview(read, text):
    assert read(text, Interview) == []

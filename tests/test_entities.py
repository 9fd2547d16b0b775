"""One row for each person and body over all documents."""

import pytest

from ingest.entities import link, person_key
from ingest.reading import Ids
from kb.records import Acronym, Interview, Organisation, Participant, Person, Quote


def participant(name, job_title=None, organisation=None):
    return Participant(
        1, 1, 1, None, None, name, job_title, organisation, None, None, name, "sure", None, ()
    )


def quote(speaker, role=None, organisation=None):
    return Quote(1, 1, 1, None, None, "Nets.", speaker, role, organisation, "pull", None, ())


def of_type(records, record_type):
    return [r for r in link(records, Ids()) if isinstance(r, record_type)]


@pytest.mark.parametrize(
    ("left", "right"),
    [("Ada Móor", "ADA MOOR"), ("Dr. Ada Moor", "Ada Moor"), ("Ada  Moor", "Ada Moor")],
    ids=["case and accents", "title", "blanks"],
)
def test_spellings_that_are_one_name(left, right):
    assert person_key(left) == person_key(right)


def test_two_spellings_are_one_person_with_a_variant():
    people = of_type([participant("Ada Moor"), quote("DR. ADA MOOR")], Person)
    assert [(p.name, p.variants) for p in people] == [("Ada Moor", "DR. ADA MOOR")]


def test_a_shorter_name_alone_joins_nobody():
    people = of_type([participant("Ada Lin Moor", "Pilot"), quote("Ada Moor", "Baker")], Person)
    assert [p.name for p in people] == ["Ada Lin Moor", "Ada Moor"]


def test_a_shorter_name_beside_the_same_body_is_the_same_person():
    records = [
        participant("Ada Lin Moor", "Pilot", "Tide Office"),
        quote("Ada Moor", "Pilot", "Tide Office"),
    ]
    assert [p.name for p in of_type(records, Person)] == ["Ada Lin Moor"]


def test_a_shorter_name_that_fits_two_people_joins_neither():
    records = [
        participant("Ada Lin Moor", "Pilot", "Tide Office"),
        participant("Ada Bel Moor", "Pilot", "Tide Office"),
        quote("Ada Moor", "Pilot", "Tide Office"),
    ]
    assert len(of_type(records, Person)) == 3


def test_names_of_a_body_are_one_but_for_the_article_and_its_acronym():
    records = [
        participant("Ada Moor", None, "Tide Office"),
        participant("Bo Lind", None, "the Tide Office"),
        participant("Cy Dorn", None, "TOF"),
        Acronym(1, 1, 1, "TOF", "Tide Office", None),
    ]
    bodies = of_type(records, Organisation)
    assert [{b.name, *b.variants.split("; ")} for b in bodies] == [
        {"Tide Office", "the Tide Office", "TOF"}
    ]


def test_rows_point_to_their_person_and_body():
    linked = link([participant("Ada Moor", None, "Tide Office"), quote("Ada Moor")], Ids())
    person, body, row, said = linked
    assert (row.person_id, row.organisation_id, said.person_id) == (person.id, body.id, person.id)


def test_an_interview_points_to_the_person_in_its_title():
    title = "Interview with Ada Moor"
    interview = Interview(1, 1, None, title, None, None, None, None, ())
    linked = of_type([participant("Bo Lind"), quote("Ada Moor"), interview], Interview)
    assert [i.person_id for i in linked] == [1]


def test_an_interview_does_not_point_to_a_name_inside_another_name():
    interview = Interview(1, 1, None, "Interview with Oriana Moorcock", None, None, None, None, ())
    linked = of_type([participant("Ana Moor"), interview], Interview)
    assert [i.person_id for i in linked] == [None]

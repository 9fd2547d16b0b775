"""Sentences and rows of tables are found on their own, and point into their passage."""

from ingest.passages import SHORT
from kb.excerpt import BELOW, located
from kb.records import DataTable, Participant, Passage, Section, Stretch
from kb.text import stemmed


def test_every_passage_has_a_stretch_that_stands_in_it(store):
    passages = {p.id: p for p in store.all(Passage)}
    stretches = store.all(Stretch)
    assert {s.passage_id for s in stretches} == set(passages)
    assert all(passages[s.passage_id].text[s.start : s.end].strip() for s in stretches)


def test_a_row_of_a_table_reads_its_labels_and_points_to_its_own_cells(store):
    table = store.all(DataTable)[0]
    rows = store.all(Stretch, "passage_id = ? and kind = 'row'", (table.passage_id,))
    text = store.get(Passage, table.passage_id).text
    assert rows
    assert all(row.reading.startswith(table.caption) and ": " in row.reading for row in rows)
    assert len({text[row.start : row.end] for row in rows}) == len(rows)


def test_a_participant_reads_as_a_row(store):
    person = next(p for p in store.all(Participant) if p.job_title and p.organisation)
    found = store.all(Stretch, "passage_id = ?", (person.passage_id,))
    assert f"{person.name}; {person.job_title}; {person.organisation}" in found[0].reading


def test_words_of_a_source_are_located_whatever_the_blanks():
    source = "Nets  \n and boats"
    assert located("Nets and boats", ((0, len(source)),), source, ((8, 17),)) == (5, 14)
    assert located("Nets", ((0, 4),), source, ((10, 17),)) is None


def test_words_are_stemmed_by_the_rules_of_their_language():
    assert stemmed(["regulacion", "regulaciones"], "es") == ["regul", "regul"]
    assert stemmed(["regulations"], "en") == ["regul"]


def test_an_acronym_is_found_by_the_words_it_stands_for(read):
    from ingest.stretches import with_other_forms
    from kb.records import Acronym

    text = "The Harbour Data Office (HDO) opened.\n\nBoats report to HDO each night.\n"
    passages = [r for r in with_other_forms(read(text)) if isinstance(r, Passage)]
    assert [a.acronym for a in read(text, Acronym)] == ["HDO"]
    assert ["Harbour Data Office" in p.also for p in passages] == [False, True]


def test_a_stretch_reads_all_of_the_heading_above_it(read):
    from ingest.reading import Ids
    from ingest.stretches import cut_stretches

    text = "Boats of Vessmark\n\n3. Teach the young\n\nEvery child learns to row a boat here.\n"
    stretches = cut_stretches(read(text), Ids())
    assert stretches[-1].reading == "3. Teach the young: Every child learns to row a boat here."


def test_a_few_words_below_a_heading_take_it_before_them(store):
    sections = {s.id: s for s in store.all(Section)}
    headed = [
        p
        for p in store.all(Passage)
        if p.section_id in sections
        and p.text.startswith(f"{sections[p.section_id].heading}{BELOW}")
    ]
    assert headed
    assert all(p.spans[0] == sections[p.section_id].spans[0] for p in headed)
    rest = [p.text.removeprefix(sections[p.section_id].heading) for p in headed]
    assert max(len(text.split()) for text in rest) <= SHORT


def test_the_reading_page_shows_such_a_heading_once(db, store, encoder):
    from kb.service import Service
    from kb.web.reading import in_order, reading_parts

    service = Service.load(db, encoder)
    sections = {s.id: s for s in store.all(Section)}
    passages = [p for p in store.all(Passage) if p.document_id == 1]
    parts = in_order(passages, [s for s in sections.values() if s.document_id == 1])
    shown = list(reading_parts(parts, passages, service, 0, (0, 0)))
    bodies = [p for p in shown if p.passage is not None and p.passage.section_id in sections]
    assert not any(
        str(p.html).startswith(f"{sections[p.passage.section_id].heading}{BELOW}") for p in bodies
    )


def test_a_turn_is_found_by_the_question_it_answers(read):
    from ingest.reading import Ids
    from ingest.stretches import cut_stretches, with_other_forms

    turns = [
        "LIND: You mend nets. What does it cost?",
        "MOOR: Three crowns.",
        "It was two.",
        "LIND: I see.",
        "MOOR: Nobody pays.",
    ]
    records = read("Interview with Ada Moor\n\n" + "\n\n".join([*turns, *turns]) + "\n")
    question = "What does it cost?"
    also = [question in r.also for r in with_other_forms(records) if isinstance(r, Passage)]
    assert also[1:6] == [False, True, True, False, False]
    readings = [s.reading for s in cut_stretches(records, Ids())]
    assert f"{question}: It was two." in readings
    assert "MOOR: Nobody pays." in readings


def test_an_item_that_names_several_people_is_read_as_it_stands(read):
    from ingest.reading import Ids
    from ingest.stretches import cut_stretches

    item = "Port Office: Ana Ruiz, Leo Pell and Ida Moor"
    text = f"The lake\n\nThe ice comes in November.\n\nAnnex B. Who took part\n\n• {item}\n"
    assert len(read(text, Participant)) == 3
    assert any(item in s.reading for s in cut_stretches(read(text), Ids()))

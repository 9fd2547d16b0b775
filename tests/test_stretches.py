"""Sentences and rows of tables are found on their own, and point into their passage."""

from kb.excerpt import located
from kb.records import DataTable, Participant, Passage, Stretch
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

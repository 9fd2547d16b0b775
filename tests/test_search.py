"""Searching the sample: pages of hits, filters, facets, marks."""

from dataclasses import replace

import pytest

from index.search import Searcher, highlight
from kb.errors import QuestionError


@pytest.fixture(scope="module")
def searcher(db, encoder):
    return Searcher.load(db, encoder)


def test_the_passage_that_has_the_words_comes_first(searcher):
    hit = searcher.search("Candlemas flood homes", 1).hits[0]
    assert "Candlemas" in hit.passage.text
    assert (hit.rank, hit.section) == (1, "1. Introduction > 1.1 Why we asked")


def test_pages_of_hits_follow_one_another(searcher):
    whole = searcher.search("harbour", 6)
    first, second = searcher.search("harbour", 3), searcher.search("harbour", 3, 3)
    assert whole.hits == first.hits + second.hits
    assert [hit.rank for hit in second.hits] == [4, 5, 6]


def test_the_count_is_of_all_hits_and_not_of_the_page(searcher):
    assert searcher.search("harbour", 1).count == searcher.search("harbour", 50).count > 1


def test_a_page_behind_the_last_hit_is_empty(searcher):
    assert searcher.search("harbour", 10, 10_000).hits == ()


@pytest.mark.parametrize(
    "question", ["", "what is the", "🐟"], ids=["empty", "small words", "sign"]
)
def test_a_question_without_words_finds_nothing(searcher, question):
    found = searcher.search(question)
    assert (found.hits, found.count) == ((), 0)


@pytest.mark.parametrize(
    ("name", "value", "holds"),
    [
        ("kind", "quote", lambda hit: hit.passage.kind == "quote"),
        ("speaker", "ruth aldane", lambda hit: hit.passage.speaker == "Ruth Aldane"),
        ("section", "3. Use cases", lambda hit: hit.section.startswith("3. Use cases")),
        (
            "sector",
            "Fisheries",
            lambda hit: hit.passage.kind == "participant" or hit.passage.speaker,
        ),
        ("document", "2", lambda hit: hit.passage.document_id == 2),
        ("lang", "en", lambda hit: hit.passage.language == "en"),
    ],
)
def test_a_filter_holds_for_every_hit(searcher, name, value, holds):
    hits = searcher.search("harbour boats skipper", 50, 0, {name: value}).hits
    assert hits
    assert all(map(holds, hits))


def test_every_filter_has_to_hold(searcher):
    filters = {"document": "1", "speaker": "Ruth Aldane"}
    assert {h.passage.kind for h in searcher.search("ship", 50, 0, filters).hits} == {"quote"}


def test_an_empty_filter_is_none(searcher):
    assert searcher.search("harbour", 5, 0, {"kind": ""}) == searcher.search("harbour", 5)


def test_each_hit_is_in_one_kind_and_one_document(searcher):
    found = searcher.search("harbour", 1)
    assert sum(n for _, n in found.facets["kind"]) == found.count
    assert sum(n for _, n in found.facets["document"]) == found.count


def test_a_facet_counts_under_the_other_filters_not_its_own(searcher):
    free = searcher.search("harbour", 1)
    set_ = searcher.search("harbour", 1, 0, {"kind": "quote"})
    assert set_.facets["kind"] == free.facets["kind"]
    assert sum(n for _, n in set_.facets["document"]) == set_.count


def test_hits_can_stand_in_the_order_of_reading(searcher):
    hits = searcher.search("harbour", 50, 0, {}, "place").hits
    places = [(h.passage.document_id, h.passage.position) for h in hits]
    assert places == sorted(places)


def test_an_unknown_order_is_refused(searcher):
    with pytest.raises(QuestionError, match="There is no order “size”"):
        searcher.search("harbour", 5, 0, {}, "size")


def test_facets_come_most_frequent_first(searcher):
    counts = [n for _, n in searcher.search("harbour").facets["kind"]]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    ("question", "size", "offset", "message"),
    [
        ("a" * 1001, 10, 0, "has 1001 characters; at most 1000 are read. Shorten it"),
        ("nets", 0, 0, "_size is 0 .* give a size from 1 to 100"),
        ("nets", 101, 0, "_size is 101"),
        ("nets", 10, -1, "offset -1"),
    ],
    ids=["long", "no size", "large size", "negative offset"],
)
def test_what_is_out_of_bounds_is_refused(searcher, question, size, offset, message):
    with pytest.raises(QuestionError, match=message):
        searcher.search(question, size, offset)


def test_words_that_matched_are_marked_in_their_other_forms_too():
    text = "Harbours: the HARBOUR, harboured."
    assert [text[a:b] for a, b in highlight(text, ["harbour"])] == [
        "Harbours",
        "HARBOUR",
        "harboured",
    ]


def test_a_short_word_marks_only_itself():
    text = "Net, nets, netting"
    assert [text[a:b] for a, b in highlight(text, ["net"])] == ["Net"]


def test_a_misspelt_question_finds_what_was_meant(searcher):
    why = [reason for hit in searcher.search("herrring", 5).hits for reason in hit.why]
    assert "words: herring" in why


def test_a_word_is_read_in_the_sense_that_the_documents_have(searcher, monkeypatch):
    class Table:
        def words(self, word, source, target):
            return [("capacity", 0.5), ("gauge", 0.4), ("herring", 0.1)]

        def is_common(self, word, language):
            return True

        def entries(self, word, language):
            return [word]

        def vocabulary(self, language):
            return ()

    class Literal:
        def translate(self, text, source, target, keep=()):
            return "Where is the capacity?"

    monkeypatch.setitem(searcher.reader.__dict__, "table", Table())
    monkeypatch.setitem(searcher.reader.__dict__, "translator", Literal())
    words = searcher.read("¿Dónde está el aforador?").reading("en").words
    assert "gauge" in words
    assert "herring" not in words


def test_a_name_that_is_also_a_common_word_is_kept_if_the_documents_have_neither(searcher):
    assert "Chile" in searcher.read("¿Qué lugar ocupa Chile?").own.names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did the Parliament and the Treasury decide on Monday?", ()),
        ("How many people live in Boston?", ("Boston",)),
        ("What was said of Xerbia?", ("Xerbia",)),
        ("How does the GDPR bind China?", ("GDPR", "China")),
    ],
)
def test_a_common_word_with_a_capital_is_no_name(searcher, question, names):
    assert searcher.read(question).own.names == names


def test_a_misspelt_name_is_the_one_that_the_documents_have(searcher):
    name = next(n for n in sorted(searcher.names) if n.isalpha() and len(n) > 7)
    misspelt = name[:-3] + name[-2:]
    assert searcher.read(f"What is said of {misspelt}?").own.names != (misspelt,)


def test_a_name_that_stands_in_the_documents_is_not_translated(searcher, monkeypatch):
    kept = []

    class Notes:
        def translate(self, text, source, target, keep=()):
            kept.extend(keep)
            return text

    monkeypatch.setitem(searcher.reader.__dict__, "translator", Notes())
    searcher.read("¿Qué es el Harbour Office de Red Compartida?")
    assert {"Harbour", "Office"} <= set(kept)
    assert "Compartida" not in kept


def test_a_part_of_the_document_that_is_named_is_looked_in_first(searcher):
    def introduced(question):
        sections = [hit.section or "" for hit in searcher.search(question, 50).hits[:10]]
        return sum("Introduction" in section for section in sections)

    assert introduced("What does the introduction say of boats?") > introduced("boats")


def test_a_word_of_the_language_is_not_mended_into_another(searcher):
    assert "chapter" in searcher.read("What does the chapter say?").own.words
    assert "charter" not in searcher.read("What does the chapter say?").own.words
    assert "harbour" in searcher.read("Who owns the harbuor?").own.words


def test_what_is_asked_next_is_looked_for_where_the_answer_stood(searcher):
    query = searcher.read("How many homes and boats was that?")
    passage = next(p for p in searcher.passages.values() if "Candlemas" in p.text)
    said = " ".join(passage.clean.split()[:12])
    plain = [h.passage.id for h in searcher.find(query, 100).hits]
    going_on = [h.passage.id for h in searcher.find(replace(query, said=(said,)), 100).hits]
    assert passage.id in plain
    assert going_on.index(passage.id) < plain.index(passage.id)


def test_half_a_letter_in_a_question_is_left_out(searcher):
    assert searcher.read("harbour \ud800 fees").own.words[0] == "harbour"


@pytest.mark.parametrize("misspelt", ["Aldan", "Aldene"])
def test_a_misspelt_surname_finds_what_was_said(searcher, misspelt):
    read = searcher.read(f"What did Ruth {misspelt} say?").own
    assert read.names == ("Ruth", "aldane")
    assert "aldane" in read.words and misspelt.lower() not in read.words

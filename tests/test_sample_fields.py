"""The sample against its labels, field by field, beyond what test_sample.py compares."""

import json
import re
from pathlib import Path

import pytest

from kb.records import (
    Footnote,
    FootnoteCitation,
    Participant,
    Passage,
    Recommendation,
    Section,
    UseCase,
)

GOLD = Path(__file__).parent / "data" / "sample" / "gold"


def gold(name):
    return json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))


def plain(text):
    """Words without footnote marks, with single blanks."""
    return " ".join(re.sub(r"\[\d+\]", "", text or "").split()) or None


@pytest.fixture
def full(store):
    """Full recommendations of the sample in order, lettered items left out."""
    rows = store.all(Recommendation, "form = 'full' and parent_id is null")
    return dict(zip((row["title"] for row in gold_full()), rows, strict=True))


def gold_full():
    return [row for row in gold("recommendations") if row["part"] == "body"]


@pytest.mark.xfail(
    strict=True, reason="plain headings of the summary are chapters, not parts of it"
)
def test_levels_of_headings(store):
    found = [s.level for s in store.all(Section, "document_id = 1")]
    assert found == [row["level"] for row in gold("sections")]


def test_rows_of_participants_have_the_words_of_the_list(store):
    found = [sorted(p.row_text.split()) for p in store.all(Participant)]
    assert found == [sorted(row["row_raw"].split()) for row in gold("participants")]


def test_names_of_use_cases(store):
    assert [u.name for u in store.all(UseCase)] == [row["name"] for row in gold("use_cases")]


def test_bodies_that_a_use_case_is_headed_with(store):
    headed = [row for row in gold("use_cases") if row["organisations"][0] in row["title"]]
    found = {u.title: u.organisation for u in store.all(UseCase)}
    assert [found[row["title"]] for row in headed] == [row["organisations"][0] for row in headed]


def test_who_should_act_and_by_when(full):
    found = [(r.actor, r.timeframe) for r in full.values()]
    assert found == [(row["actor"], row["timeframe"]) for row in gold_full()]


def test_words_of_full_recommendations(full):
    assert [plain(r.text) for r in full.values()] == [plain(row["text"]) for row in gold_full()]


def test_each_full_recommendation_is_matched_to_its_brief_one(store, full):
    numbers = {r.id: r.number for r in store.all(Recommendation, "form = 'brief'")}
    found = [numbers[r.matches_id] for r in full.values()]
    assert found == [str(row["brief_number"]) for row in gold_full()]


def test_lettered_items_of_recommendations(store, full):
    for row in gold_full():
        items = store.all(Recommendation, "parent_id = ?", (full[row["title"]].id,))
        wanted = [(item["letter"], plain(item["text"])) for item in row["sub_items"]]
        assert [(item.label, plain(item.title)) for item in items] == wanted


def test_each_footnote_is_marked_where_its_label_says(store):
    notes = {note.id: note.number for note in store.all(Footnote)}
    found = {}
    for mark in store.all(FootnoteCitation):
        text = store.get(Passage, mark.passage_id).text
        found[notes[mark.footnote_id]] = " ".join(text[: mark.end].split()).split()[-1]
    assert found == {str(row["number"]): row["marker_raw"] for row in gold("references")}

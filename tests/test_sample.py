"""The sample corpus against its labels: every record of a kind, and nothing else."""

import json
import re
from pathlib import Path

import pytest

from kb.records import Footnote, Participant, Quote, Recommendation, Section, UseCase
from kb.text import fold

GOLD = Path(__file__).parent / "data" / "sample" / "gold"


def gold(name):
    return json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))


def plain(text):
    return re.sub(r"[^a-z0-9]+", "", fold(re.sub(r"\[\d+\]", "", text or "")))


def of_report(store, record_type):
    return store.all(record_type, "document_id = 1")


def test_participants(store):
    found = [
        (p.name, p.job_title, p.organisation, p.sector, p.region)
        for p in of_report(store, Participant)
    ]
    assert [tuple(map(plain, row)) for row in found] == [
        tuple(
            map(
                plain,
                (
                    r["name"],
                    r["job_title"],
                    r["organisation"],
                    "; ".join(r["sectors"]),
                    r["region"],
                ),
            )
        )
        for r in gold("participants")
    ]


def test_quotes(store):
    found = {
        (plain(q.text), plain(q.speaker), plain(q.role), plain(q.organisation), q.kind)
        for q in of_report(store, Quote)
    }
    assert found == {
        (
            plain(r["text"]),
            plain(r["speaker"]),
            plain(r["role"]),
            plain(r["organisation"]),
            r["kind"],
        )
        for r in gold("quotes")
    }


def test_use_cases(store):
    found = {(plain(u.title), plain(u.text), u.level) for u in of_report(store, UseCase)}
    assert found == {
        (plain(r["title"]), plain(r["description"]), r["level"]) for r in gold("use_cases")
    }


@pytest.mark.parametrize("form", ["brief", "full"])
def test_recommendations(store, form):
    rows = [r for r in of_report(store, Recommendation) if r.form == form and r.parent_id is None]
    part, number, title = (
        ("brief", "brief_number", "text") if form == "brief" else ("body", "body_number", "title")
    )
    expected = [r for r in gold("recommendations") if r["part"] == part]
    assert [(r.number, plain(r.area), plain(r.title)) for r in rows] == [
        (str(r[number]), plain(r["area"]), plain(r[title])) for r in expected
    ]


def test_footnotes(store):
    found = [(f.number, plain(f.text), f.year, f.url) for f in of_report(store, Footnote)]
    assert found == [
        (str(r["number"]), plain(r["text"]), r["year"], r["url"]) for r in gold("references")
    ]


def test_sections(store):
    assert [plain(s.heading) for s in of_report(store, Section)] == [
        plain(r["title"]) for r in gold("sections")
    ]

"""No rule may know the first real report: none of its people, headings or sentences stands here."""

import json
import re
from pathlib import Path

import pytest

from kb.text import tokens

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
RUN = 8
needs_report = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(),
    reason="../shared is not here: the report's words are not known",
)


def our_files():
    kept = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "datasette-metadata.json"]
    for folder in ("kb", "ingest", "index", "tests", "corpus"):
        kept += [
            p
            for p in (ROOT / folder).rglob("*")
            if p.suffix in (".py", ".txt", ".md", ".json", ".html")
        ]
    return kept


@needs_report
def test_no_run_of_words_of_the_report_stands_here():
    grams = set()
    for source in (SHARED / "corpus").glob("*.txt"):
        words = tokens(source.read_text(encoding="utf-8"))
        grams |= {tuple(words[i : i + RUN]) for i in range(len(words) - RUN)}
    for path in our_files():
        words = tokens(path.read_text(encoding="utf-8"))
        found = [
            words[i : i + RUN]
            for i in range(len(words) - RUN)
            if tuple(words[i : i + RUN]) in grams
        ]
        assert not found, f"{path.name}: {found[0]}"


@needs_report
@pytest.mark.parametrize(("name", "field"), [("participants", "name"), ("sections", "title")])
def test_no_name_and_no_heading_of_the_report_stands_in_the_code(name, field):
    labels = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    wanted = [
        row[field]
        for row in labels
        if len(row[field].split()) >= (2 if name == "participants" else 4)
    ]
    for path in our_files():
        text = re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
        assert [phrase for phrase in wanted if phrase in text] == [], path.name

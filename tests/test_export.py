"""Briefings: what leaves the knowledge base has the sources' words, proven when it leaves."""

import csv
import json
import shutil
import sqlite3
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from kb.cli import cli
from kb.errors import KBError, ProofError, QuestionError
from kb.export.briefing import Cell, Entry, Grid, Quoted
from kb.export.formats import FORMATS, format_of
from kb.export.gather import gather, read_items
from kb.export.items import Item, read_item
from kb.service import Service
from kb.text import squeeze

NURSE = "The machine is not the nurse. It tells us whom to ring first, and then a person rings."
CHOSEN = ("recommendation:9", "table:1", "use_case:1", "view:2", "figure:1")


@pytest.fixture(scope="module")
def service(db, encoder):
    return Service.load(db, encoder)


def nurse(service):
    """Beata Nolling's words: a quotation of the sample, p. 5."""
    (row,) = service.searcher.store.rows("select id from quotes where text = ?", (NURSE,))
    return f"quote:{row['id']}"


def gathered(service, *texts, title="Coast"):
    return gather(service, read_items(service, texts), "en", str, title)


@pytest.fixture(scope="module")
def briefing(service):
    question = "answer:Who said the machine is not the nurse?"
    return gathered(service, nurse(service), *CHOSEN, question)


def written(briefing, suffix):
    return FORMATS[suffix].write(briefing, str)


def tampered(db, tmp_path, sql):
    """A service on a copy of the sample that somebody changed with SQL."""
    copy = tmp_path / "kb.db"
    shutil.copy(db, copy)
    shutil.copytree(db.with_suffix(".index"), copy.with_suffix(".index"))
    connection = sqlite3.connect(copy)
    with connection:
        assert connection.execute(sql).rowcount >= 1
    connection.close()
    return copy


# -- items ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["quote:12", "use_case:2", "answer:What is 3:2?"])
def test_an_item_is_read_as_it_is_written(text):
    assert str(read_item(text)) == text


def test_an_item_of_an_unknown_kind_names_the_known_ones():
    with pytest.raises(QuestionError, match="kinds: quote, view, passage, use_case"):
        read_item("person:3")


@pytest.mark.parametrize("text", ["quote:", "quote:1; drop", "quote:-1", "quote:²", "answer: "])
def test_an_item_without_a_usable_key_is_refused(text):
    with pytest.raises(QuestionError):
        read_item(text)


def test_all_quotes_stand_for_each_of_them(service):
    assert len(read_items(service, ["quotes", "quote:1"])) == 26


# -- what a briefing holds ------------------------------------------------------------------------


def test_a_quote_keeps_its_words_holder_role_body_and_page(service):
    made = gathered(service, nurse(service))
    (words,) = made.entries[0].words
    assert (words.text, words.speaker, words.role, words.organisation) == (
        NURSE, "Beata Nolling", "Clinic Manager", "Sorrel Quay Clinic",
    )  # fmt: skip
    assert (made.sources[0].page, made.sources[0].section) == (
        5, "2. What we heard > 2.4 Clinics and schools",
    )  # fmt: skip


def test_a_view_keeps_its_holder_and_is_nobodys_quotation(service):
    made = gathered(service, "view:2")
    assert (made.entries[0].heading, made.entries[0].words[0].speaker) == ("One port agent",) * 2
    assert made.entries[0].lead == "A view that the document reports: an opinion, not a fact."
    assert made.sources[0].speaker is None
    assert "— One port agent" not in written(made, ".md").decode()


def test_a_recommendation_keeps_its_actor_time_and_lettered_items(briefing):
    entry = briefing.entries[1]
    assert entry.facts == (
        ("Area", "Trust and governance"),
        ("Actor", "Ministry of Harbours"),
        ("Timeframe", "by 2032"),
    )
    assert [w.label for w in entry.words if w.label] == ["a", "b", "c"]


def test_a_table_keeps_its_cells_columns_and_source_line(briefing):
    grid = briefing.entries[2].grid
    assert grid.title == "Table 1. Written replies by group"
    assert grid.columns == ("Group", "Replies", "Would share (%)", "Want a trustee (%)")
    assert [cell.text for cell in grid.rows[0]] == ["Fisheries", "214", "31", "78"]
    assert grid.source_line == "Tidewater Panel, count of written replies, June 2031."


def test_an_answer_keeps_the_words_of_its_source_apart_from_ours(briefing):
    statement = briefing.entries[-1].statements[0]
    assert statement.text == ""
    assert statement.words[0].lead.startswith("Beata Nolling (Clinic Manager)")
    assert statement.words[0].text == "The machine is not the nurse."


def test_a_declined_question_keeps_its_refusal_and_cites_nothing(service):
    made = gathered(service, "answer:Who won the football cup?")
    assert made.entries[0].refusal == "The documents do not deal with this subject."
    assert (made.entries[0].statements, made.sources) == ((), ())


def test_a_stretch_that_is_cited_twice_has_one_number(service):
    made = gathered(service, nurse(service), "passage:46", "quote:1", nurse(service))
    assert [s.number for s in made.sources] == list(range(1, len(made.sources) + 1))
    assert len({(s.passage_id, s.start, s.end) for s in made.sources}) == len(made.sources)


def test_everything_of_the_sample_can_be_exported(service):
    kinds = {"quote": 26, "view": 9, "use_case": 5, "recommendation": 22, "table": 2, "figure": 1}
    texts = [f"{kind}:{n}" for kind, last in kinds.items() for n in range(1, last + 1)]
    assert len(gathered(service, *texts).entries) == 65


def test_each_source_is_a_stretch_of_its_passage(briefing, service):
    for source in briefing.sources:
        text = service.searcher.passages[source.passage_id].text
        assert source.quote == text[source.start : source.end]


def test_every_number_leads_to_the_words_it_stands_behind(briefing):
    for entry in briefing.entries:
        for words in entry.quoted:
            (number,) = words.sources
            source = briefing.sources[number - 1]
            assert source.number == number
            assert squeeze(words.text) in squeeze(source.quote)


# -- what does not get out ------------------------------------------------------------------------


def test_an_item_that_is_not_there_is_named(service):
    with pytest.raises(KBError, match="quote:9999 is not in this knowledge base"):
        gathered(service, "quote:1", "quote:9999")


def test_a_briefing_of_nothing_is_refused(service):
    with pytest.raises(QuestionError, match="Choose between 1 and 1000"):
        gathered(service)


@pytest.mark.parametrize(
    ("sql", "item"),
    [
        ("update quotes set text = replace(text, 'W', 'V') where id = 1", "quote:1"),
        ("update quotes set spans = '[[0,40]]' where id = 1", "quote:1"),
        ("update data_cells set text = '215' where text = '214'", "table:1"),
        ("update documents set text = replace(text, 'We would', 'We could')", "quote:1"),
        ("update recommendations set title = 'Set up nothing' where id = 9", "recommendation:9"),
    ],
)
def test_words_that_differ_from_their_source_are_not_exported(db, encoder, tmp_path, sql, item):
    service = Service.load(tampered(db, tmp_path, sql), encoder)
    with pytest.raises(ProofError, match=item):
        gathered(service, "use_case:1", item)


def test_words_that_change_while_it_is_served_are_not_exported(db, encoder, tmp_path):
    copy = tampered(db, tmp_path, "update build set id = id")
    service = Service.load(copy, encoder)
    assert gathered(service, "quote:1").sources
    connection = sqlite3.connect(copy)
    with connection:
        connection.execute("update quotes set text = text || '!' where id = 1")
    connection.close()
    with pytest.raises(ProofError, match="quote:1"):
        gathered(service, "quote:1")


# -- formats --------------------------------------------------------------------------------------


def test_markdown_has_verbatim_words_and_its_numbers_are_those_of_the_list(briefing):
    text = written(briefing, ".md").decode()
    assert f"> {NURSE} [1]\n>\n> — Beata Nolling, Clinic Manager, Sorrel Quay Clinic" in text
    assert "| Fisheries | 214 | 31 | 78 |" in text
    assert f"\n1. {briefing.sources[0].document}, 2. What we heard > 2.4" in text
    listed = [line for line in text.splitlines() if line.startswith(f"{len(briefing.sources)}. ")]
    assert len(listed) == 1


def test_markdown_reads_as_the_words_are_whatever_signs_they_hold(briefing):
    odd = "1. *Not* <b>bold</b> | [a](b) & `c` _d_ \\e # f"
    entry = Entry(Item("quote", "1"), "# x", words=(Quoted(odd, (1,), "en"),))
    text = written(replace(briefing, entries=(entry,)), ".md").decode()
    inline = [t for t in MarkdownIt("commonmark").enable("table").parse(text) if t.children]
    said = ["".join(c.content for c in t.children) for t in inline]
    assert f"{odd} [1]" in said
    assert all(c.type in ("text", "em_open", "em_close") for t in inline for c in t.children)


def test_a_docx_has_headings_quotations_tables_and_a_numbered_list(briefing):
    document = docx.Document(BytesIO(written(briefing, ".docx")))
    styles = [(p.style.name, p.text) for p in document.paragraphs]
    assert ("Title", "Coast") in styles
    assert ("Heading 1", "Beata Nolling") in styles
    assert ("Quote", f"{NURSE} [1]") in styles
    listed = [text for style, text in styles if style == "List Number"]
    assert len(listed) == len(briefing.sources)
    for source, text in zip(briefing.sources, listed, strict=True):
        assert text.startswith(source.document)
        assert source.page is None or f"p. {source.page}" in text
    assert [link.fragment for p in document.paragraphs for link in p.hyperlinks][0] == "source_1"
    assert document.tables[0].cell(1, 1).text == "214"
    assert (document.core_properties.title, document.core_properties.language) == ("Coast", "en")


def test_a_pdf_has_the_words_the_sources_its_title_and_language(briefing):
    pdf = pypdf.PdfReader(BytesIO(written(briefing, ".pdf")))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert f"{NURSE} [1]" in text
    assert "Sources 1. Sharing Data on the Coast" in text
    assert (pdf.metadata.title, pdf.trailer["/Root"]["/Lang"]) == ("Coast", "en")


def test_a_pdf_shows_spanish_and_signs(briefing):
    words = "«¿Cuánto, señor?» → “3 ≥ 2” ● ½ º"
    entry = Entry(Item("quote", "1"), "Ñandú", words=(Quoted(words, (1,), "es"),))
    data = written(replace(briefing, entries=(entry,), language="es"), ".pdf")
    assert words in pypdf.PdfReader(BytesIO(data)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("suffix", "character", "named"),
    [(".pdf", "水", "U\\+6C34 CJK UNIFIED IDEOGRAPH-6C34"), (".docx", "\x01", "U\\+0001")],
)
def test_a_character_that_a_format_cannot_show_is_refused(briefing, suffix, character, named):
    entry = Entry(Item("quote", "1"), "x", words=(Quoted(f"a {character}", (1,), "en"),))
    with pytest.raises(KBError, match=f"quote:1 holds the character {named}"):
        written(replace(briefing, entries=(entry,)), suffix)


def test_a_workbook_has_a_sheet_of_quotes_and_one_for_each_table(briefing):
    book = openpyxl.load_workbook(BytesIO(written(briefing, ".xlsx")))
    assert book.sheetnames[:2] == ["Quotes", "Table 1. Written replies by gro"]
    quotes, table = book.worksheets[:2]
    assert [c.value for c in quotes[2]][:6] == [
        1, "quote", NURSE, "Beata Nolling", "Clinic Manager", "Sorrel Quay Clinic",
    ]  # fmt: skip
    assert [c.value for c in table[2]] == ["Fisheries", 214, 31, 78]


def test_a_csv_has_a_row_for_each_quotation_with_its_place(briefing):
    rows = list(csv.DictReader(StringIO(written(briefing, ".csv").decode("utf-8-sig"))))
    assert (rows[0]["words"], rows[0]["speaker"], rows[0]["page"]) == (NURSE, "Beata Nolling", "5")
    assert rows[0]["address"].startswith("/-/document/1?passage=")
    assert "Fisheries | 214 | 31 | 78" in [row["words"] for row in rows]


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_no_words_become_a_formula(briefing, evil):
    grid = Grid("Table 1", "x", (evil,), ((Cell(evil),),), sources=(1,))
    words = (Quoted(evil, (1,), "en"),)
    made = replace(briefing, entries=(Entry(Item("quote", "1"), evil, words=words, grid=grid),))
    rows = list(csv.reader(StringIO(written(made, ".csv").decode("utf-8-sig"))))
    assert rows[1][2] == f"'{evil}"
    assert rows[1][-2] == f"'{evil}"
    book = openpyxl.load_workbook(BytesIO(written(made, ".xlsx")))
    for cell in (book.worksheets[0]["C2"], book.worksheets[1]["A1"], book.worksheets[1]["A2"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (evil, "s", True)


def test_csl_has_a_report_and_an_interview_with_their_pages(service):
    turn = service.searcher.store.rows("select id from quotes where kind = 'turn' limit 1")
    made = gathered(service, nurse(service), f"quote:{turn[0]['id']}")
    report, interview = json.loads(written(made, ".json"))
    assert (report["type"], report["page"]) == ("report", "5")
    assert "Words of Beata Nolling" in report["note"]
    assert interview["type"] == "interview"
    assert interview["author"] == [{"literal": "Ruth Aldane"}]
    assert interview["issued"] == {"raw": "14 May 2031"}


def test_words_of_ours_are_in_the_readers_language(service):
    spanish = {"Sources": "Fuentes", "p. {page}": "pág. {page}"}
    made = gathered(service, "quote:1")
    text = FORMATS[".md"].write(made, lambda said: spanish.get(said, said)).decode()
    assert "## Fuentes" in text
    assert "pág. 2" in text


def test_an_unknown_ending_names_the_known_ones():
    with pytest.raises(QuestionError, match=r"\.docx \.md \.pdf \.xlsx \.csv \.json"):
        format_of("briefing.odt")


# -- the command ----------------------------------------------------------------------------------


def run(*arguments):
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def test_an_unknown_ending_is_one_line_and_needs_no_knowledge_base(tmp_path):
    result = run("export", "quote:1", "-o", tmp_path / "a.odt")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert ".docx .md .pdf" in result.stderr


@pytest.fixture
def toy(monkeypatch, encoder):
    """The command with the toy encoder, by which the sample of the tests was built."""
    monkeypatch.setattr("kb.cli._load", lambda db: Service.load(db, encoder))


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_the_command_writes_every_format(toy, db, tmp_path, suffix):
    out = tmp_path / f"coast{suffix}"
    result = run("export", "quotes", "tables", "-o", out, "--db", db, "--title", "Coast")
    assert result.exit_code == 0, result.output
    assert "28 entries" in result.output
    assert len(out.read_bytes()) > 1000
    assert [p.name for p in tmp_path.iterdir()] == [out.name]


def test_an_export_that_fails_leaves_the_old_file(toy, db, tmp_path):
    out = tmp_path / "coast.md"
    out.write_text("old")
    result = run("export", "quote:9999", "-o", out, "--db", db)
    assert result.exit_code == 1
    assert "quote:9999" in result.stderr
    assert out.read_text() == "old"


def test_a_folder_that_is_not_there_is_one_line(toy, db, tmp_path):
    result = run("export", "quote:1", "-o", tmp_path / "none" / "a.md", "--db", db)
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_a_write_that_breaks_off_leaves_the_old_file(toy, db, tmp_path, monkeypatch):
    out = tmp_path / "coast.md"
    out.write_text("old")

    def half(path, data):
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError("disk full")

    monkeypatch.setattr(Path, "write_bytes", half)
    result = run("export", "quote:1", "-o", out, "--db", db)
    assert "disk full" in result.stderr
    assert (out.read_text(), len(list(tmp_path.iterdir()))) == ("old", 1)

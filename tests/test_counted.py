"""Questions that our own rows answer, and those that look alike and must be left to the text."""

import sqlite3
from pathlib import Path

import pytest
from datasette.utils import validate_sql_select

from index.make import index_maker
from ingest.build import build
from kb.answer.counted import counted
from kb.records import (
    Acronym,
    Document,
    Organisation,
    Participant,
    Passage,
    Person,
    Region,
    RegionFact,
    Section,
)
from kb.store import Store
from kb.text import language_of

OTHER = Path(__file__).parent / "data" / "other"
ODD = "O'Hara's ?; drop table participants;\n-- and sons: a pragmatic firm"


@pytest.fixture(scope="module")
def ports(tmp_path_factory):
    """Two regions with profiles and rankings, and a body with an awkward name."""
    store = Store.create(tmp_path_factory.mktemp("ports") / "kb.db")
    spans = ((0, 4),)
    records = [
        Document(1, "report", "Ports", "p.txt", "text/plain", "en", "", "none", "", "Ports"),
        Section(1, 1, None, 0, 1, "Profiles", "Profiles", 3, spans),
        Person(1, "Ann Lee", "A. Lee"), Person(2, "Bo Ray", ""),
        Organisation(1, ODD, ""), Organisation(2, "Harbour Office", "The Harbour Office (HO)"),
        Region(1, 1, 1, "Northmark", None, None, "Northmark", 3, spans),
        Region(2, 1, 1, "Sûdmark", None, None, "Sûdmark", 4, spans),
        Acronym(1, 1, 1, "NRM", "Northmark", 3), Acronym(2, 1, 1, "IT", "island trade", 3),
    ]  # fmt: skip
    facts = [
        (1, "key_sector", "herring", "herring", None), (1, "key_sector", "ropes", "ropes", None),
        (2, "key_sector", "herring and salt", "herring and salt", None),
        (1, "ranking", "Quay Index", "Ranked 4th place.", 4),
        (2, "ranking", "Quay Index", "Ranked 9th place.", 9),
        (1, "ranking", "Lighthouse Index", "Ranked 7th.", 7),
    ]  # fmt: skip
    for n in range(1, 9):
        text = f"passage {n}"
        records.append(
            Passage(n, 1, 1, n, "paragraph", text, text, "", None, "en", 3, ((n, n + 1),))
        )
    for n, (region, kind, name, text, rank) in enumerate(facts, start=1):
        records.append(RegionFact(n, region, 1, n, kind, name, text, rank, 3, spans))
    for n, (name, body, sector) in enumerate(
        [("Ann Lee", ODD, "Industry"), ("Bo Ray", "Harbour Office", 'Media "x" \\; Industry')], 1
    ):
        records.append(
            Participant(n, 1, 6 + n, n, n, name, "Head", body, sector, None, name, "sure", 5, spans)
        )
    store.add(records)
    yield store
    store.close()


@pytest.fixture(scope="module")
def others(tmp_path_factory, encoder):
    stores = {}
    for name in ("allotments-in-brackwell-2033", "agua-en-aldera-2032"):
        path = tmp_path_factory.mktemp("other") / "kb.db"
        build([OTHER / f"{name}.txt"], path, index_maker(encoder), encoder.sha256)
        stores[name.split("-")[2]] = Store.open(path)
    yield stores
    for opened in stores.values():
        opened.close()


def ask(store, text, english=None):
    found = counted(
        (text, text if english is None else english),
        language_of(text),
        lambda query, values: store.connection.execute(query, tuple(values)).fetchall(),
    )
    if found:  # what is shown is what one gets
        validate_sql_select(found.rows.sql)
        again = store.connection.execute(found.rows.sql).fetchall()
        assert [tuple(row) for row in again] == list(found.rows.rows)
        assert len(found.passages) == len(set(found.passages)) <= 8
    return found


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many participants are there?", "There are 24 participants: Ruth Aldane ("),
        ("How many participants are from academia?", "3 participants are from the sector Acad"),
        ("How many people took part from universities?", "3 participants are from the sector Acad"),
        ("Who took part from the Coastal Health Unit?", "from Coastal Health Unit: Yusra Seldane."),
        ("Who are the participants from HWS?", "from Halmar Weather Service: Marek Lowen."),
        ("Which person from Open Shore Halmar took part?", "Open Shore Halmar: Edda Kinlock."),
        ("Which participants come from Sorrel Bay or Dunholt?", "10 participants are from So"),
        ("Name the skippers on the contributors' list", "2 participants are in a post named “skip"),
        ("How many of the people interviewed by name are from Sorrel Bay?", "4 participants"),
        ("Who leads the Dunholt Flood Board according to the list of participants?", "Tomas Brenn"),
        ("Which organisations took part from Dunholt?", "6 organisations of participants are"),
        ("Which sectors are represented among the participants?", "There are 5 sectors"),
        ("What is Noor Jelland’s job?", "Noor Jelland: Lecturer in Law."),
        ("Which organisation does Ruth Aldane belong to?", "Ruth Aldane: Port of Vessmark."),
        ("List all use cases", "There are 5 use cases: TideLamp (Halmar Weather Service), Long"),
        ("Name the two use cases at national level", "2 use cases are of level “national”"),
        ("How many use cases are national?", "2 use cases are of level “national”: TideLamp"),
        ("Which use case is run by Millrace School?", "1 use case is of Millrace School: Kitti"),
        ("How many recommendations are there in all?", "There are 8 recommendations: Set up"),
        ("How many recommendations are made to the Ministry of Harbours?", "1 recommendation is"),
        ("How many of the eight recommendations concern schools?", "2 recommendations are about"),
        ("how many recommendations concern tide gauges", "1 recommendation is about “tide gauges”"),
        ("Which recommendations come under Data and infrastructure?", "2 recommendations are und"),
        ("What is recommended on trust and governance?", "3 recommendations are under Trust"),
        ("Which recommendations are addressed to the Ministry of Health?", "1 recommendation is"),
        ("Who is quoted from Open Shore Halmar?", "1 person quoted is from Open Shore"),
        ("How many quotes are by Ruth Aldane?", "1 quotation is by Ruth Aldane: A ship"),
        ("How many tables are there in the report?", "There are 2 tables: Written replies by gro"),
        ("Which table shows the cost of the projects?", "1 table is about “cost projects”"),
        ("How many footnotes are there?", "There are 12 footnotes: "),
        ("List the interviews", "There is 1 interview: Interview with Ruth Aldane"),
        ("How many documents are in the knowledge base?", "There are 2 documents: Sharing Data"),
        ("What does CDT stand for?", "CDT stands for “coastal data trust”."),
        ("¿Cuántas de las personas entrevistadas son del mundo académico?", "3 participantes son"),
        ("¿Quién participó por parte de Open Shore Halmar?", "1 participante es de Open Shore"),
        ("¿Quién dirige Dunholt Flood Board según el anexo de participantes?", "Tomas Brenn"),
        ("¿Qué personas de Open Shore Halmar participaron?", "1 participante es de Open Shore"),
        ("¿Cuáles son los nombres de los participantes de la pesca?", "4 participantes son del"),
        ("¿Quiénes son los participantes de la pesca?", "4 participantes son del sector Fisheries"),
        ("¿A qué organización pertenece Ruth Aldane?", "Ruth Aldane: Port of Vessmark."),
        ("¿Cuántas recomendaciones hace el informe?", "Hay 8 recomendaciones: Set up a coastal"),
        ("Enumera los casos de uso", "Hay 5 casos de uso: TideLamp (Halmar Weather Service)"),
        ("¿Qué significan las siglas CDT?", "CDT significa «coastal data trust»."),
    ],
)  # fmt: skip
def test_a_question_about_our_records_is_counted_over_all_rows(store, question, said):
    assert said in ask(store, question).text


@pytest.mark.parametrize(
    "question",
    [
        "How many jobs will be lost?",
        "How many companies did the pilot find?",
        "How many companies took part?",
        "How many participants wore hats?",
        "How many participants supported the trust?",
        "How many participants are not from academia?",
        "How many participants work?",
        "How many people do the participants represent?",
        "How many participants were interviewed by the Port of Vessmark?",
        "How many participants from each sector took part?",
        "How many participants are from Halmar?",  # the beginning of four names
        "How many participants are from the health sector?",
        "What do the participants from Dunholt want?",
        "How many people took part?",
        "How many people took part in the survey?",
        "How many recommendations were rejected?",
        "Which recommendation is the most important?",
        "How many of the nine recommendations concern schools?",  # there are eight
        "How many recommendations does the Ministry of Harbours make?",
        "How many recommendations are made by the Ministry of Harbours?",
        "Name the three use cases at national level",  # there are two
        "How many use cases are there for drones?",
        "How many tables were in the room?",
        "How many interviews were conducted?",
        "How many written replies were there?",
        "Which regions are profiled?",  # none here
        "How many provinces are there?",
        "List the quotes about Ruth Aldane",
        "Who said that the machine is not the nurse?",
        "What does it mean?",
        "What does XYZ stand for?",
        "How many of the five projects were under way before 2030?",
        "¿Cuántos participantes llevaban sombrero?",
        "¿Cuántos participantes no son de la academia?",
        "¿Cuántas personas participaron en la encuesta?",
        "¿Cuántos médicos trabajan en la Sorrel Quay Clinic?",
        "¿Cuántas recomendaciones fueron rechazadas?",
        "ﷺ ½ how many participants ﷺ",
        "",
    ],
)
def test_what_our_rows_do_not_hold_is_left_to_the_text(store, question):
    assert ask(store, question) is None


@pytest.mark.parametrize(
    ("name", "question", "said"),
    [
        ("brackwell", "How many of the people who came belong to civil society?", "4 participants"),
        ("brackwell", "Who represented industry among those who came?", "Solveig Parr"),
        ("brackwell", "How many case studies does the paper describe?", "There are 3 use cases"),
        ("brackwell", "¿Cuántos de los participantes son del gobierno?", "3 participantes"),
        ("aldera", "How many of the participants come from academia?", "2 participants"),
        ("aldera", "What post does Elvira Santín hold?", "Elvira Santín: Ingeniera."),
        ("aldera", "¿Qué medidas propone el informe?", "Hay 5 recomendaciones: Instalar"),
        ("aldera", "Name the researchers among the participants", "Irene Dosal"),
    ],
)
def test_other_reports_are_counted_by_the_same_rules(others, name, question, said):
    assert (
        said
        in ask({"brackwell": others["brackwell"], "aldera": others["aldera"]}[name], question).text
    )


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which parts of the country get a profile?", "There are 2 regions with a profile: North"),
        ("Northmark's key sectors", "2 key sectors are listed for Northmark: herring, ropes."),
        ("What are the key sectors of NRM?", "2 key sectors are listed for Northmark"),
        ("In which regions is herring a key sector?", "2 regions are listed with “herring”"),
        ("Which regions have herring as a key sector?", "2 regions are listed with “herring”"),
        ("What place does Sudmark take in the Quay Index?", "Sûdmark, Quay Index: “Ranked 9th"),
        ("Of the regions profiled, which ranks worst in the Quay Index?", "Sûdmark ranks worst in"),
        ("Which region ranks best in the Quay Index?", "Northmark ranks best in Quay Index, at 4:"),
        ("In which index does Northmark rank worst?", "Northmark ranks worst in Lighthouse Index"),
        ("How did Sudmark place in the Quay league table?", "Sûdmark, Quay Index: “Ranked 9th"),
        ("Which regions get their own profile?", "There are 2 regions with a profile: North"),
        ("¿Qué regiones tienen perfil?", "Hay 2 regiones con perfil: Northmark, Sûdmark."),
        ("¿Cuáles son los sectores clave de Northmark?", "2 sectores clave son de Northmark"),
        ("How many participants are from HO?", "1 participant is from Harbour Office: Bo Ray."),
        ("What is A. Lee's job title?", "Ann Lee: Head."),
        ("Which sectors took part?", "There are 2 sectors of participants: Industry, Media"),
    ],
)
def test_regions_and_other_names_of_a_thing(ports, question, said):
    assert said in ask(ports, question).text


@pytest.mark.parametrize(
    "question",
    [
        "Which region ranks worst?",  # in what?
        "Which region ranks best in the Herring Index?",
        "What place does Eastmark take in the Quay Index?",
        "How many key sectors are there?",
        "What does it mean?",  # IT is an acronym here
    ],
)
def test_a_region_or_index_that_is_not_there_is_not_made_up(ports, question):
    assert ask(ports, question) is None


def test_a_spanish_question_is_read_in_english_too_and_answered_in_spanish(ports):
    found = ask(
        ports, "¿Qué lugar ocupa Northmark en el Índice de Muelles?",
        "What place occupies Northmark in the Index of Quay?",
    )  # fmt: skip
    assert found.text == "Northmark, Quay Index: «Ranked 4th place.»"


def test_the_rows_are_all_rows_and_the_passages_prove_them_in_order(store):
    found = ask(store, "How many participants are there?")
    assert len(found.rows.rows) == 24
    assert found.rows.columns[:3] == ("id", "name", "job_title")
    proofs = [row["passage_id"] for row in store.rows("select passage_id from participants")]
    assert list(found.passages) == proofs[:8]


def test_a_recommendation_is_proved_by_the_passage_at_its_place(store):
    found = ask(store, "how many recommendations concern tide gauges")
    (passage,) = store.passages(found.passages)
    assert "37 are more than 25 years old" in passage.clean


def test_a_long_list_is_cut_and_says_how_much_is_left():
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "create table acronyms (id, passage_id, acronym, expansion, page);"
        "create table people (name, variants); create table organisations (name, variants);"
    )
    rows = [(n, n, f"A{n}", f"thing {n}", 1) for n in range(30)]
    connection.executemany("insert into acronyms values (?, ?, ?, ?, ?)", rows)
    found = counted(
        ("List the acronyms",), "en",
        lambda query, values: connection.execute(query, tuple(values)).fetchall(),
    )  # fmt: skip
    assert found.text.startswith("There are 30 acronyms: A0 (thing 0), A1 (thing 1), ")
    assert found.text.endswith("A24 (thing 24) and 5 more.")


def test_a_name_full_of_signs_is_written_into_the_sql_safely(ports):
    found = ask(ports, "Who are the participants from O'Hara's ?; drop table participants; -- and "
                       "sons: a pragmatic firm?")  # fmt: skip
    assert found.text.endswith(": Ann Lee.")
    assert "pragma" not in found.rows.sql
    assert "\n" not in found.rows.sql


@pytest.mark.parametrize(
    "question",
    ["'; drop table participants; --", "How many participants are from '; drop table people; --?"],
)
def test_a_question_never_becomes_sql(ports, question):
    assert ask(ports, question) is None
    assert ports.rows("select count(*) from participants")[0][0] == 2


def test_a_question_may_be_understood_in_any_language_of_the_documents(ports):
    def asked(*readings):
        return counted(
            readings, "en",
            lambda query, values: ports.connection.execute(query, tuple(values)).fetchall(),
        )  # fmt: skip

    spanish = "¿Cuántos participantes hay?"
    assert asked("How many came?") is None
    assert asked("How many came?", spanish).text == asked(spanish).text

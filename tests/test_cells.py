"""Answers read from cells: the asked row and column, as printed, or none at all."""

from collections import defaultdict
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from ingest.build import read_document
from ingest.reading import Ids
from ingest.sources import read_source
from kb.answer.asking import top_of
from kb.answer.cells import Sheet, read_cells, read_extreme
from kb.records import DataCell, DataTable, Document

ROOT = Path(__file__).parents[1]
_ids = count(1)


def number(text):
    try:
        return float(text.replace(",", "").rstrip("%"))
    except ValueError:
        return None


def sheet(passage, caption, *lines):
    """Columns and rows as "a | b" lines; "" is an empty cell and has none. A list begins anew under
    the label of the first column.
    """
    head, *rows = [[part.strip() for part in line.split("|")] for line in lines]
    begins = [max(i for i in range(c + 1) if not i or (head[0] and head[i] == head[0]))
              for c in range(len(head))]  # fmt: skip
    made = []
    for r, row in enumerate(rows):
        made.append(
            tuple(
                DataCell(
                    next(_ids), passage, None, 1, r, c, row[begins[c]], head[c] or None, text,
                    number(text),
                    ((0, 1),),
                )
                for c, text in enumerate(row)
                if text
            )
        )  # fmt: skip
    return Sheet(passage, caption, tuple(made), f"table_{passage}")


KILNS = [
    sheet(
        1, "Table 1. Ranking of Orvenia in the craft index, by aspect",
        "Pillar | Metric | Ranking (out of 40)",
        "Clay | Purity of clay | 12", "Clay | Stored clay | 3",
        "Fire | Kiln control | 40", "Fire | Wood supply | 25", "Trade | Apprentice numbers | 40",
    ),
    sheet(
        2, "Table 2. Pottery courses and their standing",
        " | Newly founded | Growing | Newly founded | Growing",
        "Glazing | 4 | 8 | 1 | 3", "Wheel throwing | 2 | 0 | 5 | 6",
    ),
    sheet(
        3, "Table 3. Workshops threatened by flooding",
        "Craft | Threatened workshops | Craft | Threatened workshops",
        "Brick making | 1,250 | Tile painting | 90",
        "Stone carving & polishing | 730 | Weaving | 45",
    ),
    sheet(
        4, "Table 4. Crafts by gender",
        "Craft | Branch | % posts held by women | % of posts at risk of automation | "
        "Craft | Branch | % posts held by men | % of posts at risk of automation",
        "Weaving | Textile | 81.5% | 12.25% | Brick making | Mineral | 96.0% | 33.1%",
        "Tile painting | Mineral | 64.2% | 9.0% | "
        "Stone carving & polishing | Mineral | 88.0% | 9.0%",
    ),
    sheet(
        5, "Table 5. Steps towards a potters' guild",
        "P1 | P2 | P3",
        "Short term (old council) | Changeover (new council) | "
        "Long term (new council)",
        "• Publish the guild charter | • Draft the rules of the guild house | "
        "• Run a winter kiln plan",
        "• Name a steering board | | • Review the charter",
    ),
    sheet(
        6, "Figure 2. Master potters by county",
        " | ", "Northmoor | 121",
        "Upper Vale | 23", "Vale | 23", "Saltby | 7", "Dunn | 1", "Erse | 1",
    ),
    sheet(
        7, "Table 6. Duties under the clay act",
        "Duty | Responsible | Deadline",
        "Register pits | Clay Office | March 2031", "Fence old kilns | County councils | May 2032",
    ),
]  # fmt: skip


def ask(text, english=None, language="en", sheets=KILNS):
    found = read_cells(text, english or text, language, sheets)
    return found and found.text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which pottery courses have no growing classes?", "Table 2, Wheel throwing: Growing 0"),
        ("Which crafts have no threatened workshops?", None),  # never those that have some
    ],
)
def test_rows_that_have_nothing_of_what_is_asked(question, text):
    assert ask(question) == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Orvenia rank kiln control table 1", "Table 1, Kiln control: Ranking (out of 40) 40"),
        (
            "What is Orvenia's ranking for purity of clay?",
            "Table 1, Purity of clay: Ranking (out of 40) 12",
        ),
        (
            "How exposed to automation are posts in carving, in percent?",
            "Table 4, Stone carving & polishing: % of posts at risk of automation 9.0%",
        ),
        (
            "What share of posts in weaving is held by women?",
            "Table 4, Weaving: % posts held by women 81.5%",
        ),
        (
            "How many threatened workshops are there in stone carvng?",
            "Table 3, Stone carving & polishing: Threatened workshops 730",
        ),
        ("How many pottery courses in glazing are newly founded?",
         "Table 2, Glazing: Newly founded 4, Newly founded 1"),
        ("Pottery courses in wheel throwing", "Table 2, Wheel throwing: Newly founded 2, "
         "Growing 0, Newly founded 5, Growing 6"),
        ("How many master potters does Saltby have?",
         "Figure 2. Master potters by county, Saltby: 7"),
        ("How many master potters are there in Vale?",
         "Figure 2. Master potters by county, Vale: 23"),
        ("Who is responsible for fencing old kilns?",
         "Table 6, Fence old kilns: Responsible County councils"),
        ("By when must pits be registered? Register pits deadline",
         "Table 6, Register pits: Deadline March 2031"),
    ],
)  # fmt: skip
def test_the_value_of_a_row_in_a_column(question, text):
    assert ask(question) == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which county has the most master potters?",
         "Figure 2. Master potters by county, Northmoor: 121"),
        ("After the first, which county has the most master potters?",
         "Figure 2. Master potters by county, Upper Vale: 23; Vale: 23"),
        ("After Northmoor, which county has the most master potters?",
         "Figure 2. Master potters by county, Upper Vale: 23; Vale: 23"),
        ("Which county comes last in master potters?",
         "Figure 2. Master potters by county, Dunn: 1; Erse: 1"),
        ("In which aspect is Orvenia dead last?", "Table 1, Kiln control: Ranking (out of 40) 40; "
         "Apprentice numbers: Ranking (out of 40) 40"),
        ("In which metric does Orvenia rank best?",
         "Table 1, Stored clay: Ranking (out of 40) 3"),
        ("Which craft has the most workshops threatened by flooding?",
         "Table 3, Brick making: Threatened workshops 1,250"),
        ("What are the three counties with most master potters?",
         "Figure 2. Master potters by county, Northmoor: 121; Upper Vale: 23; Vale: 23"),
        ("Which craft has the lowest percentage of posts at risk of automation?",
         "Table 4, Tile painting: % of posts at risk of automation 9.0%; "
         "Stone carving & polishing: % of posts at risk of automation 9.0%"),
    ],
)  # fmt: skip
def test_the_highest_and_the_lowest_ties_and_all(question, text):
    assert ask(question) == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which counties have a single master potter?",
         "Figure 2. Master potters by county, Dunn: 1; Erse: 1"),
        ("Which counties have 23 master potters?",
         "Figure 2. Master potters by county, Upper Vale: 23; Vale: 23"),
        ("Which crafts have more than 1,000 threatened workshops?",
         "Table 3, Brick making: Threatened workshops 1,250"),
        ("Compare weaving and tile painting by posts held by women",
         "Table 4, Weaving: % posts held by women 81.5%; "
         "Tile painting: % posts held by women 64.2%"),
        ("How many rows has table 3?",
         "Table 3, 2 rows by our count: Brick making; Stone carving & polishing"),
        ("How many crafts with threatened workshops are listed in table 3?",
         "Table 3, 4 rows by our count: Brick making; Tile painting; Stone carving & polishing; "
         "Weaving"),
        ("How many master potters are there in total?",
         "Figure 2, our sum: 176 = 121 + 23 + 23 + 7 + 1 + 1"),
        ("What is the total of threatened workshops in table 3?",
         "Table 3, Threatened workshops, our sum: 2,115 = 1,250 + 90 + 730 + 45"),
    ],
)  # fmt: skip
def test_rows_by_value_comparisons_counts_and_sums(question, text):
    assert ask(question) == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("At what stage should the winter kiln plan be run?",
         "Table 5, P3 Long term (new council): Run a winter kiln plan"),
        ("What has to be drafted in phase P2?",
         "Table 5, P2 Changeover (new council): Draft the rules of the guild house"),
        ("What happens in the changeover, according to table 5?",
         "Table 5, P2 Changeover (new council): Draft the rules of the guild house"),
    ],
)  # fmt: skip
def test_schedules(question, text):
    assert ask(question) == text


@pytest.mark.parametrize(
    ("question", "english", "text"),
    [
        ("Según la figura 2, ¿cuántos maestros alfareros tiene Saltby?",
         "According to figure 2, how many masters potters has Saltby?",
         "Figura 2. Master potters by county, Saltby: 7"),
        ("¿Qué condado tiene más maestros alfareros?",
         "Which county has more master potters?",
         "Figura 2. Master potters by county, Northmoor: 121"),
        ("¿En qué aspecto queda Orvenia en último lugar?",
         "In which aspect stays Orvenia in last place?",
         "Tabla 1, Kiln control: Ranking (out of 40) 40; "
         "Apprentice numbers: Ranking (out of 40) 40"),
        ("¿Cuántas filas tiene la tabla 4?", "How many rows has the table 4?",
         "Tabla 4, 2 filas según nuestro recuento: Weaving; Tile painting"),
        ("¿Cuál es el total de talleres amenazados de la tabla 3?",
         "What is the total of threatened workshops of the table 3?",
         "Tabla 3, Threatened workshops, suma nuestra: 2,115 = 1,250 + 90 + 730 + 45"),
    ],
)  # fmt: skip
def test_a_spanish_question_over_english_tables(question, english, text):
    assert ask(question, english, "es") == text


@pytest.mark.parametrize(
    "question",
    [
        "How many master potters does Lindrun have?",  # no such row
        "How many apprentices does Saltby have?",  # not what the chart counts
        "How many people live in Saltby?",
        "Which county is the largest?",  # by what?
        "Which country has the most master potters?",
        "Which school has the most master potters?",
        "Which county has the best pottery?",
        "How many apprentice potters are there in Orvenia?",  # only a rank is given
        "How many women work in weaving?",  # only a share is given
        "What percentage of workshops in weaving are threatened by flooding?",  # only a number is
        "What share of posts in brick making is held by women?",  # that row has no such column
        "What did the master potters of Saltby say?",
        "Why is Orvenia last in kiln control?",
        "How many master potters did Saltby have in 2019?",
        "What rank does Westria have in kiln control?",
        "According to table 3, how many master potters does Saltby have?",
        "What do most master potters want?",
        "When was the last meeting of the guild?",
        "How many master potters were interviewed for the study in Saltby?",
        "Who leads the clay office?",
        "Should kilns be controlled?",
        "What is weaving?",
        "Which craft has the most workshops?",  # threatened ones only are counted
        "How many workshops does weaving have?",
        "What is the rank of Orvenia in the wood and clay trade index?",  # parts of several labels
        "Who are the master potters of Saltby?",
        "At what stage should potters be paid?",
        "Which craft has the most posts at risk of automation?",  # the table gives shares of posts
        "",
    ],
)
def test_none_where_the_cells_do_not_say(question):
    assert ask(question) is None


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("¿Cuántos habitantes tiene Saltby?", "How many inhabitants has Saltby?"),
        ("¿Qué condado tiene más habitantes?", "Which county has more inhabitants?"),
        ("¿Qué opinan los maestros alfareros?", "What think the master potters?"),
        ("¿Cuántos maestros alfareros hay en Lindrun?", "How many master potters are in Lindrun?"),
    ],
)
def test_none_in_spanish_either(question, english):
    assert ask(question, english, "es") is None


def test_of_two_that_are_asked_for_equal_ones_count_each():
    found = ask("In which two metrics of the craft index does Orvenia come dead last?")
    assert found == (
        "Table 1, Kiln control: Ranking (out of 40) 40; Apprentice numbers: Ranking (out of 40) 40"
    )


TRADES = sheet(
    9, "Table 9. Posts exposed to automation, by trade",
    "Trade | Posts (thousands) | Exposed | Women in trade",
    "Weaving | 640 | 19.4% | 31%", "Glazing | 510 | 3.7% | 76%", "Thatching | 310 | 22.8% | 18%",
)  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        "Which trade is most exposed to automation?",
        "Which trade has the highest percentage of posts exposed?",
    ],
)
def test_a_column_is_named_by_its_own_words_not_by_those_of_the_rows(question):
    assert ask(question, sheets=[TRADES]) == "Table 9, Thatching: Exposed 22.8%"


def test_where_only_the_table_is_known_a_column_that_shares_a_word_goes_first():
    text = "Which trade is the most exposed one?"
    found = read_extreme(text, text, "en", TRADES, lambda _, labels: list(range(len(labels))))
    assert found and found.text == "Table 9, Thatching: Exposed 22.8%"


def test_how_many_asks_for_no_sum_of_money():
    fines = sheet(1, "Table 1. Fines by port", "Port | Boats | Fines (crowns)",
                  "Vess | 12 | 95", "Dun | 30 | 140")  # fmt: skip
    count = "How many fines were there in Vess?"
    assert read_cells(count, count, "en", [fines]) is None
    much = "How much were the fines in Vess?"
    found = read_cells(much, much, "en", [fines])
    assert found and "95" in found.text
    many = "How many crowns of fines were there in Vess?"
    assert read_cells(many, many, "en", [fines])


def test_how_likely_asks_for_a_share():
    found = ask("How likely are posts in weaving to be lost to automation?")
    assert found == "Table 4, Weaving: % of posts at risk of automation 12.25%"


@pytest.mark.parametrize(
    ("question", "rows"), [("the 2018 index", 1), ("the 3 ports", 3), ("los cinco puertos", 5)]
)
def test_a_year_is_no_number_of_rows(question, rows):
    assert top_of(question) == rows


def test_a_row_is_of_the_profile_that_the_headings_above_its_table_name():
    ranks = ("Ranking | Place", "Craft index | 1st", "Fair of kilns | 4th")
    found = [
        replace(sheet(n, "Rankings", *ranks), above=f"{name}. Counties")
        for n, name in ((1, "Northmoor"), (2, "Saltby"))
    ]
    answer = read_cells(*("What place does Saltby take in the craft index?",) * 2, "en", found)
    assert answer and answer.passage_id == 2


def test_a_table_is_on_what_the_headings_above_it_say():
    question = "purity of clay ranking, pottery readiness of nations"
    assert ask(question) is None
    below = [replace(table, above="Pottery readiness. Nations compared") for table in KILNS]
    assert ask(question, sheets=below) == "Table 1, Purity of clay: Ranking (out of 40) 12"


def test_an_answer_shows_the_cells_that_prove_it_and_their_rows():
    found = read_cells("Orvenia rank stored clay table 1", "", "en", KILNS)
    assert found.passage_id == 1
    assert [cell.text for cell in found.cells] == ["Stored clay", "3"]
    assert found.sql_table == "table_1"
    assert found.columns == ("Pillar", "Metric", "Ranking (out of 40)")
    assert found.rows == (("Clay", "Stored clay", "3"),)


def test_no_sheets_no_answer():
    assert ask("How many master potters does Saltby have?", sheets=[]) is None


def test_two_tables_that_answer_alike_give_none():
    twins = [sheet(n, "Table. Boats by port", "Port | Boats", "Ostra | 3") for n in (1, 2)]
    assert ask("How many boats has Ostra?", sheets=twins) is None
    assert ask("How many boats has Ostra?", sheets=twins[:1]) == (
        "Table. Boats by port, Ostra: Boats 3"
    )


def sheets_of(path, word):
    records = read_document(read_source(path), Ids())
    assert any(isinstance(r, Document) for r in records)
    rows = defaultdict(lambda: defaultdict(list))
    for cell in (r for r in records if isinstance(r, DataCell) and r.table_id):
        rows[cell.table_id][cell.row].append(cell)
    return [
        Sheet(t.passage_id, f"{word} {t.number}. {t.caption}",
              tuple(tuple(cells) for cells in rows[t.id].values()), t.sql_table)
        for t in records if isinstance(t, DataTable)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def coast():
    return sheets_of(ROOT / "corpus" / "sample" / "coastal-data-consultation-2031.txt", "Table")


@pytest.fixture(scope="module")
def water():
    return sheets_of(ROOT / "tests" / "data" / "other" / "agua-en-aldera-2032.txt", "Tabla")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many replies did Civil society send?", "Table 1, Civil society: Replies 113"),
        ("What percentage of Academia would share?", "Table 1, Academia: Would share (%) 81"),
        ("Which group wants a trustee the most?", "Table 1, Civil society: Want a trustee (%) 83"),
        ("How many written replies were there in total?", "Table 1, All replies: Replies 612"),
        ("When did TideLamp start?", "Table 2, TideLamp: Started 2028"),
        ("Which projects started in 2029?", "Table 2, LongWake: Started 2029; "
         "QuayMinder: Started 2029"),
        ("In which province is QuayMinder?", "Table 2, QuayMinder: Province Vessmark"),
        ("Which project cost the least?", "Table 2, Kittiwake Reader: Cost (thousand crowns) 145"),
        ("What is the total cost of the five projects?", "Table 2, Cost (thousand crowns), "
         "our sum: 8,265 = 4,200 + 2,750 + 860 + 310 + 145"),
        ("How many boats does Vessmark have?", None),
        ("What percentage of fishing families sent letters?", None),
        ("How many nurses does QuayMinder have?", None),
        ("Who should pay for the projects?", None),
    ],
)  # fmt: skip
def test_the_sample(coast, question, text):
    assert ask(question, sheets=coast) == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("¿Cuántos pozos hay en Valle Bajo?", "Tabla 1, Valle Bajo: Pozos 270"),
        ("¿Qué comarca tiene más pozos?", "Tabla 1, La Ribera: Pozos 520"),
        ("¿Cuántos pozos hay en toda la provincia?", "Tabla 1, Toda la provincia: Pozos 1.340"),
        ("¿Qué caso costó más?", "Tabla 2, Pozo Claro: Coste (euros) 12.400"),
        ("¿En qué comarca está Luna Verde?", "Tabla 2, Luna Verde: Comarca Valle Bajo"),
        ("¿Cuántos habitantes tiene La Ribera?", None),
        ("¿Cuánto cuesta un sensor?", None),
    ],
)
def test_a_spanish_report(water, question, text):
    assert ask(question, language="es", sheets=water) == text


def test_a_sum_is_printed_as_its_table_prints_numbers(water):
    assert ask("¿Cuál fue el coste total de los tres casos?", language="es", sheets=water) == (
        "Tabla 2, Coste (euros), suma nuestra: 29.800 = 12.400 + 9.600 + 7.800"
    )


def test_a_report_with_tabs():
    tables = sheets_of(
        ROOT / "tests" / "data" / "other" / "allotments-in-brackwell-2033.txt", "Table"
    )
    assert ask("Tannery Row number of plots", sheets=tables) == "Table 1, Tannery Row: Plots 345"
    assert ask("Which ward fears fines the most?", sheets=tables) == (
        "Table 1, Tannery Row: Fear fines (%) 57"
    )
    assert ask("How many rats are there in Tannery Row?", sheets=tables) is None

"""Tables, figures, regions, acronyms, statistics, views and the audit: what each room finds."""

import pytest

from ingest.extract.acronyms import expand
from ingest.extract.statistics import numbers_in
from ingest.extract.tables import number_of, read_number
from ingest.extract.views import holder_of
from ingest.reading import Ids
from ingest.stretches import cut_stretches
from kb.records import (
    Acronym,
    DataCell,
    DataTable,
    Discrepancy,
    Figure,
    Footnote,
    Passage,
    Region,
    RegionFact,
    Statistic,
    UseCaseResult,
    View,
)

PROSE = (
    "The boats go out at four and come back when the tide allows, which is seldom before noon.\n"
)


def cells(read, text):
    rows = {}
    for cell in read(text, DataCell):
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def test_a_table_with_columns_apart_is_read_by_place(read):
    text = (
        f"{PROSE}\nTable 1. Boats by harbour\n\n"
        "Harbour      Boats   Lost (%)\nNorth quay     120          4\nSouth           9         "
        "31\n\n"
        f"Source: harbour books.\n\n{PROSE}"
    )
    assert cells(read, text) == [["North quay", "120", "4"], ["South", "9", "31"]]
    table = read(text, DataTable)[0]
    assert (table.number, table.caption, table.source) == (
        "1",
        "Boats by harbour",
        "harbour books.",
    )
    labels = {cell.column_label for cell in read(text, DataCell)}
    assert labels == {"Harbour", "Boats", "Lost (%)"}


@pytest.mark.parametrize(
    ("rows", "expected", "confidence"),
    [
        (
            ["Port\tBoats\tLost\tFound", "Ostra\t7\t12,000\t3", "Mill\t\t4\t1"],
            [{"Port": "Ostra", "Boats": "7", "Lost": "12,000", "Found": "3"},
             {"Port": "Mill", "Lost": "4", "Found": "1"}],
            "sure",
        ),
        (
            ["\tBoats\tLost", "Ostra\t7\t2", "Mill\t5"],
            [{None: "Ostra", "Boats": "7", "Lost": "2"}, {None: "Mill", "Boats": "5"}],
            "sure",
        ),
        (
            ["Port\t\tBoats", "Old mill\t9", "Ostra\t\t7"],
            [{"Port": "Old mill", "Boats": "9"}, {"Port": "Ostra", "Boats": "7"}],
            "sure",
        ),
        (
            ["Port\tBoats", "Ostra\t7\t2", "Mill\t5"],
            [{"Port": "Ostra", "Boats": "7", None: "2"}, {"Port": "Mill", "Boats": "5"}],
            "likely",
        ),
    ],
    ids=["an empty cell", "no label above the first", "runs of tabs", "more cells than labels"],
)  # fmt: skip
def test_a_table_with_tabs_is_read_by_its_tabs(read, rows, expected, confidence):
    text = f"{PROSE}\nTable 1. Boats by port\n\n" + "\n".join(rows) + f"\n\n{PROSE}"
    found = {}
    for cell in read(text, DataCell):
        found.setdefault(cell.row, {})[cell.column_label] = cell.text
    assert list(found.values()) == expected
    assert read(text, DataTable)[0].confidence == confidence


def test_a_table_that_ran_together_is_read_by_words_and_numbers(read):
    rows = ["Kind Of boat Number", "Sail", "Sloop 12", "Ketch 9", "Steam", "Tug 4", "Ferry 2"]
    text = f"{PROSE}\nTable 2: Boats by kind\n\n" + "\n\n".join(rows) + "\n"
    assert cells(read, text) == [
        ["Sail", "Sloop", "12"],
        ["Sail", "Ketch", "9"],
        ["Steam", "Tug", "4"],
        ["Steam", "Ferry", "2"],
    ]


def test_two_lists_side_by_side_are_one_row(read):
    rows = ["Top Boats Bottom Boats", "North 1,200 South 40", "East 900 West and\nisles 31"]
    text = f"{PROSE}\nTable 3: Most and fewest\n\n" + "\n\n".join(rows) + "\n"
    assert cells(read, text) == [
        ["North", "1,200", "South", "40"],
        ["East", "900", "West and isles", "31"],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1,250", 1250.0), ("41.08%", 41.08), ("£3", 3.0), ("12 boats", None), ("", None)],
)
def test_a_cell_is_a_number_only_as_a_whole(text, expected):
    assert number_of(text) == expected


@pytest.mark.parametrize(
    ("text", "groups", "expected"),
    [
        ("12.400", ",", 12.4),
        ("12.400", ".", 12400.0),
        ("1.340,5", ".", 1340.5),
        ("1,340.5", ",", 1340.5),
        ("18,5", ".", 18.5),
        ("2,750", ".", 2.75),
        ("2,750", ",.", 2750.0),
        ("-1.200.000", ".", -1200000.0),
        ("1,2,3", ",", None),
    ],
)
def test_thousands_are_set_apart_as_the_document_does(text, groups, expected):
    assert read_number(text, groups) == expected


@pytest.mark.parametrize(
    ("country", "prose", "expected"),
    [
        ("Spain", "La junta contó 1.340 pozos y 18,5 % de los dueños respondieron.", 12400.0),
        ("Mexico", "La junta contó 1,340 pozos y 18.5 % de los dueños respondieron.", 12.4),
    ],
)
def test_spanish_tables_follow_the_numbers_of_their_document(read, country, prose, expected):
    rows = ["Pozo      Coste   Metros", "Claro    12.400       90", "Luna        300       40"]
    text = f"{prose}\n\nTabla 1. Coste de los pozos\n\n" + "\n".join(rows)
    text += f"\n\nFuente: la junta.\n\n{prose}\n"
    assert [c.value for c in read(text, DataCell) if c.column_label == "Coste"] == [expected, 300.0]


def test_tables_become_sql_tables_with_typed_columns(store):
    name = store.all(DataTable)[0].sql_table
    assert store.connection.execute(f'select sum("Replies") from {name}').fetchone()[0] == 1224.0


def test_a_figure_keeps_its_caption_and_source(read):
    text = f"{PROSE}\nFigure 4. Boats at sea\n\nSource: the moon.\n\n{PROSE}"
    figure = read(text, Figure)[0]
    assert (figure.number, figure.caption, figure.source) == ("4", "Boats at sea", "the moon.")


@pytest.mark.parametrize(
    ("before", "acronym", "expected"),
    [
        ("run by the Flood Board ", "FB", "Flood Board"),
        ("small and medium harbours ", "SMHs", "small and medium harbours"),
        ("the Guild's Board of Nets ", "BN", "Board of Nets"),
        (
            "the National Institute of Nets and Twine ",
            "INTN",
            "National Institute of Nets and Twine",
        ),
        ("in the village of Salt Ness ", "QXZ", None),
        ("the year ", "A", None),
    ],
)
def test_an_acronym_is_expanded_by_the_words_before_it(before, acronym, expected):
    assert expand(acronym, before) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Over 5,000 boats, all told.", [("Over 5,000 boats", 5000.0, "boats")]),
        ("It rose by 12.5% in 2030.", [("12.5%", 12.5, "%")]),
        ("They cost $1.5 million in all.", [("$1.5 million", 1500000.0, "$")]),
        ("There are seven harbours which freeze.", [("seven harbours", 7.0, "harbours")]),
        (
            "It came 22nd of 35 harbours.",
            [("22nd", 22.0, "rank"), ("35 harbours", 35.0, "harbours")],
        ),
        ("See Table 4 and article 9 of 2031.", []),
        ("One of them sank.", []),
    ],
    ids=["bound", "per cent", "money", "word", "rank", "labels", "one"],
)
def test_numbers_that_a_sentence_states(text, expected):
    assert list(numbers_in(text)) == expected


def test_a_statistic_has_the_footnote_of_its_sentence(read):
    text = (
        "We saw 40 boats. We counted 12 nets.[1] There were 3 crews.\n\n[1] Pell (2029). Hulls.\n"
    )
    assert [(s.number, s.footnote_id) for s in read(text, Statistic)] == [
        (40.0, None),
        (12.0, 1),
        (3.0, None),
    ]


@pytest.mark.parametrize(
    ("sentence", "holder"),
    [
        ("Several fishers felt that the box was a policeman.", "Several fishers"),
        ("Many of those interviewed asked for more nets.", "Many of those interviewed"),
        ("At the quay, one clinic manager argued for shorter forms.", "one clinic manager"),
        ("A common theme from interviewees was the price of rope.", "interviewees"),
        ("Residents of Lower Quay complained of the noise.", "Residents of Lower Quay"),
        ("Muchos pescadores señalaron que faltan redes.", "Muchos pescadores"),
        ("The tool helps patients to ask questions.", None),
        ("The Steering Group proposed nothing.", None),
        ("Experts said “never again”.", None),
    ],
)
def test_a_view_has_its_holder_as_the_source_words_it(sentence, holder):
    assert holder_of(sentence) == holder


def test_they_are_who_was_named_in_the_sentence_before(read):
    text = (
        "The skippers we interviewed had much in common. They proposed a fund for nets and ropes.\n"
    )
    assert [(v.holder, v.text) for v in read(text, View)] == [
        ("They", "They proposed a fund for nets and ropes.")
    ]


def profile(name, people, sectors, rank):
    return (
        f"{name}\n\nWith a population of {people} people, {name} makes 7.5% of national GDP, "
        f"which is more than its neighbours make.\n\nKey sectors\n{sectors}\n\n"
        f"Rankings\n\nHarbour Index Ranked {rank} place.\n\n"
    )


def test_regions_are_told_by_the_headings_they_share(read):
    text = (
        f"A report\n\n\fANNEXES AND PROFILES\n\n{PROSE}\n  "
        + profile("Northmark", "two million", "Nets, ropes, and salt.", "4th")
        + "  "
        + profile("Southmark", "one million", "Fish, deep rope and fine rope.", "9th")
    )
    assert [(r.name, r.population, r.gdp_share) for r in read(text, Region)] == [
        ("Northmark", "two million", "7.5%"),
        ("Southmark", "one million", "7.5%"),
    ]
    facts = [(f.kind, f.text, f.rank) for f in read(text, RegionFact)]
    assert facts == [
        ("key_sector", "Nets", None),
        ("key_sector", "ropes", None),
        ("key_sector", "salt", None),
        ("ranking", "Ranked 4th place.", 4),
        ("key_sector", "Fish", None),
        ("key_sector", "deep rope", None),
        ("key_sector", "fine rope", None),
        ("ranking", "Ranked 9th place.", 9),
    ]


def test_a_use_case_keeps_the_numbers_it_reports(store):
    values = [r.value for r in store.all(UseCaseResult)]
    assert any("1,150" in value for value in values)


def found(read, text):
    return [(d.kind, d.statement) for d in read(text, Discrepancy)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The tool has six parts for the quay. These are: a net, a rope, a hook, a knot and a "
            "buoy.\n",
            [("count", "six parts are announced, 5 are listed.")],
        ),
        ("The tool has two parts for the quay. These are: a net and a rope.\n", []),
        (
            "It gave 20,000 thousand jobs to the towns on this coast last year.\n",
            [("impossible number", "“20,000 thousand” is scaled twice.")],
        ),
        (
            "Some 19% of all boats (9.8 million boats) leak. Later, 19% of all boats (9.7 million "
            "boats) leak.\n",
            [
                (
                    "two numbers for one thing",
                    "19% of all boats is 9.8 million boats in one place and 9.7 in another.",
                )
            ],
        ),
        (
            "We met the Salt Útil Guild at noon. The Salt Util Guild gave us tea and bread.\n",
            [("name variant", "“Salt Útil Guild” is also written “Salt Util Guild”.")],
        ),
    ],
    ids=["count", "right count", "scale", "amount", "spelling"],
)
def test_the_audit_reports_what_two_places_show(read, text, expected):
    assert found(read, text) == expected


def test_the_audit_finds_nothing_where_nothing_is_wrong(read):
    assert found(read, f"Boats\n\n{PROSE}\nTwo crews, two boats.\n") == []


def test_two_notes_of_one_source_are_told(read):
    note = "Pell, A. (2029). Hulls and Keels."
    text = f"Boats are few.[1] Nets are few.[2]\n\n[1] {note}\n[2] {note}\n"
    assert found(read, text) == [("duplicated footnote", "Footnotes 1 and 2 name the same source.")]
    assert [(f.number, f.same_as_id) for f in read(text, Footnote)] == [("1", None), ("2", 1)]


def test_values_behind_as_many_labels_are_theirs(read):
    labels = "North Quay\nSouth Pier\nEast Basin\nIsle of Nets"
    text = f"{PROSE}\nFigure 1: Boats by harbour\n\n{labels}\n\n17  4  9  2{{}}\n\n{PROSE}"
    assert cells(read, text.format("")) == [
        ["North Quay", "17"],
        ["South Pier", "4"],
        ["East Basin", "9"],
        ["Isle of Nets", "2"],
    ]
    assert cells(read, text.format("  5")) == []  # a value too many


def test_labels_torn_apart_are_put_together_if_the_total_is_stated(read):
    pieces = "No\n\nrt\n\nh \n\nQu\n\nay\n\nSo\n\nut\n\nh\n\nEa\n\nst\n\nIs\n\nle\n\n17 4 9 2\n"
    text = f"Figure 1: Boats by harbour\n\n{PROSE}\n{{}}\n\n{pieces}"
    assert cells(read, text.format("In all there are 32 boats on this coast.")) == [
        ["North Quay", "17"],
        ["South", "4"],
        ["East", "9"],
        ["Isle", "2"],
    ]
    assert cells(read, text.format("Nobody has counted the boats.")) == []


def test_a_list_of_acronyms_spells_them_out(read):
    text = "FB: Flood Board. PO: Port Office. NOTE: Nobody came. Mind: the gap is wide.\n"
    assert [(a.acronym, a.expansion) for a in read(text, Acronym)] == [
        ("FB", "Flood Board"),
        ("PO", "Port Office"),
    ]


def test_regions_are_told_by_a_heading_that_announces_them(read):
    text = "\n".join(
        f"{heading}\n\n{PROSE}\n" for heading in ("FISH", "TWO PROVINCES", "Ostra", "Pell de Mar")
    )
    assert [r.name for r in read(text, Region)] == ["Ostra", "Pell de Mar"]
    assert read(text.replace("PROVINCES", "HARBOURS"), Region) == []
    assert read(text.replace("Ostra", "What they eat"), Region) == []


def test_labels_on_two_lines_are_those_of_their_columns(read):
    table = (
        "Table 1. Boats by port\n\n"
        "              All    Under  Long-   Seen by\n"
        "                     sail   liners  an officer\n"
        "Ostra          19      13    4       2\n"
        "Pell            5       1    3       0\n"
        "Vessmark       16       7    6       3\n"
    )
    found = [(c.column_label, c.text) for c in read(table, DataCell) if c.row_label == "Pell"]
    assert found == [
        (None, "Pell"),
        ("All", "5"),
        ("Under sail", "1"),
        ("Long-liners", "3"),
        ("Seen by an officer", "0"),
    ]


def test_paragraphs_numbered_through_a_document_are_no_items(read):
    def paragraphs(first, last):
        return "\n".join(f"{n}.  {PROSE}" for n in range(first, last))

    text = "\n\n".join(
        ["FISH", paragraphs(1, 5), "NETS", paragraphs(5, 9), "BOATS", paragraphs(9, 12), "TIDES",
         paragraphs(12, 15)]
    )  # fmt: skip
    kinds = {p.kind for p in read(text, Passage) if p.text[0].isdigit()}
    assert kinds == {"paragraph"}
    one = "\n\n".join(["FISH", paragraphs(1, 15)])
    assert {p.kind for p in read(one, Passage) if p.text[0].isdigit()} == {"list_item"}


@pytest.mark.parametrize(
    "table",
    [
        "Table 3. Most and fewest\n\nPort    Boats   Port    Boats\nNorth     120   South      40\n"
        "East       90   West       31\n",
        "Table 3. Most and fewest\n\nHarbours        Lakes\nNorth     120   South      40\n"
        "East       90   West       31\nMill       70   Ostra       9\n",
    ],
    ids=["labels again", "a label over each"],
)
def test_a_row_of_a_list_beside_another_has_its_own_label(read, table):
    records = read(table)
    labels = {c.text: c.row_label for c in records if isinstance(c, DataCell)}
    assert (labels["120"], labels["40"], labels["31"]) == ("North", "South", "West")
    readings = [s.reading for s in cut_stretches(records, Ids()) if s.kind == "row"]
    assert not any("North" in reading and "South" in reading for reading in readings)
    assert any("South" in reading and "40" in reading for reading in readings)


def test_a_list_of_words_has_no_header_and_its_meanings_may_wrap(read):
    table = (
        "WORDS\n\n"
        "Net        what fish are caught with.\n"
        "Bulk box   a box for the fish of a whole\n"
        "           village.\n"
        "Tide       the sea as it comes and goes.\n"
    )
    assert cells(read, f"{PROSE}\n{table}") == [
        ["Net", "what fish are caught with."],
        ["Bulk box", "a box for the fish of a whole village."],
        ["Tide", "the sea as it comes and goes."],
    ]

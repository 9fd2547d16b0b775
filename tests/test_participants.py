from kb.records import Participant

ROWS = """Name Job Title Organisation Sector

Ada Moor Head of Nets Ministry of Tides Government

Bram Pell \nCorvo Researcher Salt College Ves Academia

Cora Lind Director Open Quay Civil Society VSM

Dov Ash Cargo Works CEO Cargo Works Start-up

Eli Frost Deputy Director Ministry of Tides Government

Fay Holm Engineer HBX Ves Industry

Gus Wren Coordinator of Coastal \nWatching

Ministry of Tides Ves Government

Hal Iver Researcher Salt College Ves Academia

The province of Vessel is the largest on this coast, and its capital has lent its name to ships.
"""


def rows(read, text):
    return [
        (r.name, r.job_title, r.organisation, r.sector, r.region) for r in read(text, Participant)
    ]


def test_cells_of_collapsed_columns_are_found(read):
    assert rows(read, ROWS) == [
        ("Ada Moor", "Head of Nets", "Ministry of Tides", "Government", None),
        ("Bram Pell Corvo", "Researcher", "Salt College", "Academia", "Vessel"),
        ("Cora Lind", "Director", "Open Quay", "Civil society", "VSM"),
        ("Dov Ash", "CEO", "Cargo Works", "Start-up", None),
        ("Eli Frost", "Deputy Director", "Ministry of Tides", "Government", None),
        ("Fay Holm", "Engineer", "HBX", "Industry", "Vessel"),
        (
            "Gus Wren",
            "Coordinator of Coastal Watching",
            "Ministry of Tides",
            "Government",
            "Vessel",
        ),
        ("Hal Iver", "Researcher", "Salt College", "Academia", "Vessel"),
    ]


def test_a_boundary_that_is_only_likely_is_said_to_be(read):
    confidence = {r.name: r.confidence for r in read(ROWS, Participant)}
    assert confidence["Gus Wren"] == "sure"
    assert confidence["Cora Lind"] == "likely"


def test_aligned_columns_are_read_by_their_header_in_any_order(read):
    text = (
        "Nombre            Cargo              Grupo        Provincia\n"
        "Ana Sol           Directora          Academia     Norte\n"
        "Luz Mar           Jefa de            Gobierno     -\n"
        "                  muelles\n"
    )
    assert rows(read, text) == [
        ("Ana Sol", "Directora", None, "Academia", "Norte"),
        ("Luz Mar", "Jefa de muelles", None, "Government", None),
    ]

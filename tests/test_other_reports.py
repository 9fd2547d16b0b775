"""Two more invented reports, laid out unlike the sample: numbered paragraphs, quotations with their
attribution before them, tabs, endnotes, recommendations as bullets, Spanish and British headings.
"""

from pathlib import Path

import pytest

from ingest.build import read_document
from ingest.reading import Ids
from ingest.sources import read_source
from kb.proof import words_of
from kb.records import (
    Acronym,
    Coverage,
    DataCell,
    Document,
    Footnote,
    FootnoteCitation,
    Participant,
    Quote,
    Recommendation,
    Section,
    Statistic,
    UseCase,
    View,
)
from kb.text import squeeze

DATA = Path(__file__).parent / "data" / "other"


@pytest.fixture(scope="module")
def water():
    return read_document(read_source(DATA / "agua-en-aldera-2032.txt"), Ids())


@pytest.fixture(scope="module")
def allotments():
    return read_document(read_source(DATA / "allotments-in-brackwell-2033.txt"), Ids())


def of(records, kind):
    return [r for r in records if isinstance(r, kind)]


@pytest.mark.parametrize("name", ["water", "allotments"])
def test_every_word_of_it_is_proven_and_accounted_for(name, request):
    records = request.getfixturevalue(name)
    text = of(records, Document)[0].text
    for record in records:
        if not isinstance(record, Coverage) and hasattr(record, "spans") and words_of(record):
            assert squeeze("".join(text[a:b] for a, b in record.spans)) == squeeze(words_of(record))
    held = [i for r in of(records, Coverage) for a, b in r.spans for i in range(a, b)]
    assert sorted(i for i in held if not text[i].isspace()) == [
        i for i, c in enumerate(text) if not c.isspace()
    ]


def test_the_language_is_told(water, allotments):
    assert [of(r, Document)[0].language for r in (water, allotments)] == ["es", "en"]


def test_spanish_chapters_and_their_sections(water):
    assert [s.path for s in of(water, Section)] == [
        "CAPÍTULO PRIMERO. LA CONSULTA",
        "CAPÍTULO PRIMERO. LA CONSULTA > Por qué preguntamos",
        "CAPÍTULO PRIMERO. LA CONSULTA > Las cuatro comarcas",
        "CAPÍTULO PRIMERO. LA CONSULTA > Lo que oímos",
        "CAPÍTULO SEGUNDO. CASOS DE USO",
        "CAPÍTULO SEGUNDO. CASOS DE USO > Casos de uso locales",
        "CAPÍTULO SEGUNDO. CASOS DE USO > Casos de uso locales > "
        "Caso 1. Avisar antes del corte: Pozo Claro, Ayuntamiento de Puerto Claro",
        "CAPÍTULO SEGUNDO. CASOS DE USO > Casos de uso locales > "
        "Caso 2. Regar de noche: Luna Verde, Valdehiguera",
        "CAPÍTULO SEGUNDO. CASOS DE USO > Casos de uso locales > "
        "Caso 3. Leer sin subir al monte: Eco Nublar, Sierra de Nublar",
        "CAPÍTULO TERCERO. LO QUE COSTARON",
        "CAPÍTULO CUARTO. RECOMENDACIONES",
        "CAPÍTULO QUINTO. QUIÉN PARTICIPÓ",
        "NOTAS",
    ]


def test_quotations_with_their_attribution_before_them(water):
    assert [(q.kind, q.speaker, q.role, q.organisation, q.text[:17]) for q in of(water, Quote)] == [
        ("pull", "Rosa Imel", "alcaldesa", "Puerto Claro", "El agua no se ve "),
        ("inline", "Bruno Sáez", "director del instituto", None, "un pozo sin conta"),
        ("pull", "Ana Lobera", "presidenta", "Unión de Regantes", "Que midan primero"),
        ("pull", "Hugo Marán", "gerente", "Bodegas Marán", "Una viña aguanta "),
        ("pull", "Celia Orduña", "médica rural", "Nublar de Arriba", "En mi consulta la"),
    ]


def test_quotations_set_apart_by_a_tab(allotments):
    pulled = [q for q in of(allotments, Quote) if q.kind == "pull"]
    assert [(q.speaker, q.role, q.organisation) for q in pulled] == [
        ("Walter Ogg", "Secretary", "Mill Lane Plot-holders"),
        ("Dorcas Amble", "Chair", "Tannery Row Association"),
        ("Hester Lunt", "Plot-holder", "Upper Brack Society"),
    ]


def test_participants_in_other_columns(water, allotments):
    assert [(p.name, p.job_title, p.organisation, p.sector) for p in of(water, Participant)] == [
        ("Rosa Imel", "Alcaldesa", "Ayuntamiento de Puerto Claro", "Government"),
        ("Bruno Sáez", "Director", "Instituto Aldera de Hidrología", "Academia"),
        ("Ana Lobera", "Presidenta", "Unión de Regantes", "Civil society"),
        ("Hugo Marán", "Gerente", "Bodegas Marán", "Industry"),
        ("Irene Dosal", "Investigadora", "Universidad de Torrebaja", "Academia"),
        ("Celia Orduña", "Médica rural", "Centro de Salud de Nublar", "Government"),
        ("Mateo Rull", "Presidente", "Cooperativa Luna Verde", "Civil society"),
        ("Elvira Santín", "Ingeniera", "Sondas del Sur", "Industry"),
        ("Julián Pardo", "Alcalde", "Ayuntamiento de Valdehiguera", "Government"),
    ]
    assert [
        (p.name, p.job_title, p.organisation, p.sector) for p in of(allotments, Participant)
    ] == [
        ("Priya Venn", "Councillor", "Brackwell Borough Council", "Government"),
        ("Walter Ogg", "Secretary", "Mill Lane Plot-holders", "Civil society"),
        ("Maeve Tarn", "Head Gardener", "Hollow Park Trust", "Civil society"),
        ("Idris Quell", "Lecturer", "Brackwell College", "Academia"),
        ("Dorcas Amble", "Chair", "Tannery Row Association", "Civil society"),
        ("Hester Lunt", "Plot-holder", "Upper Brack Society", "Civil society"),
        ("Tobias Renn", "Water Officer", "Brackwell Borough Council", "Government"),
        ("Nadia Crewe", "Head Teacher", "Hollow Park Primary", "Government"),
        ("Solveig Parr", "Engineer", "Marl Probes", "Industry"),
    ]


def test_recommendations_as_items_that_a_sentence_announces(water, allotments):
    rows = [(r.label, r.title, r.timeframe, r.actor) for r in of(water, Recommendation)]
    assert rows == [
        (
            None,
            "Instalar un contador en cada pozo de más de diez hectáreas",
            "antes de 2034",
            "Junta de Aguas de Aldera",
        ),
        (None, "Publicar cada mes las lecturas en un formato abierto", None, None),
        (None, "Formar a un técnico de lectura en cada comarca", "2033", "diputación"),
        (
            None,
            "Pagar el primer contador a quien riegue menos de dos hectáreas",
            "antes de 2035",
            "diputación",
        ),
        (
            None,
            "Revisar cada año uno de cada diez contadores",
            None,
            "Universidad de Torrebaja",
        ),
    ]
    assert [(r.label, r.title) for r in of(allotments, Recommendation)] == [
        ("a", "put a sensor on every site by 2035"),
        ("b", "chalk or print the weekly reading where plot-holders pass"),
        ("c", "never use a reading to fine anyone"),
        ("d", "train two stewards for each site before the first probe goes in"),
        ("e", "ask Brackwell College to test a tenth of the probes each spring"),
    ]


def test_endnotes_are_told_from_numbered_paragraphs(water, allotments):
    assert [(f.number, f.year, f.url) for f in of(water, Footnote)] == [
        ("1", "2031", None),
        ("2", "2030", "http://ejemplo.example/sensor"),
        ("3", "2031", None),
        ("4", "2032", None),
    ]
    assert [(f.number, f.year, f.url) for f in of(allotments, Footnote)] == [
        ("1", "2032", None),
        ("2", "2031", None),
        ("3", "2032", "http://college.example/nine-probes"),
    ]
    assert len(of(water, FootnoteCitation)) == 4
    assert len(of(allotments, FootnoteCitation)) == 3


def test_use_cases_of_both(water, allotments):
    assert [(u.name, u.organisation, u.place, u.level) for u in of(water, UseCase)] == [
        ("Pozo Claro", "Ayuntamiento de Puerto Claro", None, "regional"),
        ("Luna Verde", None, "Valdehiguera", "regional"),
        ("Eco Nublar", None, "Sierra de Nublar", "regional"),
    ]
    assert [(u.name, u.place) for u in of(allotments, UseCase)] == [
        ("Mill Lane", "Brackwell"),
        ("Hollow Park Primary", "Hollow Park"),
        ("Tannery Row", "Brackwell"),
    ]


def test_views_of_both(water, allotments):
    assert [v.holder for v in of(water, View)] == [
        "Muchos regantes",
        "Ellos",
        "Varios agricultores",
        "Algunas bodegas",
    ]
    assert [v.holder for v in of(allotments, View)] == [
        "Most respondents",
        "Some older plot-holders",
        "One head gardener",
        "Many tenants",
        "Several newcomers",
    ]


def test_acronyms_of_both(water, allotments):
    assert [(a.acronym, a.expansion) for a in of(water, Acronym) + of(allotments, Acronym)] == [
        ("JAA", "Junta de Aguas de Aldera"),
        ("IAH", "Instituto Aldera de Hidrología"),
        ("SWG", "Sensor Working Group"),
        ("BGF", "Brackwell Growers' Federation"),
    ]


def test_numbers_as_spanish_writes_them(water):
    numbers = {s.number for s in of(water, Statistic)}
    assert {18.5, 1340.0, 214.0, 22.0, 18200.0} <= numbers


def test_tables_of_both(water, allotments):
    def row(records, label):
        return {c.column_label: c.value for c in of(records, DataCell) if c.row_label == label}

    assert row(water, "Toda la provincia") == {
        "Comarca": None, "Pozos": 1340.0, "Con contador": 96.0, "Respuestas": 214.0,
    }  # fmt: skip
    assert row(water, "Pozo Claro")["Coste (euros)"] == 12400.0
    assert row(allotments, "Tannery Row") == {
        "Ward": None, "Plots": 345.0, "Replies": 82.0, "Want sensors (%)": 38.0,
        "Fear fines (%)": 57.0,
    }  # fmt: skip
    assert row(allotments, "Radio masts") == {"Item": None, "Number": 3.0, "Cost (pounds)": 2400.0}

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
        "CAPÍTULO PRIMERO. LA CONSULTA > Lo que oímos",
        "CAPÍTULO SEGUNDO. CASOS DE USO",
        "CAPÍTULO SEGUNDO. CASOS DE USO > Casos de uso locales",
        "CAPÍTULO SEGUNDO. CASOS DE USO > Casos de uso locales > "
        "Caso 1. Avisar antes del corte: Pozo Claro, Ayuntamiento de Puerto Claro",
        "CAPÍTULO SEGUNDO. CASOS DE USO > Casos de uso locales > "
        "Caso 2. Regar de noche: Luna Verde, Valdehiguera",
        "CAPÍTULO TERCERO. RECOMENDACIONES",
        "CAPÍTULO CUARTO. QUIÉN PARTICIPÓ",
        "NOTAS",
    ]


def test_quotations_with_their_attribution_before_them(water):
    assert [(q.kind, q.speaker, q.role, q.organisation, q.text[:17]) for q in of(water, Quote)] == [
        ("pull", "Rosa Imel", "alcaldesa", "Puerto Claro", "El agua no se ve "),
        ("inline", "Bruno Sáez", "director del instituto", None, "un pozo sin conta"),
        ("pull", "Ana Lobera", "presidenta", "Unión de Regantes", "Que midan primero"),
    ]


def test_participants_in_other_columns(water, allotments):
    assert [(p.name, p.job_title, p.organisation, p.sector) for p in of(water, Participant)] == [
        ("Rosa Imel", "Alcaldesa", "Ayuntamiento de Puerto Claro", "Government"),
        ("Bruno Sáez", "Director", "Instituto Aldera de Hidrología", "Academia"),
        ("Ana Lobera", "Presidenta", "Unión de Regantes", "Civil society"),
        ("Hugo Marán", "Gerente", "Bodegas Marán", "Industry"),
        ("Irene Dosal", "Investigadora", "Universidad de Torrebaja", "Academia"),
    ]
    assert [
        (p.name, p.job_title, p.organisation, p.sector) for p in of(allotments, Participant)
    ] == [
        ("Priya Venn", "Councillor", "Brackwell Borough Council", "Government"),
        ("Walter Ogg", "Secretary", "Mill Lane Plot-holders", "Civil society"),
        ("Maeve Tarn", "Head Gardener", "Hollow Park Trust", "Civil society"),
        ("Idris Quell", "Lecturer", "Brackwell College", "Academia"),
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
    ]
    assert [(r.label, r.title) for r in of(allotments, Recommendation)] == [
        ("a", "put a sensor on every site by 2035"),
        ("b", "chalk or print the weekly reading where plot-holders pass"),
        ("c", "never use a reading to fine anyone"),
    ]


def test_endnotes_are_told_from_numbered_paragraphs(water, allotments):
    assert [(f.number, f.year, f.url) for f in of(water, Footnote)] == [
        ("1", "2031", None),
        ("2", "2030", "http://ejemplo.example/sensor"),
    ]
    assert [(f.number, f.year) for f in of(allotments, Footnote)] == [("1", "2032")]
    assert len(of(water, FootnoteCitation)) == 2
    assert len(of(allotments, FootnoteCitation)) == 1


def test_use_cases_of_both(water, allotments):
    assert [(u.name, u.organisation, u.place, u.level) for u in of(water, UseCase)] == [
        ("Pozo Claro", "Ayuntamiento de Puerto Claro", None, "regional"),
        ("Luna Verde", None, "Valdehiguera", "regional"),
    ]
    assert [(u.name, u.place) for u in of(allotments, UseCase)] == [("Mill Lane", "Brackwell")]


def test_views_of_both(water, allotments):
    assert [v.holder for v in of(water, View)] == ["Muchos regantes", "Ellos"]
    assert [v.holder for v in of(allotments, View)] == [
        "Most respondents",
        "Some older plot-holders",
        "One head gardener",
    ]


def test_acronyms_of_both(water, allotments):
    assert [(a.acronym, a.expansion) for a in of(water, Acronym) + of(allotments, Acronym)] == [
        ("JAA", "Junta de Aguas de Aldera"),
        ("IAH", "Instituto Aldera de Hidrología"),
        ("BGF", "Brackwell Growers' Federation"),
    ]


def test_numbers_as_spanish_writes_them(water):
    numbers = {s.number for s in of(water, Statistic)}
    assert {18.5, 1340.0, 214.0, 22.0} <= numbers

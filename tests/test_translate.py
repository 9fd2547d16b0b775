"""Spanish and English questions put into the other language, with and without Apertium."""

import threading

import pytest

from index.apertium import ApertiumError, Pipeline, is_installed, stages
from index.cognates import cognates
from index.names import parts
from index.translate import Apertium, best_translator, translators
from index.words import WordTable
from kb.errors import MissingPartError
from kb.text import tokens

needs_apertium = pytest.mark.skipif(
    not (is_installed("es", "en") and is_installed("en", "es")),
    reason="Apertium is not installed: apt-get install apertium apertium-eng-spa",
)


@pytest.fixture(scope="module")
def table():
    return WordTable()


@pytest.fixture(scope="module")
def apertium(table):
    made = Apertium(table)
    yield made
    made.close()


def best(table, word, source="es", target="en"):
    return table.words(word, source, target)[0][0]


@pytest.mark.parametrize(
    ("spanish", "english"),
    [("puertos", "ports"), ("PIB", "gdp"), ("gobernanza", "governance"), ("red", "network")],
)
def test_a_word_has_its_translation(table, spanish, english):
    assert best(table, spanish) == english


def test_a_word_without_its_accent_is_known(table):
    assert best(table, "mineria") == "mining"


def test_an_inflection_that_was_never_seen_has_the_translations_of_its_like(table):
    assert "automate" in dict(table.words("automatizaríamos", "es", "en"))


def test_a_spanish_word_that_is_in_no_table_is_found_by_how_english_writes_it(table):
    assert cognates("descentralización", {"decentralization"}) == ["decentralization"]


def test_a_word_that_nobody_knows_has_no_translation(table):
    assert table.words("zzgrx", "es", "en") == []


def test_english_is_put_into_spanish_too(table):
    assert best(table, "governance", "en", "es") == "gobernanza"


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("cual es el pais con mas minas", "cuál es el país con más minas"),
        ("Que opinion tiene?", "Qué opinión tiene?"),
        ("la opinión que tiene", "la opinión que tiene"),
        ("en que año", "en qué año"),
    ],
)
def test_accents_are_restored(table, typed, spelt):
    assert table.restore_accents(typed) == spelt


def test_a_name_keeps_its_letters(table):
    assert table.restore_accents("que opinion da Tomas Leon", ["Tomas Leon"]) == (
        "qué opinión da Tomas Leon"
    )


def test_word_by_word_an_adjective_goes_before_its_noun(table):
    made = table.translate("¿Qué dice el sector público?", "es", "en")
    assert "public sector" in made


def test_a_term_of_several_words_is_one(table):
    assert "accountability" in table.translate("la rendicion de cuentas", "es", "en")


def test_word_by_word_names_and_unknown_words_stay(table):
    made = table.translate("que dijo rosa verde en Vessmark", "es", "en", ["Rosa Verde"])
    assert "rosa verde" in made
    assert "Vessmark" in made


def test_a_missing_table_says_what_to_do(tmp_path):
    with pytest.raises(MissingPartError, match="install the program again"):
        WordTable(tmp_path / "words.tsv.gz")


def test_names_are_found_whatever_their_capitals_and_accents():
    assert parts("quien es jose luz?", ["José Luz"]) == [
        ("quien es ", False), ("jose luz", True), ("?", False),
    ]  # fmt: skip
    assert parts("analisis", ["Ana"]) == [("analisis", False)]


def test_a_mode_becomes_commands_that_flush():
    assert stages("lt-proc $1 'a b.bin' | apertium-tagger -g $2 'x.prob'") == [
        ["lt-proc", "-z", "-g", "a b.bin"],
        ["apertium-tagger", "-z", "-g", "x.prob"],
    ]


def test_there_is_always_a_translator():
    assert translators()[-1].name == "word table"
    assert best_translator() is translators()[0]


@needs_apertium
def test_apertium_translates_and_looks_up_what_it_does_not_know(apertium):
    made = apertium.translate("que riesgos tiene la mineria", "es", "en")
    assert {"risks", "mining"} <= set(tokens(made))


@needs_apertium
def test_a_word_that_apertium_cannot_inflect_carries_no_mark(apertium):
    asked = "What can a vine not bear, according to the manager of the winery?"
    assert "#" not in apertium.translate(asked, "en", "es")


@needs_apertium
@pytest.mark.parametrize("question", ["que dijo {} de la red", "{} y {} tienen una red", "{}"])
def test_apertium_leaves_names_as_they_are(apertium, question):
    text = question.format("Nuevo Prado", "blanca casas")
    made = apertium.translate(text, "es", "en", ["Nuevo Prado", "Blanca Casas"])
    assert all(n in made for n in ("Nuevo Prado", "blanca casas") if n in text)


@needs_apertium
@pytest.mark.parametrize(
    "text",
    ["", "[", "^red<n>$", "a\0b", "$(touch x); `id` | cat > y", "\\", "* @ # { } / ~", "ñ" * 900],
)
def test_signs_of_apertium_and_of_the_shell_are_only_text(apertium, text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert isinstance(apertium.translate(text, "es", "en"), str)
    assert apertium.translate("agua", "es", "en").lower() == "water"
    assert list(tmp_path.iterdir()) == []


@needs_apertium
def test_a_text_too_long_for_the_pipes_goes_to_the_word_table(apertium):
    assert apertium.translate("agua " * 10_000, "es", "en").startswith("water water")
    made = apertium.translate("El puerto cobra una cuota. " * 700, "es", "en")
    assert made.startswith("The port charges") and made.count("port") == 700


@needs_apertium
def test_policy_is_translated_in_the_words_of_the_field(apertium):
    made = apertium.translate("¿Qué entrevistas tratan de la rendición de cuentas?", "es", "en")
    assert {"interviews", "accountability"} <= set(tokens(made))


@needs_apertium
def test_nouns_of_policy_are_put_into_spanish_in_the_sense_of_the_field(apertium):
    made = apertium.translate("What did the drivers say of the wells at the hearings?", "en", "es")
    assert all(word in made for word in ("conductores", "pozos", "audiencias"))


@needs_apertium
def test_threads_get_their_own_answers(apertium):
    asked = {"agua": "water", "casa": "house", "libro": "book", "perro": "dog"}
    got = {}

    def ask(word):
        got[word] = [apertium.translate(word, "es", "en").lower() for _ in range(20)]

    threads = [threading.Thread(target=ask, args=(word,)) for word in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {word: [english] * 20 for word, english in asked.items()}


@needs_apertium
def test_a_dead_process_is_started_again():
    pipeline = Pipeline("es", "en")
    assert pipeline.translate("agua").lower() == "water"
    pipeline._running[0].kill()
    pipeline._running[0].wait()
    assert pipeline.translate("casa").lower() == "house"
    pipeline.close()


@needs_apertium
def test_no_answer_in_time_is_an_error_and_the_word_table_answers(table):
    slow = Pipeline("es", "en", timeout_s=0.0)
    with pytest.raises(ApertiumError, match="no answer in time"):
        slow.translate("agua")
    translator = Apertium(table)
    translator._pipelines["es", "en"] = slow
    assert translator.translate("agua", "es", "en") == "water"

"""The measures, the question sets, and the floors under which no change may bring them.

Floors are raised, after a change for the better, with
`pytest tests/test_eval.py -m model --write-floors`; read the difference before you commit it.
"""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli import cli
from kb.errors import KBError, QuestionError
from kb.evaluate import report
from kb.evaluate.measures import answers, bootstrap, counts, holds, nearest_rank, plain, recall
from kb.evaluate.questions import read_conversations, read_questions
from kb.evaluate.run import LOWER_IS_BETTER, evaluate
from kb.service import Service
from kb.web.serve import make_datasette

ROOT = Path(__file__).parents[1]
SETS = ROOT / "tests" / "data" / "questions"
FLOORS = SETS / "floors.json"
CORPORA = ("sample", "brackwell", "aldera")
MARGIN = 0.03
QUESTION = {
    "id": "q1", "lang": "en", "type": "fact", "question": "How many boats?", "answers": ["35"],
    "evidence": [{"quote": "There were 35 boats", "lines": [1, 1]}],
}  # fmt: skip


def written(tmp_path, *rows):
    path = tmp_path / "set.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def question(tmp_path, **fields):
    return read_questions(written(tmp_path, {**QUESTION, **fields}))[0]


# -- measures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("El  Índice\nSUBIÓ", "el indice subio"),
        ("«Sí», she said; ‘no’", "\"si\", she said; 'no'"),
        ("2030–31 − 4", "2030-31 - 4"),
        ("19 %, 19 percent, 19 per cent, 19 por ciento", "19%, 19%, 19%, 19%"),
        ("19 percentage points", "19 percentage points"),
    ],
)
def test_texts_are_compared_without_case_accents_and_kinds_of_signs(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("answer", "wanted", "expected"),
    [
        ("35 boats", "35", True),
        ("It was 35.", "35", True),
        ("in 2035", "35", False),
        ("35.5 boats", "35", False),
        ("35,000 boats", "35", False),
        ("41% of them", "1%", False),
        ("19 por ciento", "19%", True),
        ("Ana Guzman said", "Guzmán", True),
        ("the ports", "port", False),
    ],
)
def test_a_wanted_string_is_found_only_as_a_whole(answer, wanted, expected):
    assert holds(answer, wanted) is expected


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("before one two three four five after", True),
        ("two three four", True),
        ("two three", False),
        ("before one two three", True),
        ("three four five after", True),
        ("before one two", False),
        ("before one two three after", False),
        ("ONE Two three\nfour five", True),
        ("", False),
    ],
    ids=[
        "holds it", "lies in it", "too little of it", "ends with its head", "begins with its tail",
        "too little of its head", "its head in the middle", "other case and white space", "empty",
    ],
)  # fmt: skip
def test_a_passage_counts_for_a_quote(passage, expected):
    assert counts(passage, "one two three four five") is expected


@pytest.mark.parametrize(("mode", "expected"), [("any", 1.0), ("all", 0.5)])
def test_recall_is_one_for_any_quote_or_the_share_of_all(tmp_path, mode, expected):
    quotes = [{"quote": text, "lines": [1, 1]} for text in ("red boat", "blue boat")]
    asked = question(tmp_path, evidence=quotes, evidence_mode=mode)
    assert recall(["a red boat came", "a green one"], asked) == expected
    assert recall([], asked) == 0


def test_the_nearest_rank_counts_from_one(tmp_path):
    asked = question(tmp_path)
    assert nearest_rank(["no", "There were 35 boats."], asked) == 2
    assert nearest_rank(["no"], asked) is None


@pytest.mark.parametrize(
    ("mode", "text", "expected"),
    [
        ("any", "35 boats", True),
        ("all", "35 boats", False),
        ("all", "35 boats, 4 crews", True),
        ("any", "none", False),
    ],
)
def test_an_answer_holds_one_or_every_wanted_string(tmp_path, mode, text, expected):
    assert answers(text, question(tmp_path, answers=["35", "4"], answers_mode=mode)) is expected


@pytest.mark.parametrize(("kind", "words", "expected"), [
    ("fact", 120, True), ("fact", 121, False), ("list", 200, True), ("list", 201, False),
])  # fmt: skip
def test_a_long_answer_is_a_miss(tmp_path, kind, words, expected):
    assert answers("35 " * words, question(tmp_path, type=kind)) is expected


def test_the_interval_holds_the_mean_and_is_the_same_every_time():
    values = [1.0] * 15 + [0.0] * 5
    low, high = bootstrap(values)
    assert 0.5 < low < 0.75 < high < 1
    assert bootstrap(values) == (low, high)
    assert bootstrap([1.0, 1.0]) == (1.0, 1.0)


# -- the reader of question sets ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"answers": []}, r"entry 1 \(q1\): no `answers`. An answerable question needs"),
        ({"evidence": []}, r"no `evidence`"),
        ({"evidence": ["35 boats"]}, r"`evidence` is not a list of {"),
        ({"answers": "35"}, r'`answers` is "35". Write a list'),
        ({"question": " "}, r'`question` is " ". Give it as text.'),
        ({"lang": "fr"}, r'`lang` is "fr". Write en or es.'),
        ({"answers_mode": "some"}, r'`answers_mode` is "some". Write any or all.'),
        ({"answerable": "no"}, r'`answerable` is "no". Write true or false.'),
        ({"turns": []}, r"this is a conversation. Give its file as the second argument."),
    ],
)
def test_a_question_of_another_shape_is_refused_with_its_place(tmp_path, fields, message):
    with pytest.raises(QuestionError, match=message):
        question(tmp_path, **fields)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[{", r"set.json is no JSON \(.*line 1 column 3.*\). Mend the file there."),
        ("{}", r"set.json holds no list of objects."),
        ("[]", r"set.json holds no list of objects."),
    ],
)
def test_a_file_that_is_no_set_is_refused(tmp_path, text, message):
    path = tmp_path / "set.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionError, match=message):
        read_questions(path)


def test_a_missing_file_and_a_repeated_id_are_refused(tmp_path):
    with pytest.raises(QuestionError, match="none.json cannot be read .No such file.*Check"):
        read_questions(tmp_path / "none.json")
    with pytest.raises(QuestionError, match="the id q1 stands twice"):
        read_questions(written(tmp_path, QUESTION, QUESTION))


def test_a_conversation_without_turns_is_refused(tmp_path):
    with pytest.raises(QuestionError, match="`turns` is null. Write a list of questions"):
        read_conversations(written(tmp_path, {"id": "c1", "lang": "en"}))


# -- our sets -------------------------------------------------------------------------------------


def all_questions():
    for name in CORPORA:
        yield from read_questions(SETS / f"{name}.json")
        for conversation in read_conversations(SETS / f"{name}_conversations.json"):
            yield from conversation.turns


QUESTIONS = list(all_questions())
TEXTS = {
    path.name: path.read_text(encoding="utf-8")
    for folder in (ROOT / "corpus" / "sample", ROOT / "tests" / "data" / "other")
    for path in folder.glob("*.txt")
}


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda q: q.id)
def test_evidence_stands_at_its_lines(asked):
    for each in asked.evidence:
        first, last = each.lines
        lines = TEXTS[each.document].split("\n")[first - 1 : last]
        assert each.quote in " ".join(" ".join(lines).split())


@pytest.mark.parametrize("asked", [q for q in QUESTIONS if q.is_answerable], ids=lambda q: q.id)
def test_a_wanted_string_stands_in_the_evidence_or_follows_from_it(asked):
    evidence = " ".join(each.quote for each in asked.evidence)
    for wanted in asked.answers:
        assert holds(evidence, asked.forms.get(wanted, wanted)) or asked.aggregation


@pytest.mark.parametrize("name", CORPORA)
def test_terms_said_to_be_absent_are_absent(name):
    rows = json.loads((SETS / f"{name}.json").read_text(encoding="utf-8"))
    places = {e["document"] for row in rows for e in row.get("evidence", ())}
    text = plain(" ".join(TEXTS[place] for place in places))
    absent = [term for row in rows for term in row.get("absent", ())]
    assert absent
    assert [term for term in absent if holds(text, term)] == []


def test_ids_are_unique_and_pairs_are_mutual():
    pairs = {q.id: q.pair for q in QUESTIONS}
    languages = {q.id: q.language for q in QUESTIONS}
    assert len(pairs) == len(QUESTIONS)
    for id, pair in pairs.items():
        assert pair is None or (pairs[pair] == id and languages[pair] != languages[id])


# -- a run ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def service(db, encoder):
    return Service.load(db, encoder)


@pytest.fixture(scope="module")
def found(service):
    questions = read_questions(SETS / "sample.json")
    return evaluate(service, questions, read_conversations(SETS / "sample_conversations.json"))


def test_every_question_and_turn_is_judged_on_what_applies_to_it(found):
    assert [set(j.scores) >= {"refused+"} for j in found.judgements] == [
        not j.question.is_answerable for j in found.judgements
    ]
    alone = [j for j in found.judgements if "R@1" in j.scores]
    assert all(j.conversation_id is None and j.question.is_answerable for j in alone)
    assert {j.conversation_id for j in found.judgements} == {None, "sc1", "sc2", "sc3", "sc4"}
    assert found.verbatim == 1


def test_a_miss_says_on_which_measures(found):
    for judged in found.judgements:
        assert ("answer" in judged.failed) == (judged.scores.get("answer") == 0)
        assert ("refused-" in judged.failed) == (judged.scores.get("refused-") == 1)


def test_the_text_has_a_line_for_each_measure_and_type(found):
    text = report.as_text(found)
    assert re.search(r"^R@5 +0\.\d{3} \[0\.\d\d, [01]\.\d\d\] n=23", text, re.MULTILINE)
    assert {"quote", "table", "turn", "usecase"} <= {
        line.split(" ")[0] for line in text.split("\n")
    }
    assert "citations verbatim 1.0000 of" in text


def test_runs_are_kept_beside_the_knowledge_base(found, service, tmp_path):
    build = service.searcher.store.build()
    for _ in range(2):
        path = report.save(found, tmp_path / "my.db", [Path("sample.json")], build)
    assert path == tmp_path / "my-eval.db"
    rows = report.sqlite_utils.Database(path)
    assert [(r["id"], r["questions"]) for r in rows["eval_runs"].rows] == [
        (1, "sample.json"),
        (2, "sample.json"),
    ]
    assert rows["eval_questions"].count == 2 * len(found.judgements)
    assert rows["eval_measures"].count == 2 * len(found.measures)
    assert [key.other_table for key in rows["eval_questions"].foreign_keys] == ["eval_runs"]


def test_a_file_that_holds_no_runs_is_left_alone(found, service, tmp_path):
    path = tmp_path / "my-eval.db"
    path.write_text("not a database, but notes of somebody")
    with pytest.raises(KBError, match="my-eval.db cannot take the run .*Move that file away."):
        report.save(found, tmp_path / "my.db", [], service.searcher.store.build())
    assert path.read_text().startswith("not a database")


@pytest.fixture
def beside(found, service, db):
    """The knowledge base with a run beside it; taken away again."""
    path = report.save(found, db, [Path("sample.json")], service.searcher.store.build())
    yield make_datasette(db, service).client
    path.unlink()


@pytest.mark.parametrize(
    "page",
    ["eval_runs", "eval_measures", "eval_questions", "lost_by_measure", "over_time?measure="],
)
async def test_kb_serve_shows_the_runs(beside, page):
    answer = await beside.get(f"/eval/{page}")
    assert answer.status_code == 200
    assert "0 rows" not in answer.text


async def test_a_question_of_a_run_can_be_asked_again(beside):
    html = (await beside.get("/eval/eval_questions")).text
    link = re.search(r'href="(/-/ask\?q=[^"]+)">Ask again', html)
    assert "Which disaster led to" in (await beside.get(link[1])).text


def test_every_column_of_a_run_is_described():
    metadata = json.loads((ROOT / "datasette-metadata.json").read_text(encoding="utf-8"))
    tables = metadata["databases"]["eval"]["tables"]
    assert {name: list(spec["columns"]) for name, spec in tables.items()} == {
        name: list(columns) for name, columns in report.TABLES.items()
    }


def test_a_broken_set_is_one_line_on_the_command_line(tmp_path):
    result = CliRunner().invoke(cli, ["eval", str(tmp_path / "none.json")])
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0].startswith("Error: ")
    assert "Check the path." in result.stderr


# -- floors ---------------------------------------------------------------------------------------


def measured(service, name):
    """A corpus's measures by language: {"en": {"R@1": 0.75}}."""
    found = evaluate(
        service,
        read_questions(SETS / f"{name}.json"),
        read_conversations(SETS / f"{name}_conversations.json"),
    )
    by_language = {"en": {}, "es": {}}
    for m in found.measures:
        if m.by == "language":
            by_language[m.group][m.name] = m.value
    return {"all": {"verbatim": found.verbatim}, **by_language}


def fallen(found, floors):
    """Measures that are worse than their floor, which for a share of refusals is a ceiling. What
    could not be measured, since nothing was answered, is 0.
    """
    pairs = [
        (group, name, found[group].get(name, 0.0), floor)
        for group, names in floors.items()
        for name, floor in names.items()
    ]
    return [
        f"{group} {name} {value:.3f}, floor {floor:.3f}"
        for group, name, value, floor in pairs
        if (value > floor if name in LOWER_IS_BETTER else value < floor)
    ]


def floors_under(found):
    return {
        group: {
            name: round(min(1, value + MARGIN), 3)
            if name in LOWER_IS_BETTER
            else round(max(0, value - (MARGIN if name != "verbatim" else 0)), 3)
            for name, value in names.items()
        }
        for group, names in found.items()
    }


@pytest.mark.model
@pytest.mark.parametrize("name", CORPORA)
def test_no_measure_falls_below_its_floor(name, services, request):
    found = measured(services[name], name)
    kept = json.loads(FLOORS.read_text(encoding="utf-8"))
    if request.config.getoption("--write-floors"):
        kept[name] = floors_under(found)
        FLOORS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    assert fallen(found, kept[name]) == []


class WorseRanker:
    """A searcher whose best hits come last."""

    def __init__(self, searcher):
        self.searcher = searcher

    def __getattr__(self, name):
        return getattr(self.searcher, name)

    def find(self, query, size, *rest):
        page = self.searcher.find(query, size, *rest)
        return replace(page, hits=tuple(reversed(page.hits)))


@pytest.mark.model
@pytest.mark.parametrize("name", CORPORA)
def test_a_worse_ranker_falls_below_the_floors(name, services):
    service = services[name]
    worse = replace(service, searcher=WorseRanker(service.searcher))
    kept = json.loads(FLOORS.read_text(encoding="utf-8"))[name]
    lost = fallen(measured(worse, name), kept)
    assert {"R@1", "R@3"} <= {measure.split()[1] for measure in lost}

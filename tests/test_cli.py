import json

import pytest
from click.testing import CliRunner

from kb.cli import cli


def run(*arguments):
    return CliRunner().invoke(cli, [str(a) for a in arguments])


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_with_an_example(name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Example: kb " in result.output


def test_a_missing_source_is_one_line_and_exit_1(tmp_path):
    result = run("build", tmp_path / "none.txt", "--db", tmp_path / "kb.db")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"Error: {tmp_path / 'none.txt'}: there is no such file or folder. Check the path."
    ]
    assert not (tmp_path / "kb.db").exists()


def test_a_question_without_a_knowledge_base_says_how_to_make_one(tmp_path):
    result = run("search", "herring", "--db", tmp_path / "kb.db")
    assert result.exit_code == 1
    assert "Make one with `kb build SOURCE" in result.stderr


@pytest.mark.model
def test_build_verify_search_and_ask_on_the_sample(tmp_path, sample):
    db = tmp_path / "kb.db"
    assert run("build", sample, "--db", db).output.startswith(f"{db}: built; 2 documents")
    assert run("build", sample, "--db", db).output.startswith(f"{db}: nothing changed")
    assert "FAILED" not in run("verify", "--db", db).output
    found = json.loads(run("search", "herring", "--db", db, "--json", "-k", 2).output)
    assert [hit["rank"] for hit in found["hits"]] == [1, 2]
    asked = json.loads(
        run("ask", "Who said the machine is not the nurse?", "--db", db, "--json").output
    )
    assert "Beata Nolling" in asked["answer"]


def test_a_filter_without_a_value_is_refused(db):
    result = run("search", "herring", "--db", db, "--only", "kind")
    assert result.exit_code == 1

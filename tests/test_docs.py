import re
from pathlib import Path

from kb.cli import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_the_readme_lists_every_command():
    assert set(re.findall(r"\| `kb (\w+)", README)) == set(cli.commands)


def test_the_architecture_page_names_every_module_of_kb_and_ingest():
    named = set(re.findall(r"`(\w+)\.py`", ARCHITECTURE))
    modules = {p.stem for top in ("kb", "ingest", "index") for p in (ROOT / top).glob("*.py")}
    assert modules - {"__init__"} <= named


def test_the_makefile_has_the_promised_targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"serve", "test"} <= set(re.findall(r"^(\w+):", makefile, re.MULTILINE))

"""Who may import whom; see ARCHITECTURE.md."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOOR = {
    "kb.excerpt",
    "kb.errors",
    "kb.text",
    "kb.records",
    "kb.schema",
    "kb.store",
    "kb.proof",
    "kb.question",
    "kb.facets",
    "kb.stance",
}
ROOF = (
    "kb.profiles",
    "kb.export",
    "kb.service",
    "kb.cli",
    "kb.web",
    "kb.viewpoints",
    "kb.subject",
    "kb.belonging",
)
MAY = {
    "kb": set(),  # the version
    "kb.excerpt": set(),
    "kb.errors": set(),
    "kb.text": {"kb.excerpt"},
    "kb.records": {"kb.excerpt"},
    "kb.question": {"kb.text"},
    "kb.facets": {"kb.text"},
    "kb.stance": {"kb.text", "kb.excerpt"},
    "kb.schema": {"kb.records"},
    "kb.store": {"kb.errors", "kb.records", "kb.schema"},
    "kb.proof": FLOOR - {"kb.proof"},
}


def module_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] in ("kb", "ingest", "index")}


MODULES = {
    module_of(p): p for top in ("kb", "ingest", "index") for p in sorted((ROOT / top).rglob("*.py"))
}
IMPORTS = {
    name: {
        max((m for m in MODULES if i == m or i.startswith(f"{m}.")), key=len)
        for i in imports_of(path)
    }
    for name, path in MODULES.items()
}


def allowed(name):
    if name in MAY:
        return MAY[name]
    if name.startswith(ROOF):
        return set(MODULES)
    if name.startswith("kb.answer"):
        return {"kb.records", "kb.text", "kb.excerpt", "kb.errors", "kb.question", "kb.stance"} | {
            m for m in MODULES if m.startswith("kb.answer")
        }
    top = name.split(".")[0]
    return FLOOR | {"kb"} | {m for m in MODULES if m.split(".")[0] == top}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_only_what_lies_below_it(name):
    assert IMPORTS[name] - {name} <= allowed(name)


def test_packages_import_nothing_of_ours():
    packages = [n for n, p in MODULES.items() if p.name == "__init__.py" and n != "kb.web"]
    assert {n: IMPORTS[n] for n in packages if IMPORTS[n] - {"kb"}} == {}


def test_no_module_imports_itself_over_others():
    def reach(name, seen):
        for other in IMPORTS[name] - seen - {name}:
            seen.add(other)
            reach(other, seen)
        return seen

    assert [name for name in MODULES if name in reach(name, set())] == []

"""The rooms of the architecture hold: import directions, and no writes outside operations."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from models.rules.timeline import READ
from tests.conftest import ROOT

WRITES = {"insert", "insert_many", "insert_from", "create", "update", "delete", "save", "delete_instance", "replace",
          "bulk_create", "bulk_update", "get_or_create", "atomic"}  # fmt: skip
READERS = [
    path for room in ("blueprints", "pdf", "models/queries", "models/rules") for path in (ROOT / room).rglob("*.py")
]


def test_names_import_only_names_to_their_right(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_every_area_is_held_to_the_rooms():
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0][
        "layers"
    ]
    areas = {path.parent.name for path in (ROOT / "blueprints").glob("*/__init__.py")} - {"shared"}
    assert {name.strip() for name in layers[0].split("|")} == {f"blueprints.{area}" for area in areas}


def _table_names() -> set[str]:
    import models.tables

    return {table.__name__ for table in models.tables.ALL_TABLES}


def _offenders(paths: Iterable[Path], offences: Callable[[ast.Module], set[str]]) -> dict[str, set[str]]:
    """The files that do what they must not, with what it is. One test looks at all: a thousand tests take longer."""
    found = {str(path.relative_to(ROOT)): offences(_tree(path)) for path in paths}
    assert len(found) > 100, "so many files there are"
    return {path: offence for path, offence in found.items() if offence}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _calls(tree: ast.Module) -> set[str]:
    """Methods called on plain names, as ``name.method``."""
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    methods = [func for func in called if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name)]
    return {f"{func.value.id}.{func.attr}" for func in methods}


def test_only_operations_write():
    writes = {f"{name}.{method}" for name in _table_names() | {"db"} for method in WRITES}
    assert _offenders(READERS, lambda tree: _calls(tree) & writes) == {}


def test_no_clock_below_blueprints():
    clocks = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}
    below = [path for room in ("models", "pdf") for path in (ROOT / room).rglob("*.py")]
    assert _offenders(below, lambda tree: _calls(tree) & clocks) == {}


def test_operations_do_not_save_whole_rows():
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "models" / "operations").rglob("*.py")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("save", "delete_instance")
    ]
    assert found == []


def test_nothing_imports_the_application():
    assert _offenders(READERS, lambda tree: {"app"} & _imported(tree)) == {}


def _imported(tree: ast.Module) -> set[str | None]:
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return {name for node in nodes for name in [getattr(node, "module", None), *(alias.name for alias in node.names)]}


FILES_OF_THE_LAW = {"models/operations/law_files.py", "blueprints/maintenance/commands.py"}


@pytest.mark.parametrize("room", ["blueprints", "models/operations", "models/queries", "pdf"])
def test_the_law_comes_from_the_database(room: str):
    """Data files bring the law in and serve ``rules evaluate``; a page that read them would pass over corrections."""
    paths = [path for path in (ROOT / room).rglob("*.py") if "models.seed.law_data" in path.read_text("utf-8")]
    assert {str(path.relative_to(ROOT)) for path in paths} <= FILES_OF_THE_LAW


def test_every_reading_has_a_name_in_the_timeline():
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "blueprints").rglob("*.py"))
    noted = set(re.findall(r'note_access\([^"\n]*, "(\w+)"\)', source))
    assert {"case", "list_paper"} <= noted
    assert noted - READ.keys() == set()

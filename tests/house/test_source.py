"""Laws about source code that no linter knows: where things may stand and how they are called."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("core", "registry", "grading", "incubator")
MODULES = sorted(
    path.relative_to(ROOT)
    for top in (*ROOMS, "tests", "bench", "wsgi.py")
    for path in ([ROOT / top] if top.endswith(".py") else (ROOT / top).rglob("*.py"))
    if path.exists()
)
PRODUCT = [path for path in MODULES if path.parts[0] != "tests"]
LONGEST = 400

#: Names that say where something was put instead of what it is.
EMPTY_NAMES = {
    "base_utils",
    "common",
    "data",
    "helper",
    "helpers",
    "info",
    "manager",
    "managers",
    "misc",
    "util",
    "utils",
}
#: Terms of the field, and names that libraries fix, that end in such a word.
TERMS = {"open_data", "handle_DATA"}


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


def words(name: str) -> list[str]:
    """Split a CamelCase or snake_case name into its lower-case words."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_").split("_")


def says_nothing(name: str) -> bool:
    return words(name)[-1] in EMPTY_NAMES and name not in TERMS


def empty_names(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        named = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        if not isinstance(node, named) or node.name.startswith("test_"):
            continue  # a test's name is a sentence, which may end in any word
        if says_nothing(node.name):
            yield f"{node.lineno}: {node.name}"


def commits(module: ast.Module) -> Iterator[str]:
    """Calls of `commit` or of `begin` on anything: both end in a transaction of one's own."""
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("commit", "begin", "begin_nested")
        ):
            yield f"{node.lineno}: .{node.func.attr}()"


def state_assignments(module: ast.Module) -> Iterator[str]:
    """Assignments to an attribute `state`, by `setattr` and by UPDATE too."""
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Attribute)
            and node.attr == "state"
            and isinstance(node.ctx, ast.Store | ast.Del)
        ):
            yield f"{node.lineno}: .state ="
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "setattr"
            and len(node.args) > 1
            and isinstance(node.args[1], ast.Constant)
            and node.args[1].value == "state"
        ):
            yield f"{node.lineno}: setattr(…, 'state', …)"
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "values"
            and any(keyword.arg == "state" for keyword in node.keywords)
        ):
            yield f"{node.lineno}: .values(state=…)"


def imported(module: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def faults(paths: list[Path], found_in: Callable[[ast.Module], Iterable[str]]) -> dict[str, list]:
    """Return what is found, by module; a module without faults is left out."""
    found = {str(path): list(found_in(tree(path))) for path in paths}
    return {path: faults for path, faults in found.items() if faults}


def test_a_module_fits_in_one_reading():
    lines = {str(path): (ROOT / path).read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert {path: n for path, n in lines.items() if n > LONGEST} == {}, "split it by noun"


def test_names_say_something():
    assert faults(MODULES, empty_names) == {}
    empty = [str(path) for path in MODULES if any(map(says_nothing, path.with_suffix("").parts))]
    assert empty == [], "what is in it?"


def test_only_core_commits():
    rooms = [path for path in PRODUCT if path.parts[0] != "core"]
    assert faults(rooms, commits) == {}, "form.perform or core.db.atomic() commits"


def test_only_the_workflow_moves_a_state():
    others = [path for path in PRODUCT if path.parts[:2] != ("core", "workflow")]
    assert faults(others, state_assignments) == {}, "declare a transition and move()"


def test_nobody_imports_the_composition_root():
    others = [path for path in PRODUCT if path.name != "wsgi.py" and path.parts[0] != "bench"]
    assert faults(others, lambda module: imported(module) & {"wsgi"}) == {}


def test_every_package_says_what_it_is_for():
    silent = [
        str(path)
        for path in PRODUCT
        if path.name == "__init__.py"
        and path.parts[0] in ROOMS
        and not ast.get_docstring(tree(path))
    ]
    assert not silent


class TestTheLawsThemselves:
    """Each law sees what it forbids."""

    def test_commits(self):
        bad = "db.session.commit()\nwith db.session.begin():\n    pass\nconnection.begin_nested()"
        assert len(list(commits(ast.parse(bad)))) == 3
        assert not list(commits(ast.parse("with atomic():\n    git.commits")))

    def test_state_assignments(self):
        bad = "c.state = 1\nc.state += 1\nsetattr(c, 'state', 1)\na, b.state = 1, 2\ndel c.state"
        bad += "\nupdate(Case).values(state=1)"
        assert len(list(state_assignments(ast.parse(bad)))) == 6
        assert not list(state_assignments(ast.parse("state = case.state\ncase.state == 1")))

    def test_names(self):
        bad = "class CaseManager: ...\ndef load_data(): ...\nasync def info(): ..."
        assert len(list(empty_names(ast.parse(bad)))) == 3
        assert not list(empty_names(ast.parse("def open_data(): ...\ndef data_key(): ...")))

    def test_imports(self):
        assert imported(ast.parse("import wsgi\nfrom core.db import db")) == {"wsgi", "core.db"}

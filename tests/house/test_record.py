"""The record of actions can be read: what is put on it has a name, wherever the code says so.

What tests and the demo do is looked at when they do it (tests/spoken.py).
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.audit.wording import named_actions, said_action
from core.db import before_commit
from tests.spoken import say_everything

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("core", "registry", "grading", "incubator")


def recorded() -> Iterator[tuple[str, str]]:
    """Yield every action that is spelled out where something is recorded or refused."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _called(node) in ("record", "refused"):
                    for word in (*node.args, *(it.value for it in node.keywords)):
                        text = getattr(word, "value", None)
                        if isinstance(text, str) and text.count(":") == 1 and " " not in text:
                            yield text, f"{file.relative_to(ROOT)}:{node.lineno}"


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


@pytest.mark.engines("sqlite")
def test_every_action_that_code_records_has_a_name(app):
    found = dict(recorded())
    assert len(found) > 60
    assert not {code: at for code, at in found.items() if said_action(code) == code}


@pytest.mark.engines("sqlite")
def test_no_two_actions_are_called_the_same(app):
    words = [words for _code, words in named_actions()]
    assert sorted(words) == sorted(set(words))


def test_what_tests_put_on_record_is_looked_at():
    assert before_commit[0] is say_everything

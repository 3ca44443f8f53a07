"""The documents say what is so: settings, commands, links and the pages made from declarations."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from flask import Flask

from core.config import Settings
from tests.conftest import ROOT

DOCS = ROOT / "docs"
READMES = ("README.md", "README.zh-Hans.md")
PLACEHOLDER = re.compile(r"^(?:[A-Z][A-Z_0-9]*|\.\.\.|…|<.*|-.*|.*[./=].*)$")


def written() -> list[Path]:
    """Return every document of the project, as git knows them or will."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:  # unpacked without its history
        return [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).exists()]


def links(text: str) -> Iterator[str]:
    """Yield where the links and pictures of a document lead, without those to other sites."""
    plain = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    for target in re.findall(r"\]\(<?([^)\s>]+)>?[^)]*\)", plain):
        if not re.match(r"[a-z]+:", target):
            yield target


def anchors(text: str) -> set[str]:
    """Return the anchors that the headings of a document get."""
    plain = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", plain, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in headings}


def broken(document: Path) -> list[str]:
    """Return the links of `document` that lead nowhere."""
    lost = []
    for target in links(document.read_text("utf-8")):
        path, _hash, anchor = unquote(target).partition("#")
        aim = (document.parent / path).resolve() if path else document
        inside = aim.is_relative_to(ROOT) and aim.exists()
        known = not anchor or aim.suffix != ".md" or anchor in anchors(aim.read_text("utf-8"))
        if not (inside and known):
            lost.append(target)
    return lost


def commands(text: str) -> set[tuple[str, ...]]:
    """Return the words that follow `flask` in a document, wherever it stands in code."""
    code = re.findall(r"```[a-z]*\n.*?```|`[^`\n]+`", text, re.DOTALL)
    found: set[tuple[str, ...]] = set()
    for line in "\n".join(code).splitlines():
        for words in re.findall(r"\bflask((?: [^\s`#;&]+)+)", line):
            found.update(spelled_out(words.split()))
    return found


def spelled_out(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the commands that `register import|export` and the like stand for."""
    if words[:2] == ["--app", "wsgi"]:
        words = words[2:]
    sure: list[str] = []
    for word in words:
        if "|" in word:
            for each in word.split("|"):
                yield (*sure, each)
            return
        if PLACEHOLDER.match(word):
            break
        sure.append(word)
    if sure:
        yield tuple(sure)


def is_command(app: Flask, words: tuple[str, ...]) -> bool:
    """Return whether `flask` followed by `words` calls a command of the application."""
    here: click.Command = app.cli
    context = click.Context(here)
    for word in words:
        if not isinstance(here, click.Group):
            return True  # what follows is an argument
        below = here.get_command(context, word)
        if below is None:
            return False
        here = below
    return True


def targets(text: str) -> set[str]:
    """Return what a document asks `make` to make."""
    code = "\n".join(re.findall(r"```[a-z]*\n.*?```|`[^`\n]+`", text, re.DOTALL))
    return set(re.findall(r"(?:^|[\s`(])make ([a-z][a-z-]*)", code))


def described() -> dict[str, str]:
    """Return the default that docs/settings.md states for each setting."""
    rows = re.findall(
        r"^\| `([A-Z_]+)` \|(?:[^|]*)\| ([^|]*) \|",
        (DOCS / "settings.md").read_text("utf-8"),
        re.MULTILINE,
    )
    return dict(rows)


def test_every_setting_is_described_and_nothing_else():
    own = {name for name in described() if name in Settings.model_fields}
    assert own == set(Settings.model_fields), "docs/settings.md, first table"


def test_the_stated_defaults_are_the_real_ones():
    for name, field in Settings.model_fields.items():
        stated = described()[name]
        if field.is_required():
            assert "required" in stated, name
        elif (isinstance(field.default, int) and not isinstance(field.default, bool)) or (
            isinstance(field.default, str) and str(ROOT) not in field.default and field.default
        ):
            assert f"`{field.default}`" in stated, name


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("name", [*READMES, "docs/operation.md", "docs/architecture.md"])
def test_commands_in_the_documents_exist(app: Flask, name):
    said = commands((ROOT / name).read_text("utf-8"))
    assert said
    assert not [words for words in said if not is_command(app, words)]


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_what_the_documents_make_can_be_made(name):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    known = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert targets((ROOT / name).read_text("utf-8")) <= known


def test_links_lead_somewhere():
    found = {str(path.relative_to(ROOT)): list(broken(path)) for path in written()}
    assert {path: links for path, links in found.items() if links} == {}


def test_both_readmes_have_the_same_parts():
    heads = [
        re.findall(r"^#+ ", (ROOT / name).read_text("utf-8"), re.MULTILINE) for name in READMES
    ]
    assert heads[0] == heads[1]


def test_both_readmes_name_the_same_commands():
    said = [commands((ROOT / name).read_text("utf-8")) for name in READMES]
    assert said[0] == said[1]


def test_every_demo_account_is_introduced():
    from registry.demo.cast import CAST

    for name in READMES:
        text = (ROOT / name).read_text("utf-8")
        assert not [person.login for person in CAST if f"`{person.login}`" not in text], name


def test_decisions_are_numbered_without_gaps_and_have_their_three_parts():
    files = sorted(path for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in files] == list(range(1, len(files) + 1))
    for path in files:
        heads = re.findall(r"^## (.+)$", path.read_text("utf-8"), re.MULTILINE)
        assert heads == ["Context", "Decision", "Consequence"], path.name


def test_every_dependency_has_its_reason():
    reasons = "\n".join(p.read_text("utf-8") for p in (DOCS / "decisions").glob("*.md"))
    asked = re.findall(
        r"^([a-z0-9-]+)", (ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE
    )
    assert not [package for package in asked if f"`{package}`" not in reasons]


def test_the_tests_that_prove_security_exist():
    text = (DOCS / "security.md").read_text("utf-8")
    chapters = re.findall(r"^\| (V\d+) ", text, re.M)
    assert chapters == sorted(set(chapters), key=lambda it: int(it[1:])), "each chapter once"
    named = set(re.findall(r"\btest_[a-z0-9_]+\b", text))
    there = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        there |= {path.stem, *re.findall(r"def (test_\w+)", path.read_text("utf-8"))}
    assert len(named) > 20
    assert not named - there


def test_generated_pages_agree_with_the_declarations():
    """In a process of its own: tests declare samples, which no handbook should show."""
    keys = {"APP_ENV": "testing", "SECRET_KEY": "none", "DATA_KEY": "A" * 43 + "="}
    run = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "docs", "build", "--check"],
        cwd=ROOT, env=os.environ | keys, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, f"run: make docs\n{run.stdout}{run.stderr}"


@pytest.mark.engines("sqlite")
def test_the_handbook_is_written_checked_and_cleared_of_what_is_gone(app: Flask, tmp_path: Path):
    def build(*options: str) -> tuple[int, str]:
        asked = ["docs", "build", "--into", str(tmp_path), *options]
        result = app.test_cli_runner().invoke(args=asked)
        return result.exit_code, result.output

    assert build("--check")[0] == 1, "nothing is written yet"
    assert build()[0] == 0
    assert build("--check") == (0, "")
    gone = tmp_path / "workflows" / "no_such_kind.md"
    gone.write_text("x", "utf-8")
    (tmp_path / "jobs.md").write_text("x", "utf-8")
    code, said = build("--check")
    assert code == 1
    assert "docs/workflows/no_such_kind.md" in said
    assert "docs/jobs.md" in said
    build()
    assert not gone.exists()
    assert build("--check")[0] == 0


class TestTheseLaws:
    """Each sees what it forbids."""

    def test_links(self, tmp_path):
        text = (
            "[a](no-such.md) [b](#no-such-part) `[c](code.md)` [d](https://example.org/x)\n# Here"
        )
        document = ROOT / "docs" / "imagined.md"
        assert list(links(text)) == ["no-such.md", "#no-such-part"]
        assert anchors("# One `two`, three\n```\n# no\n```") == {"one-two-three"}
        assert not (document.parent / "no-such.md").exists()

    @pytest.mark.engines("sqlite")
    def test_commands(self, app: Flask):
        text = "`flask register import|forget`, ```\nflask district load FILE\n``` flask not-code"
        found = commands(text)
        assert found == {("register", "import"), ("register", "forget"), ("district", "load")}
        assert [w for w in found if not is_command(app, w)] == [("register", "forget")]

    def test_targets(self):
        assert targets("`make run` and make nothing, `PORT=8001 make test`") == {"run", "test"}

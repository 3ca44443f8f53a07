"""Laws about set-up: what is locked, what is ignored, what one command does."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]+\])?==([^\s;\\]+)\s*(;[^\\]*)?", re.MULTILINE)


def pins(name: str) -> set[tuple[str, str, str]]:
    """Return (package, version, condition) of every line of a lock file."""
    found = PIN.findall((ROOT / name).read_text(encoding="utf-8"))
    return {(package, version, condition.strip()) for package, version, condition in found}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
class TestLock:
    def test_every_package_has_a_hash(self, name):
        text = (ROOT / name).read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=[a-z0-9])", text)
        assert len(pins(name)) >= 60
        assert not [block.split()[0] for block in blocks if "--hash=sha256:" not in block]

    def test_it_names_no_place_to_fetch_from(self, name):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.findall(r"^\s*--(?!hash)\S+|https?://|file:|@ ", text, re.MULTILINE)


def test_tests_run_on_what_is_served():
    assert pins("requirements.txt") <= pins("requirements-dev.txt")


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_holds_everything_asked_for(name):
    asked = {
        re.split(r"[<>=\[;]", line)[0].strip().lower()
        for line in (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "-"))
    }
    assert asked <= {package for package, _version, _condition in pins(f"{name}.txt")}


@pytest.mark.parametrize("program", ["deploy/bootstrap", "deploy/serve", ".ci/run"])
def test_programs_can_be_run(program):
    assert (ROOT / program).stat().st_mode & 0o111, f"chmod +x {program}"


def test_bootstrap_says_how_it_is_used():
    asked = subprocess.run(
        ["deploy/bootstrap", "everything"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 2
    assert "run|test" in asked.stderr


def test_bootstrap_is_silent_where_nothing_is_missing():
    again = subprocess.run(
        ["deploy/bootstrap", "run"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_make_explains_itself():
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("run", "test", "lint", "types", "docs", "bench", "check"):
        assert re.search(rf"^{target} +\S", told.stdout, re.MULTILINE), target


def test_every_relaxed_rule_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignored = tomllib.loads(text)["tool"]["ruff"]["lint"]["ignore"]
    assert not [rule for rule in ignored if not re.search(rf'"{rule}",\s+# \S', text)]

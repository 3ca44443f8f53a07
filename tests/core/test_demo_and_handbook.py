"""`flask demo` makes what is not there; `flask docs build` writes and checks what is declared."""

import pytest

from core.config import Environment
from core.demo import PASSWORD, DemoAccount, Part

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def parts(app, monkeypatch):
    """The demo of this test: what each of its parts made, in order."""
    made: list[str] = []
    demo = [
        Part(2, "cases", lambda: made.append("cases"), lambda: False),
        Part(1, "people", lambda: made.append("people"), lambda: "people" in made),
    ]
    monkeypatch.setitem(app.extensions, "demo", demo)
    monkeypatch.setitem(app.extensions, "demo_accounts", [DemoAccount("intake", "受理员")])
    return made


def test_the_demo_is_made_part_by_part_and_names_its_accounts(app, parts):
    run = app.test_cli_runner()
    first = run.invoke(args=["demo"])
    assert first.exit_code == 0
    assert parts == ["people", "cases"]
    assert f"password for all: {PASSWORD}" in first.output
    assert "intake" in first.output
    run.invoke(args=["demo"])
    assert parts == ["people", "cases", "cases"], "what is there already stays as it is"


def test_accounts_are_listed_without_making_anything(app, parts):
    done = app.test_cli_runner().invoke(args=["demo", "--accounts"])
    assert "受理员" in done.output
    assert parts == []


def test_no_demo_in_production(app, parts, monkeypatch):
    monkeypatch.setattr(app.extensions["settings"], "APP_ENV", Environment.PRODUCTION)
    done = app.test_cli_runner().invoke(args=["demo"])
    assert (done.exit_code, parts) == (1, [])
    assert "not made in production" in done.output


def test_pages_are_written_checked_and_cleared(app, tmp_path):
    run = app.test_cli_runner()

    def build(*options):
        return run.invoke(args=["docs", "build", *options, "--into", str(tmp_path)])

    checked = build("--check")
    assert checked.exit_code == 1
    assert "out of date: docs/policies.md" in checked.output
    assert not list(tmp_path.iterdir())
    assert "written: docs/workflows/filing.md" in build().output
    again = build()
    assert (again.exit_code, again.output) == (0, "")
    assert build("--check").exit_code == 0
    (tmp_path / "workflows" / "gone.md").write_text("a kind that is no more")
    checked = build("--check")
    assert checked.exit_code == 1
    assert checked.output == "no longer declared: docs/workflows/gone.md\n"
    assert build().output == "removed: docs/workflows/gone.md\n"
    assert not (tmp_path / "workflows" / "gone.md").exists()

"""`make bench` runs from end to end, at a size that says nothing about the goals."""

import json

import pytest

from bench import report
from bench.national import organizations
from bench.run import read_plan, run
from registry.organizations import codes


@pytest.mark.timeout(900)  # both engines, twice: minutes where the machine is busy
def test_it_measures_both_engines_and_writes_the_table(tmp_path):
    results, table = tmp_path / "results.json", tmp_path / "bench.md"
    sizes = ["--rows", "300", "--queries", "12", "--imported", "200", "--papers", "4"]
    sizes += ["--cases", "150", "--requests", "30"]
    run(read_plan([*sizes, "--results", str(results), "--table", str(table)]))
    found = json.loads(results.read_text())
    assert list(found["engines"]) == ["sqlite", "postgresql"]
    for engine in found["engines"].values():
        assert engine["files"]["import"]["import, rows/s"] > 0
        assert all(it["recall"] == 1 for it in engine["large"]["search"].values())
    words = table.read_text()
    for goal in ("G1: ", "G2: ", "G3: ", "G4: ", "G5: ", "G8: ", "G10: "):
        assert words.count(f"\n{goal}") == 2, f"{goal} for each engine"
    assert "## SQLite" in words


def test_the_made_up_country_is_the_same_for_a_seed():
    one, same = list(organizations(500, seed=1)), list(organizations(500, seed=1))
    assert one == same != list(organizations(500, seed=2))
    assert len({it.name for it in one}) == len({it.number for it in one}) == 500
    assert all(codes.fault_of(it.number) is None for it in one if it.number[0] == "5")


def test_a_goal_is_met_from_the_right_side():
    assert report.met(1.2, 1.2) == "met"
    assert report.met(1.21, 1.2) == "**not met**"
    assert report.met(0.3, 0.3, at_most=False) == "met"
    assert report.met(0.29, 0.3, at_most=False) == "**not met**"

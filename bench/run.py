"""`make bench`: build both engines at the size of a country, measure, compare with the goals.

python -m bench                      # 2.65 million organizations, both engines, about an hour
python -m bench --rows 20000         # a quick look; figures of no meaning for the goals
"""

import argparse
import json
import os
import platform
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench import files, national, pages, papers, report, worlds
from bench.clocks import timed

ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Plan:
    """How much is measured, and where results go."""

    rows: int
    engines: tuple[str, ...]
    queries: int
    imported: int
    papers: int
    seed: int
    results: Path
    table: Path
    cache: Path | None


def read_plan(arguments: list[str] | None = None) -> Plan:
    reader = argparse.ArgumentParser(prog="bench", description=__doc__)
    reader.add_argument("--rows", type=int, default=report.NATIONAL)
    reader.add_argument("--engines", default=",".join(ENGINES))
    reader.add_argument("--queries", type=int, default=200, help="queries of each length")
    reader.add_argument("--imported", type=int, default=200_000, help="rows of the file imported")
    reader.add_argument("--papers", type=int, default=papers.PRINTED, help="certificates printed")
    reader.add_argument("--seed", type=int, default=2026)
    reader.add_argument("--results", type=Path, default=Path("bench/results.json"))
    reader.add_argument("--table", type=Path, default=Path("docs/bench.md"))
    reader.add_argument("--cache", type=Path, help="folder in which made-up names are kept")
    asked = vars(reader.parse_args(arguments))
    asked["engines"] = tuple(asked["engines"].split(","))
    asked["imported"] = min(asked["imported"], asked["rows"])
    return Plan(**asked)


def run(plan: Plan) -> dict[str, Any]:
    """Measure everything in `plan`; write the results and the table; return the results."""
    results: dict[str, Any] = {
        "rows": plan.rows,
        "seed": plan.seed,
        "python": platform.python_version(),
        "cores": os.cpu_count() or 1,
        "load": round(os.getloadavg()[0], 1),
        "engines": _measured_before(plan),
    }
    with ExitStack() as kept:
        folder = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        cache = plan.cache or folder
        names = cache / f"national-{plan.rows}-{plan.seed}.csv"
        if not names.exists():
            print(f"making {plan.rows:,} names", flush=True)
            national.keep(names, plan.rows, seed=plan.seed)
        for engine in plan.engines:
            results["engines"][engine] = _engine(plan, engine, folder, names)
            plan.results.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
        bare = worlds.application_at(f"sqlite:///{folder / 'papers.db'}")
        results["papers"] = papers.measure(bare, plan.papers)
    plan.results.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
    plan.table.write_text(report.table(results))
    return results


def _measured_before(plan: Plan) -> dict[str, Any]:
    """Return the engines of an earlier run of the same size that this one leaves out."""
    if not plan.results.exists():
        return {}
    before = json.loads(plan.results.read_text())
    if (before["rows"], before["seed"]) != (plan.rows, plan.seed):
        return {}
    return {name: it for name, it in before["engines"].items() if name not in plan.engines}


def _engine(plan: Plan, engine: str, folder: Path, names: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with worlds.databases(engine, folder / engine) as started:
        print(f"{engine}: import and export of {plan.imported:,}", flush=True)
        with worlds.world(started, "files") as app:
            found["import"] = files.measure_import(app, folder, plan.imported)
            print(f"  {found['import']}", flush=True)
            worlds.settle()
            found["export"] = files.measure_export(folder, started.url("files"))
            print(f"  {found['export']}", flush=True)
        started.drop("files")
        for size, rows in (("small", 1000), ("large", plan.rows)):
            with worlds.world(started, size) as app:
                seconds = timed(partial(worlds.fill, names, rows))
                print(f"{engine}: {rows:,} rows in {seconds:.0f} s", flush=True)
                found[size] = pages.measure(app, started.url(size), plan.queries, plan.seed)
                found[size]["load, rows/s"] = round(rows / seconds)
            started.drop(size)
    return found


def main() -> None:
    plan = read_plan()
    run(plan)
    print(plan.table.read_text())

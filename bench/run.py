"""`make bench`: build both engines at the size of a country, measure, compare with the goals.

python -m bench                      # 2.65 million organizations, both engines, about an hour
python -m bench --rows 20000         # a quick look; figures of no meaning for the goals

What is in the file of results already is not measured again: remove the file to begin anew.
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

from flask import Flask

from bench import files, memory, national, pages, papers, report, worklists, worlds
from bench.clocks import timed
from tests.engines import Databases

ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Plan:
    """How much is measured, and where results go."""

    rows: int
    engines: tuple[str, ...]
    queries: int
    imported: int
    cases: int
    requests: int
    papers: int
    seed: int
    results: Path
    table: Path
    cache: Path | None
    report: bool


def read_plan(arguments: list[str] | None = None) -> Plan:
    reader = argparse.ArgumentParser(prog="bench", description=__doc__)
    reader.add_argument("--rows", type=int, default=report.NATIONAL)
    reader.add_argument("--engines", default=",".join(ENGINES))
    reader.add_argument("--queries", type=int, default=200, help="queries of each length")
    reader.add_argument("--imported", type=int, default=200_000, help="rows of the file imported")
    reader.add_argument("--cases", type=int, default=2_000_000, help="cases on the worklist")
    reader.add_argument("--requests", type=int, default=10_000, help="requests to one process")
    reader.add_argument("--papers", type=int, default=papers.PRINTED, help="certificates printed")
    reader.add_argument("--seed", type=int, default=2026)
    reader.add_argument("--results", type=Path, default=Path("bench/results.json"))
    reader.add_argument("--table", type=Path, default=Path("docs/bench.md"))
    reader.add_argument("--cache", type=Path, help="folder in which made-up names are kept")
    reader.add_argument("--report", action="store_true", help="only write the table of the results")
    asked = vars(reader.parse_args(arguments))
    asked["engines"] = tuple(asked["engines"].split(","))
    asked["imported"] = min(asked["imported"], asked["rows"])
    return Plan(**asked)


class Run:
    """One run: each figure is saved as soon as it is there, and a later run goes on from it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.results = self._begun() or {
            "rows": plan.rows,
            "seed": plan.seed,
            "python": platform.python_version(),
            "cores": os.cpu_count() or 1,
            "engines": {},
        }

    def _begun(self) -> dict[str, Any] | None:
        if not self.plan.results.exists():
            return None
        before: dict[str, Any] = json.loads(self.plan.results.read_text())
        same = (before["rows"], before["seed"]) == (self.plan.rows, self.plan.seed)
        return before if same else None

    def save(self) -> None:
        """Keep what is measured so far, and the table made of it."""
        waiting = self.plan.results.with_suffix(".part")
        waiting.write_text(json.dumps(self.results, ensure_ascii=False, indent=1) + "\n")
        waiting.rename(self.plan.results)
        self.plan.table.write_text(report.table(self.results))

    def measure(self) -> dict[str, Any]:
        """Measure what is not measured yet; return the results."""
        with ExitStack() as kept:
            folder = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
            for engine in self.plan.engines:
                found = self.results["engines"].setdefault(engine, {})
                with worlds.databases(engine, folder / engine) as started:
                    self._engine(engine, found, started, folder)
            if "papers" not in self.results:
                bare = worlds.application_at(f"sqlite:///{folder / 'papers.db'}")
                self.results["papers"] = papers.measure(bare, self.plan.papers)
        self.save()
        return self.results

    def _engine(self, engine: str, found: dict[str, Any], started: Databases, folder: Path) -> None:
        """Measure one engine, the quick parts first."""
        plan = self.plan
        for name, work in (
            ("files", partial(self._files, started, folder)),
            ("small", partial(self._register, started, folder, 1000)),
            ("worklist", partial(self._worklist, started, folder)),
            ("large", partial(self._register, started, folder, plan.rows)),
        ):
            part = found.setdefault(name, {})
            if part.get("done"):
                continue
            part["load"] = round(os.getloadavg()[0], 1)
            print(f"{engine}: {name}; {part['load']} tasks wait or run", flush=True)
            with worlds.world(started, name) as app:
                work(app, started.url(name), part)
            started.drop(name)
            part["done"] = True
            self.save()

    def _names(self, folder: Path) -> Path:
        plan = self.plan
        path = (plan.cache or folder) / f"national-{plan.rows}-{plan.seed}.csv"
        if not path.exists():
            print(f"making {plan.rows:,} names", flush=True)
            national.keep(path, plan.rows, seed=plan.seed)
        return path

    def _files(
        self, started: Databases, folder: Path, app: Flask, url: str, part: dict[str, Any]
    ) -> None:
        path = files.clean_file(folder, self.plan.imported)
        with worlds.world(started, "raw"):
            raw = files.measure_raw(path)
        started.drop("raw")
        part["import"] = {**raw, **files.measure_import(path, self.plan.imported)}
        print(f"  {part['import']}", flush=True)
        self.save()
        worlds.settle()
        part["export"] = files.measure_export(folder, url)
        print(f"  {part['export']}", flush=True)

    def _register(
        self,
        started: Databases,
        folder: Path,
        rows: int,
        app: Flask,
        url: str,
        part: dict[str, Any],
    ) -> None:
        seconds = timed(partial(worlds.fill, self._names(folder), rows))
        part["load, rows/s"] = round(rows / seconds)
        print(f"  {rows:,} rows in {seconds:.0f} s", flush=True)
        with pages.bare_application(url) as bare:
            pages.measure(app, bare, self.plan.queries, self.plan.seed, part, self.save)
        if rows == self.plan.rows and "process" not in part:
            part["process"] = memory.alone(
                "bench.memory", "serve_alone", url, str(self.plan.requests)
            )
            print(f"  {part['process']}", flush=True)

    def _worklist(
        self, started: Databases, folder: Path, app: Flask, url: str, part: dict[str, Any]
    ) -> None:
        worlds.fill(self._names(folder), min(1000, self.plan.rows))
        sizes = (1, 100, min(2000, self.plan.cases), self.plan.cases)
        with pages.bare_application(url) as bare:
            turns = min(worklists.TURNS, self.plan.queries)
            worklists.measure(app, bare, sizes, part, self.save, turns)


def run(plan: Plan) -> dict[str, Any]:
    """Measure everything in `plan`; write the results and the table; return the results."""
    return Run(plan).measure()


def main() -> None:
    plan = read_plan()
    if plan.report:
        Run(plan).save()
    else:
        run(plan)
    print(plan.table.read_text())

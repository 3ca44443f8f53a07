"""Import and export against the plainest way to move the same rows (G4, G5)."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Column, MetaData, String, Table, UniqueConstraint, insert, select, text

from bench.clocks import timed
from bench.memory import alone, watched
from bench.national import write_csv
from bench.worlds import application_at
from core import clock
from core.accounts import Body
from core.bulk import copy, next_ids
from core.db import atomic, db, dialect
from core.divisions import streets
from registry.organizations import exporting, importing
from registry.organizations.importing.checking import Checker
from registry.organizations.importing.clashes import look_ahead
from registry.organizations.importing.places import Places
from registry.organizations.importing.reading import Source
from registry.organizations.importing.rows import Entry
from registry.organizations.models import SPOKEN_NAMES, Organization

_ORGANIZATION, _BODY = cast(Table, Organization.__table__), cast(Table, Body.__table__)
FLAT = Table(
    "flat",
    MetaData(),
    *(Column(f"c{n}", String) for n in range(9)),
    UniqueConstraint("c0"),
)
BATCH = 10_000


def clean_file(folder: Path, rows: int) -> Path:
    """Return a file of `rows` rows without a fault; made where it is not there."""
    path = folder / f"clean-{rows}.csv"
    if not path.exists():
        write_csv(path, rows, [street.name for street in streets()])
    return path


def measure_raw(path: Path) -> dict[str, Any]:
    """Put the rows of a file into the empty register in raw ways.

    They have a database of their own: where every reference is checked, to take 200,000 rows away
    again takes longer than all the rest.
    """
    entries = _entries(path)
    rows = len(entries)
    flat = [
        (
            it.facts["unified_code"] or it.facts["filing_number"],
            it.facts["name"],
            it.facts["type"].value,
            it.facts["legal_representative"] or it.facts["person_in_charge"],
            it.facts["domicile"],
            str(it.facts["street_id"]),
            str(it.facts["founded_on"]),
            it.facts["scope"],
            it.facts["status"].value,
        )
        for it in entries
    ]
    FLAT.create(db.engine)
    raw = rows / timed(lambda: _executemany_flat(flat))
    figures: dict[str, Any] = {"rows": rows, "executemany flat table, rows/s": round(raw)}
    if dialect() == "postgresql":
        with atomic():
            db.session.execute(text("TRUNCATE flat"))
        copied = rows / timed(lambda: _copy_flat(flat))
        figures["COPY flat table, rows/s"] = round(copied)
    same = rows / timed(lambda: _executemany_same(entries))
    return {**figures, "executemany same tables, rows/s": round(same)}


def measure_import(path: Path, rows: int) -> dict[str, Any]:
    """Import a file of `rows` rows without a fault into the empty register, and once more."""
    report: list[importing.Report] = []
    landed = rows / timed(lambda: report.append(importing.run(path)))
    assert report[0].new == rows, report[0].problems[:3]
    again = rows / timed(lambda: importing.run(path))
    return {"import, rows/s": round(landed), "second run, rows/s": round(again)}


def _entries(path: Path) -> list[Entry]:
    (sheet,) = Source(path).sheets
    checker = Checker(sheet.columns, Places(None), look_ahead([sheet]), {})
    checked = [checker.check(number, cells) for number, cells in sheet.rows()]
    return [it for it in checked if isinstance(it, Entry)]


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _executemany_flat(rows: list[tuple[Any, ...]]) -> None:
    names = [column.name for column in FLAT.columns]
    for batch in _batches([dict(zip(names, row, strict=True)) for row in rows]):
        with atomic():
            db.session.execute(insert(FLAT), batch)


def _copy_flat(rows: list[tuple[Any, ...]]) -> None:
    for batch in _batches(rows):
        with atomic():
            copy(db.session.connection(), "flat", [c.name for c in FLAT.columns], batch)


def _executemany_same(entries: list[Entry]) -> None:
    """The rows as they end up in `body` and `organization`: no checks, no versions, no index."""
    now = clock.now()
    for batch in _batches(entries):
        with atomic():
            ids = next_ids(_BODY, len(batch))
            bodies, organizations = [], []
            for key, it in zip(ids, batch, strict=True):
                own = {"id": key, "name": it.facts["name"], "division_id": it.facts["division_id"]}
                bodies.append({**own, "kind": "organization"})
                facts = {n: it.facts[n] for n in SPOKEN_NAMES if n not in ("name", "division_id")}
                organizations.append(
                    {**facts, "id": key, "authority": it.authority, "living_name": it.living_name,
                     "folded_name": it.folded_name, "name_pinyin": it.folded_name,
                     "name_initials": "", "name_syllables": "", "recorded_at": now, "version": 1}
                )  # fmt: skip
            db.session.execute(insert(_BODY), bodies)
            db.session.execute(insert(_ORGANIZATION), organizations)


def measure_export(folder: Path, url: str) -> dict[str, Any]:
    """Export the whole register of the open application, beside Core's plain way to do it."""
    plain, own = folder / "plain.csv", folder / "own.csv"
    rows = 0

    def by_core() -> None:
        nonlocal rows
        rows = _core_csv(plain)

    core = timed(by_core)
    ours = timed(lambda: exporting.export(own))
    figures: dict[str, Any] = {
        "rows": rows,
        "Core yield_per CSV, rows/s": round(rows / core),
        "export CSV, rows/s": round(rows / ours),
    }
    plain.unlink()
    own.unlink()
    for ending in ("csv", "xlsx"):
        figures[f"memory of {ending} export, MB"] = _memory(folder / f"own.{ending}", url)
    return figures


def _core_csv(path: Path) -> int:
    """Write the same columns of the same rows without giving any of them a word."""
    columns = [
        (_BODY if name in ("name", "division_id") else _ORGANIZATION).c[name]
        for name in exporting.COLUMNS.values()
    ]
    query = select(*columns).join_from(_ORGANIZATION, _BODY, _ORGANIZATION.c.id == _BODY.c.id)
    query = query.order_by(_ORGANIZATION.c.id).execution_options(yield_per=exporting.FETCHED)
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for row in db.session.connection().execute(query):
            writer.writerow(row)
            rows += 1
    return rows


def _memory(path: Path, url: str) -> dict[str, int]:
    """Return the memory of a process of its own that exports, and of what it takes for that."""
    found = alone("bench.files", "export_alone", str(path), url)
    path.unlink(missing_ok=True)
    return found


def export_alone(path: str, url: str) -> dict[str, int]:
    """Export in this process; return its memory in MB before and at its peak."""
    app = application_at(url)
    with app.app_context():
        # What any first question to the database loads belongs to the start.
        next(iter(exporting.export_rows([_ORGANIZATION.c.id < 2])), None)
        db.session.remove()
        with watched() as seen:
            exporting.export(Path(path))
        before, peak = seen[0], max(seen)
    return {"at start": before, "at peak": peak, "of the export": peak - before}

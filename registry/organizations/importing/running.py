"""One import from the first row to the last, and what it reports."""

import csv
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core import audit, clock
from core.accounts import SYSTEM, Body, BodyKind
from core.bulk import make_room
from core.db import atomic, db
from core.exports.whole import written_whole
from core.i18n import _
from registry.organizations.importing.checking import Checker
from registry.organizations.importing.clashes import look_ahead
from registry.organizations.importing.columns import (
    REJECT_HEADERS,
    Columns,
    keys_of,
    together,
)
from registry.organizations.importing.landing import Landed, Landing
from registry.organizations.importing.places import Places
from registry.organizations.importing.reading import FileRefused, RowNumber, Source
from registry.organizations.importing.reasons import Problem
from registry.organizations.importing.rows import Entry, Refusal

#: Rows written in one transaction.
BATCH = 20_000


@dataclass
class Report:
    """What became of a file: its rows by outcome, and every problem in the order of the rows.

    `passed_over` names the sheets that were not read, because they have no header.
    """

    columns: Columns
    passed_over: list[str] = field(default_factory=list)
    rows: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, landed: Landed) -> None:
        self.new += landed.new
        self.updated += landed.updated
        self.unchanged += landed.unchanged
        for refusal in landed.refused:
            self.rejected += 1
            self.problems += refusal.problems


def run(
    path: Path,
    *,
    dry_run: bool = False,
    rejects: Path | None = None,
    on: date | None = None,
    batch: int = BATCH,
    progress: Callable[[int, int], None] = lambda done, rows: None,
) -> Report:
    """Bring the register file at `path` into the register and say what became of each row.

    Commits `batch` rows at a time, so that a crash leaves whole batches; running it again goes
    on, because a row that is there already changes nothing. `on` is the day the file was the
    register's state (today by default). `progress` is told the rows done and their number.
    Raises FileRefused for a file that is no register, RuleBroken where no district is loaded.
    """
    source = Source(path)
    make_room()
    if rejects and rejects.exists() and rejects.samefile(path):
        raise FileRefused(_("The rejected rows need another file than the one that is read."))
    places = Places(on)
    sponsors = _offices()
    clashes = look_ahead(source.sheets)
    read = [sheet.columns for sheet in source.sheets]
    report = Report(together(read), source.passed_over, rows=clashes.rows)
    done = 0
    with (
        nullcontext() if rejects is None else written_whole(rejects) as whole,
        _Rejects(whole, read) as out,
    ):
        for sheet in source.sheets:
            checker = Checker(sheet.columns, places, clashes, sponsors)
            landing = Landing(sheet.columns, on or clock.today())
            rows = sheet.rows()
            while chunk := list(islice(rows, batch)):
                landed = _land(checker, landing, source, chunk, dry_run)
                landed.refused.sort(key=lambda refusal: refusal.row)
                report.add(landed)
                out.write(landed.refused, sheet.columns)
                done += len(chunk)
                progress(done, clashes.rows)
    return report


def _land(
    checker: Checker,
    landing: Landing,
    source: Source,
    chunk: list[tuple[int, list[str]]],
    dry_run: bool,
) -> Landed:
    checked = [checker.check(number, cells) for number, cells in chunk]
    entries = [it for it in checked if isinstance(it, Entry)]
    refused = [it for it in checked if isinstance(it, Refusal)]
    if dry_run:
        landed = landing.land(entries, dry_run=True)
    else:
        try:
            landed = _write(landing, entries, source)
        except IntegrityError:
            # Somebody entered one of these organizations at the same moment: look again.
            landing.is_alone = False
            landed = _write(landing, entries, source)
    landed.refused += refused
    return landed


def _write(landing: Landing, entries: list[Entry], source: Source) -> Landed:
    with atomic():
        landed = landing.land(entries)
        if landed.new or landed.updated:
            audit.record(
                "organization:import",
                by=SYSTEM,
                changes={
                    "new": [0, landed.new],
                    "updated": [0, landed.updated],
                    "unchanged": [0, landed.unchanged],
                    "rows": [_told(entries[0].row), _told(entries[-1].row)],
                    "sha256": [None, source.sha256],
                },
                note=source.path.name,
            )
    return landed


def _told(row: int) -> int | str:
    return str(row) if isinstance(row, RowNumber) else row


def _offices() -> dict[str, int]:
    """Return the ids of all bodies that are no organizations, by name."""
    query = select(Body.name, Body.id).where(Body.kind != BodyKind.ORGANIZATION)
    return {row.name: row.id for row in db.session.execute(query)}


class _Rejects:
    """The file of rejected rows: the same columns, then where and why; UTF-8 for spreadsheets."""

    def __init__(self, path: Path | None, sheets: Sequence[Columns]) -> None:
        self.columns = together(sheets)
        self._keys = list(dict.fromkeys(key for each in sheets for key in keys_of(each)))
        self._file = path.open("w", encoding="utf-8-sig", newline="") if path else None
        self._writer = csv.writer(self._file) if self._file else None
        if self._writer:
            header = [self.columns.header[place] for place in self.columns.kept]
            self._writer.writerow([*header, *REJECT_HEADERS])

    def __enter__(self) -> "_Rejects":
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._file:
            self._file.close()

    def write(self, refused: list[Refusal], columns: Columns) -> None:
        if self._writer is None:
            return
        keys = keys_of(columns)
        for refusal in refused:
            own = dict(zip(keys, refusal.cells, strict=False))
            wide = [own.get(key, "") for key in self._keys]
            cells = [wide[place] for place in self.columns.kept]
            where = "；".join(problem.column for problem in refusal.problems)
            why = "；".join(problem.words for problem in refusal.problems)
            self._writer.writerow([*cells, str(refusal.row), where, why])

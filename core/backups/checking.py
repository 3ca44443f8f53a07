"""Is a backup whole? Every part is read and hashed, and the database inside is opened."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, inspect, select, table

from core.audit.verification import verify
from core.backups import archive
from core.backups.archive import CONTENTS, END, MANIFEST, Part
from core.backups.engines import ENGINES
from core.backups.manifest import Faulty, Manifest

#: Faults told; a file that broke off would name every part behind.
TOLD = 100


@dataclass
class Report:
    """What was found: `faults` in sentences, and the files that were gone when it was made."""

    manifest: Manifest
    faults: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    more: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.faults

    def find(self, fault: str) -> None:
        if len(self.faults) < TOLD:
            self.faults.append(fault)
        else:
            self.more += 1


def check(path: Path) -> Report:
    """Return what is wrong with the backup at `path`, without touching the running database.

    Raises Refused where it is no backup. Needs room for its database in the temporary folder.
    """
    report = Report(archive.manifest_of(path))
    with tempfile.TemporaryDirectory(prefix="district-backup-") as name:
        folder = Path(name)
        try:
            _check_parts(path, folder, report)
            if (folder / "database").exists():
                _check_database(folder, report)
        except Faulty as fault:
            report.find(str(fault))
    return report


def _check_parts(path: Path, folder: Path, report: Report) -> None:
    """Compare part after part with the list of contents; keep the database for later."""
    parts = archive.parts(path)
    head = next(parts)
    archive.read_manifest(head)
    contents = folder / CONTENTS
    second = next(parts, None)
    if second is None or second.name != CONTENTS:
        raise Faulty(f"{CONTENTS} is missing")
    second.copy_to(contents)
    if second.digest != report.manifest.contents:
        raise Faulty(f"{CONTENTS} was changed")
    expected, absent = archive.listed(contents), set[str]()
    for part in parts:
        if part.name == END:
            absent.update(name for name, _digest in expected)
            _check_end(part, head.digest, absent, report)
            return
        _check_part(part, expected, absent, folder, report)
    first = next((name for name, _digest in expected), END)
    raise Faulty(f"the file breaks off before {first}: {archive.HALF}")


def _check_part(
    part: Part,
    expected: Iterator[tuple[str, str]],
    absent: set[str],
    folder: Path,
    report: Report,
) -> None:
    for name, digest in expected:
        if name != part.name:
            absent.add(name)
            continue
        if name == report.manifest.database:
            part.copy_to(folder / "database")
        if part.digest != digest:
            report.find(f"{name} was changed")
            if name == report.manifest.database:
                (folder / "database").unlink()  # it is not worth opening
        return
    report.find(f"{part.name} does not belong here")


def _check_end(part: Part, manifest: str, absent: set[str], report: Report) -> None:
    ending = archive.read_ending(part)
    if ending.manifest != manifest:
        report.find(f"{MANIFEST} or {END} was changed")
    report.missing = [name for name in ending.missing if archive.place_of(name) in absent]
    known = {archive.place_of(name) for name in report.missing}
    for name in sorted(absent - known):
        report.find(f"{name} is missing")


def _check_database(folder: Path, report: Report) -> None:
    """Open the database and compare it with what the manifest says; walk its record of actions."""
    told = report.manifest
    with closing(ENGINES[told.engine].opened(folder / "database", folder)) as session:
        try:
            counted = session.info.get("rows")
            if counted is None:
                names = inspect(session.connection()).get_table_names()
                count = {name: select(func.count()).select_from(table(name)) for name in told.rows}
                counted = {n: session.scalar(q) for n, q in count.items() if n in names}
            for name, rows in told.rows.items():
                if counted.get(name) != rows:
                    held = f"{counted[name]:,}" if name in counted else "no"
                    report.find(f"{told.database} has {held} rows of {name} instead of {rows:,}")
            for finding in verify(kept=session):
                report.find(f"the record of actions was tampered with, {finding}")
        finally:
            session.rollback()
            session.get_bind().dispose()  # type: ignore[union-attr]

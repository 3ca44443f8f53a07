"""Make a backup, and put one back.

A committed row of `stored_file` is never taken away again, and the sweep of stray content removes
only what no row names (core/attachments/sweeping.py). So the database first, then exactly the
files that it names, is consistent, however long the copying takes.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Inspector, func, inspect, literal, select

from core import audit, clock, crypto
from core.accounts import SYSTEM
from core.attachments.models import StoredFile
from core.attachments.storage import Damaged, storage
from core.audit.models import AuditHead, AuditRoot
from core.audit.verification import count_entries, verify
from core.backups import archive, engines
from core.backups.archive import CONTENTS, END, MANIFEST, digest_of, place_of
from core.backups.checking import check
from core.backups.manifest import Ending, Manifest, Refused, Root, application_version
from core.config import ROOT, settings
from core.db import Model, atomic, db, dialect, read_one_moment
from core.errors import WrongState
from core.privacy import rotation

#: Told how far the work is: "files", "database", "migrations".
Step = Callable[[str], None]
#: Missing files named in a sentence.
NAMED = 5


def create(path: Path, *, despite_missing: bool = False) -> Manifest:
    """Write database and files as they are at this moment to `path`; others go on working.

    Raises Refused where it cannot be done or a file is gone or damaged (`despite_missing` makes
    the backup all the same and notes in it which); nothing is left then.
    """
    engine, at = engines.running(), clock.now()
    engine.begin()
    if path.exists():
        raise Refused(f"{path} exists already; a backup is never written over another.")
    with tempfile.TemporaryDirectory(prefix=".district-backup-", dir=path.parent) as name:
        folder = Path(name)
        database, contents = folder / "database", folder / CONTENTS
        read_one_moment()
        told = _told(engine)
        engine.snapshot(database)
        archive.write_list(contents, _named(told.database, digest_of(database)))
        db.session.rollback()
        told = told.model_copy(update={"made_at": at, "contents": digest_of(contents)})
        words = told.model_dump_json(indent=2).encode()
        with archive.written(path, at) as backup:
            backup.add(MANIFEST, words)
            backup.add_file(CONTENTS, contents)
            backup.add_file(told.database, database)
            missing = _add_files(backup, contents)
            if missing and not despite_missing:
                raise Refused(_lost(missing))
            ending = Ending(manifest=archive.hashed(words), missing=missing)
            backup.add(END, ending.model_dump_json().encode())
    _note("backup:create", told, files=told.files)
    return told


def _note(action: str, told: Manifest, **more: object) -> None:
    """Put it on record. A backup is made, or back, also where others leave no room to say so."""
    changes = {"made_at": told.made_at.isoformat(), **more}
    with suppress(WrongState), atomic():
        audit.record(action, by=SYSTEM, changes={key: [None, it] for key, it in changes.items()})


def _told(engine: engines.Engine) -> Manifest:
    """Return what the session's transaction sees, as a manifest still without its contents."""
    size = func.coalesce(func.sum(StoredFile.size), 0)
    files, total = db.session.execute(select(func.count(), size).select_from(StoredFile)).one()
    root = db.session.scalar(select(AuditRoot).order_by(AuditRoot.day.desc()).limit(1))
    head = db.session.scalar(select(AuditHead))
    there = inspect(db.session.connection())
    tables = set(there.get_table_names())  # before a migration not all are there yet
    return Manifest(
        application=application_version(),
        migration=_migration() or "",
        engine=dialect(),
        engine_version=engine.version(),
        made_at=clock.now(),
        data_keys=sorted(_keys_used(there)),
        rows={
            each.name: db.session.scalar(select(func.count()).select_from(each)) or 0
            for each in Model.metadata.sorted_tables
            if each.name in tables
        },
        files=files,
        bytes=total,
        audit_root=root and Root(day=str(root.day), entries=root.entries, digest=root.digest),
        audit_end=head and Root(day=str(head.day), entries=head.place, digest=head.digest),
        contents="",
    )


def _keys_used(there: Inspector) -> set[str]:
    """Return the ids of the keys that encrypted what is in the database."""
    found: set[str] = set()
    for table, column in rotation.encrypted_columns():
        if there.has_table(table.name):
            columns = {each["name"] for each in there.get_columns(table.name)}
            found |= set(rotation.counts_in(column)) if column.name in columns else set()
    return found


def _named(database: str, digest: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of the list of contents: the database, and the files that it names."""
    yield database, digest
    files = select(StoredFile.sha256).order_by(StoredFile.sha256)
    for each in db.session.scalars(files.execution_options(yield_per=archive.AT_ONCE)):
        yield place_of(each), each


def _add_files(backup: archive.Writer, contents: Path) -> list[str]:
    """Add every file that the list names; return those that are gone or damaged."""
    missing = []
    for name, digest in archive.listed(contents):
        if name == place_of(digest):
            try:
                backup.add(name, storage().get(digest))
            except Damaged:
                missing.append(digest)
    return missing


def _lost(missing: list[str]) -> str:
    some = ", ".join(missing[:NAMED]) + (" and others" if len(missing) > NAMED else "")
    return (
        f"{len(missing)} files that the database names are missing or damaged in the storage: "
        f"{some}. Bring them back from an earlier backup, or use --despite-missing."
    )


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    manifest: Manifest
    files_added: int
    migrated_to: str
    entries: int
    record_is_whole: bool
    missing: list[str]
    unknown_keys: list[str]


def restore(path: Path, *, replace: bool = False, step: Step = lambda part: None) -> Restored:
    """Put database and files of the backup at `path` back, and migrate up where it is older.

    Raises Refused, and has changed nothing, where the backup is not whole, of another engine or a
    newer migration, or where the database is not empty and `replace` was not said. First come the
    files, which add to what is there, then the database in one transaction: whoever is killed
    before its end leaves the former state.
    """
    told = archive.manifest_of(path)
    _refuse_unfit(told)
    if not replace and _holds_records():
        raise Refused(
            "The database is not empty. To lose what it holds, and put the backup in its place: "
            "--replace."
        )
    report = check(path)
    if not report.is_whole:
        raise Refused(f"The backup is not whole, and nothing was changed: {report.faults[0]}.")
    with tempfile.TemporaryDirectory(prefix="district-backup-") as name:
        database = Path(name) / "database"
        added = 0
        for part in archive.parts(path):
            if part.name == told.database:
                part.copy_to(database)
            elif part.name.startswith("files/"):
                added += _put_back(part)
                step("files")
        engines.running().replace(database, step)
    step("migrations")
    flask_migrate.upgrade()
    unknown = set(told.data_keys) - {crypto.key_id(each) for each in _known_keys()}
    _note("backup:restore", told, migration=told.migration)
    return Restored(
        manifest=told,
        files_added=added,
        migrated_to=_migration() or "",
        entries=count_entries(),
        record_is_whole=next(verify(), None) is None,
        missing=report.missing,
        unknown_keys=sorted(unknown),
    )


def _put_back(part: archive.Part) -> bool:
    """Keep a file again; return whether it was not there."""
    before = storage().holds(part.name.rpartition("/")[2])
    storage().put(part.bytes())
    return not before


def _refuse_unfit(told: Manifest) -> None:
    """Refuse what cannot be put back here, before anything is read or written."""
    if told.engine != dialect():
        raise Refused(
            f"The backup is of {told.engine} and DATABASE_URL leads to {dialect()}: a backup is put "
            "back on its own engine."
        )
    if told.migration not in {each.revision for each in _migrations().walk_revisions()}:
        raise Refused(
            f"The backup is at migration {told.migration}, which this version does not know: put "
            "it back with the version it was made with, or a newer one."
        )


def _holds_records() -> bool:
    """Return whether anything was ever written into the database, by us or by somebody else."""
    there = set(inspect(db.session.connection()).get_table_names())
    ours = {each.name for each in Model.metadata.sorted_tables}
    for name in sorted(there & ours):
        one = select(literal(1)).select_from(Model.metadata.tables[name]).limit(1)
        if db.session.scalar(one):
            return True
    db.session.rollback()
    return bool(there) and not there & ours  # somebody else's


def _migration() -> str | None:
    """Return the migration that the database is at."""
    return MigrationContext.configure(db.session.connection()).get_current_revision()


def _migrations() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "migrations"))


def _known_keys() -> tuple[bytes, ...]:
    return (settings().data_key, *settings().old_data_keys)

"""The database of SQLite into one file and back, by SQLite's own online backup."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, make_url
from sqlalchemy.orm import Session

from core.backups.manifest import Faulty, Refused
from core.config import settings
from core.db import db

#: Pages of 4 KB written between two looks around.
PAGES = 200
#: Seconds to wait for somebody who writes.
PATIENCE = 5


def begin() -> None:
    """Nothing to ask first: the session's own transaction is the moment."""


def version() -> str:
    return sqlite3.sqlite_version


def snapshot(path: Path) -> None:
    """Copy the database as the session's transaction sees it; others go on writing meanwhile."""
    running = db.session.connection().connection.driver_connection
    with closing(sqlite3.connect(path)) as copy:
        running.backup(copy)  # type: ignore[union-attr]
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it


def opened(path: Path, folder: Path) -> Session:
    """Return a session on the database in the file `path`. Raises Faulty where it is damaged."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            answer = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as broken:
        answer = str(broken)
    if answer != "ok":
        raise Faulty(f"database.sqlite does not open: {answer}")
    return Session(create_engine(f"sqlite:///{path}"))


def replace(path: Path, step: Callable[[str], None]) -> None:
    """Put the database of the file `path` in the place of the running one, in one transaction.

    Raises Refused while another process has the running one open.
    """
    place = Path(make_url(settings().DATABASE_URL).database or "")
    db.session.remove()
    db.engine.dispose()
    target = sqlite3.connect(place, isolation_level=None, timeout=PATIENCE)
    with closing(sqlite3.connect(path)) as source, closing(target):
        try:
            target.execute("PRAGMA locking_mode = EXCLUSIVE")
            target.execute("BEGIN EXCLUSIVE")
            target.execute("ROLLBACK")
        except sqlite3.OperationalError as busy:
            if "locked" not in str(busy):
                raise Refused(f"The database cannot be written: {busy}.") from None
            raise Refused(
                "Another process has the database open: stop web and jobs, then start again."
            ) from None
        source.backup(target, pages=PAGES, progress=lambda *_left: step("database"))
    place.chmod(0o600)

"""The database of PostgreSQL into one file and back, by its own pg_dump, pg_restore and psql."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, MetaData, Table, create_engine, insert, make_url
from sqlalchemy.orm import Session
from sqlalchemy.types import JSON, Date, Integer, TypeEngine

from core.audit.models import AuditEntry, AuditHead, AuditRoot
from core.backups.manifest import Faulty, Refused
from core.config import settings
from core.db import UtcDateTime, db

PIECE = 1024 * 1024
AT_ONCE = 1000
COPY = re.compile(r"COPY public\.\"?(\w+)\"? \((.*)\) FROM stdin;\n")
UNESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def _alone(table: Any) -> Table:
    """Return a table without what leads to others and what refuses changes."""
    columns = [Column(c.name, c.type, primary_key=c.primary_key) for c in table.columns]
    return Table(table.name, MetaData(), *columns)


#: What the record of actions is checked by.
RECORD = {t.__tablename__: _alone(t.__table__) for t in (AuditEntry, AuditHead, AuditRoot)}

#: Empties the schema but for what extensions brought. Waits so long for who still reads.
EMPTY = """
SET lock_timeout = '10s';
DO $$
DECLARE statements text;
BEGIN
  SELECT string_agg(format('DROP %s IF EXISTS public.%I CASCADE',
           CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                        WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, relname), ';')
    INTO statements FROM pg_class
   WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
     AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype IN ('e', 'a', 'i'));
  IF statements IS NOT NULL THEN EXECUTE statements; END IF;
  SELECT string_agg('DROP ROUTINE IF EXISTS ' || oid::regprocedure || ' CASCADE', ';')
    INTO statements FROM pg_proc
   WHERE pronamespace = 'public'::regnamespace
     AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e');
  IF statements IS NOT NULL THEN EXECUTE statements; END IF;
END $$;
"""


def begin() -> None:
    """Refuse before any work where the programs cannot serve this server."""
    _program("pg_dump", for_server=True)


def version() -> str:
    return str(_server_version())


def snapshot(path: Path) -> None:
    """Dump the database as the session's transaction sees it; others go on writing meanwhile."""
    shared = db.session.scalar(db.text("SELECT pg_export_snapshot()"))
    options = ("--format=custom", "--no-owner", "--no-privileges", "--no-comments")
    _run("pg_dump", *options, f"--snapshot={shared}", f"--file={path}", f"--dbname={_address()}")


def opened(path: Path, folder: Path) -> Session:
    """Return a session on the record of actions and on how many rows each table has.

    The whole dump is read, without a server: its record is put into a small database in `folder`.
    Raises Faulty where it cannot be read to its end.
    """
    engine = create_engine(f"sqlite:///{folder / 'record.sqlite'}")
    session = Session(engine)
    for table in RECORD.values():
        table.create(session.connection())
    counted: dict[str, int] = {}
    for name, columns, rows in _tables(path):
        counted[name] = _taken_over(session, name, columns, rows)
    session.info["rows"] = counted
    return session


def replace(path: Path, step: Callable[[str], None]) -> None:
    """Put the database of the dump at `path` in the place of the running one, in one transaction.

    Raises Refused while another process is connected, or where the server refuses.
    """
    _refuse_company()
    psql, address = _program("psql"), _address()
    db.session.remove()
    db.engine.dispose()
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(
            [psql, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={address}"],
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            with _script(path) as script:
                _feed(server, script, step)
        finally:
            with suppress(BrokenPipeError):  # an end without COMMIT changes nothing
                server.communicate()
        if server.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace").strip().splitlines()
            reason = words[0] if words else f"psql ended with {server.returncode}"
            raise Refused(f"PostgreSQL did not take the backup, and nothing was changed: {reason}")


def _feed(
    server: "subprocess.Popen[bytes]",
    script: "subprocess.Popen[bytes]",
    step: Callable[[str], None],
) -> None:
    """Tell psql to empty the database and fill it again. What ends early was never said."""
    assert server.stdin and script.stdout
    try:
        server.stdin.write(f"BEGIN;\n{EMPTY}".encode())
        while piece := script.stdout.read(PIECE):
            server.stdin.write(piece)
            step("database")
        if script.wait():
            raise Refused("pg_restore cannot read the dump; nothing was changed.")
        server.stdin.write(b"\nCOMMIT;\nANALYZE;\n")
        server.stdin.flush()
    except BrokenPipeError:
        return  # psql has ended, and said why


def _refuse_company() -> None:
    others = db.session.scalar(
        db.text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
    )
    db.session.rollback()
    if others:
        raise Refused(
            f"{others} other connections to the database are open: stop web and jobs, then start "
            "again."
        )


# --- the programs


def _program(name: str, *, for_server: bool = False) -> str:
    """Return where a program of PostgreSQL is. Raises Refused where it is not, or is too old."""
    found = shutil.which(name)
    if found is None:
        raise Refused(
            f"{name} is not installed: apt-get install postgresql-client, or put it on PATH."
        )
    if for_server:
        told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
        number = re.search(r"\) (\d+)", told.stdout)
        own, server = int(number[1]) if number else 0, _server_version()
        if own < server:
            raise Refused(
                f"{name} is of version {own} and the server of {server}: install "
                f"postgresql-client-{server}."
            )
    return found


def _server_version() -> int:
    return int(db.session.scalar(db.text("SHOW server_version_num")) or 0) // 10000


def _address() -> str:
    """Return the address of the database for libpq, without the password."""
    url = make_url(settings().DATABASE_URL).set(drivername="postgresql")
    return url._replace(password=None).render_as_string()


def _environment() -> dict[str, str]:
    """Return what the programs run with; the password stays out of the list of processes."""
    password = make_url(settings().DATABASE_URL).password
    return {**os.environ, **({"PGPASSWORD": str(password)} if password else {}), "PGTZ": "UTC"}


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run(
        [_program(name), *arguments],
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words = done.stderr.strip().splitlines()
        reason = words[0] if words else f"it ended with {done.returncode}"
        raise Refused(f"{name} failed: {reason}. No backup was made.")


def _script(path: Path) -> "subprocess.Popen[bytes]":
    """Return pg_restore writing the dump as SQL to its standard output."""
    return subprocess.Popen(
        [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


# --- reading a dump without a server


def _tables(path: Path) -> Iterator[tuple[str, Sequence[str], Iterator[str]]]:
    """Yield each table's name, columns and rows as COPY writes them."""
    with _script(path) as script:
        assert script.stdout
        lines = (line.decode(errors="replace") for line in script.stdout)
        for line in lines:
            head = COPY.fullmatch(line)
            if head is not None:
                columns = [name.strip(' "') for name in head[2].split(",")]
                yield head[1], columns, iter(lines.__next__, "\\.\n")
        if script.wait():
            raise Faulty("database.dump cannot be read to its end")


def _taken_over(session: Session, name: str, columns: Sequence[str], rows: Iterator[str]) -> int:
    """Count the rows of a table, and keep those of the record of actions."""
    table, count, some = RECORD.get(name), 0, []
    try:
        for row in rows:
            count += 1
            if table is not None:
                values = (_unescaped(each) for each in row.rstrip("\n").split("\t"))
                pairs = zip(columns, values, strict=True)
                some.append({key: _read(table.c[key].type, text) for key, text in pairs})
            if len(some) == AT_ONCE and table is not None:
                session.execute(insert(table), some)
                some = []
    except (ValueError, KeyError, RuntimeError):
        raise Faulty(f"database.dump has no readable rows of {name}") from None
    if some and table is not None:
        session.execute(insert(table), some)
    return count


def _unescaped(text: str) -> str | None:
    if text == "\\N":
        return None
    return re.sub(r"\\(.)", lambda found: UNESCAPED.get(found[1], found[1]), text)


def _read(kind: TypeEngine[Any], text: str | None) -> Any:
    if text is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(text)
    if isinstance(kind, Date):
        return date.fromisoformat(text)
    if isinstance(kind, Integer):
        return int(text)
    return json.loads(text) if isinstance(kind, JSON) else text

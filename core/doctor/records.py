"""The database and what is in it: migrated, able to read Chinese, readable with our key, served."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import String, func, make_url, select, type_coerce

from core import calendar, clock, crypto, health, jobs, policy
from core.accounts import Role
from core.accounts.models import Membership
from core.audit.models import AuditEntry
from core.config import settings
from core.db import db, dialect
from core.divisions.queries import the_district
from core.doctor.findings import Finding, hint, wrong
from core.documents import signing
from core.jobs.models import Outcome
from core.jobs.queries import last_run
from core.messages import queries as outbox
from core.policy.models import PolicyValue
from core.privacy import rotation

OLDEST_SERVER = 15
#: A nightly backup that failed twice is a nightly backup that fails.
BACKUP_AGE = timedelta(days=3)


def look_at_engine() -> Iterator[Finding]:
    """What of the engine itself would lose records, or not find them."""
    yield from _sqlite() if dialect() == "sqlite" else _postgresql()


def _sqlite() -> Iterator[Finding]:
    def said(pragma: str) -> str:
        return str(db.session.scalar(db.text(f"PRAGMA {pragma}")))

    if make_url(settings().DATABASE_URL).database in (None, "", ":memory:"):
        yield wrong("The database lies in memory and ends with the process: name a file.")
    elif said("journal_mode") != "wal":
        yield wrong(
            f"SQLite keeps its journal as {said('journal_mode')}, not as WAL, so readers and "
            "writers shut each other out: put the file on a local disk."
        )
    if said("foreign_keys") != "1":
        yield wrong("SQLite does not keep foreign keys: use a build of it that does.")
    orphan = db.session.execute(db.text("PRAGMA foreign_key_check")).first()
    if orphan is not None:
        yield wrong(
            f"A row of {orphan[0]} lacks its row of {orphan[2]}: somebody wrote past the "
            "application; compare with a backup."
        )


def _postgresql() -> Iterator[Finding]:
    kind, encoding = db.session.execute(
        db.text(
            "SELECT datctype, pg_encoding_to_char(encoding) FROM pg_database "
            "WHERE datname = current_database()"
        )
    ).one()
    if kind in ("C", "POSIX"):
        yield wrong(
            f"The database has lc_ctype {kind}, which knows no Chinese letters, so searching finds "
            "nothing: make a new one with --locale C.UTF-8 and put a backup into it."
        )
    if encoding != "UTF8":
        yield wrong(f"The database is kept in {encoding}: make a new one with --encoding UTF8.")
    version = int(db.session.scalar(db.text("SHOW server_version_num")) or 0) // 10000
    if version < OLDEST_SERVER:
        yield wrong(f"PostgreSQL {version} is too old: {OLDEST_SERVER} or newer is needed.")


def look_at_keys() -> Iterator[Finding]:
    """Whether DATA_KEY opens what is stored: the key of every value, and one value of each."""
    known = {crypto.key_id(key) for key in (settings().data_key, *settings().old_data_keys)}
    held = {key for found in rotation.counts().values() for key in found}
    for key in sorted(held - known):
        yield wrong(
            f"Personal data are encrypted with key {key}, which is neither DATA_KEY nor in "
            "OLD_DATA_KEYS: add it to OLD_DATA_KEYS from the safe."
        )
    for table, column in rotation.encrypted_columns():
        raw = type_coerce(column, String)
        for key in sorted(held & known):
            one = select(raw).where(raw.startswith(key)).limit(1)
            stored = db.session.scalar(one)
            try:
                crypto.decrypt(stored) if stored else None
            except crypto.Unreadable:
                yield wrong(
                    f"{table.name}.{column.name} holds text that was changed past the application: "
                    "compare with a backup."
                )


def look_at_calendar() -> Iterator[Finding]:
    """The plan of working days of every year that is near."""
    for year in calendar.years_to_import():
        yield wrong(
            f"The plan of working days of {year} is not known, so time limits may be wrong: "
            "flask calendar import FILE."
        )


def look_at_jobs() -> Iterator[Finding]:
    """Whether jobs run, and do what they should."""
    try:
        health.jobs_run()
    except health.NotReady as missing:
        yield wrong(f"Mail, deadlines and sweeps stand still: {missing}.")
    for job in jobs.declared.values():
        run = last_run(job.name)
        if run is not None and run.outcome is Outcome.FAILED:
            when = clock.local(run.claimed_at)
            yield wrong(
                f"The job {job.name} failed at {when:%Y-%m-%d %H:%M} ({run.error}): see the log."
            )
    dead = outbox.depths().get("dead", 0)
    if dead:
        yield hint(f"{dead} letters did not arrive: flask messages dead.")


def look_at_office() -> Iterator[Finding]:
    """Whether there is a district, somebody who runs it, values that are known, a key to sign."""
    if the_district() is None:
        yield wrong("No district is loaded: flask district load FILE.")
    runs = select(Membership.id).where(Membership.role == Role.ADMINISTRATOR).limit(1)
    if db.session.scalar(runs) is None:
        yield wrong("Nobody is administrator: flask accounts grant LOGIN BODY administrator.")
    known = {each.key for each in policy.declared()}
    for key in db.session.scalars(select(PolicyValue.key).distinct()):
        if key not in known:
            yield wrong(
                f"The value {key} was set by a newer version than runs here: bring the application "
                "up to that version."
            )
    if signing.present_key() is None:
        yield hint("Papers are issued without a signature: flask keys sign new.")


def look_at_backups() -> Iterator[Finding]:
    """How long ago a backup was made, in service."""
    if not settings().in_production:
        return
    last = db.session.scalar(
        select(func.max(AuditEntry.at)).where(AuditEntry.action == "backup:create")
    )
    if last is None or last < clock.now() - BACKUP_AGE:
        since = f"since {clock.local(last):%Y-%m-%d}" if last else "ever"
        yield wrong(f"No backup was made {since}: flask backup create, every night.")

"""`flask doctor`: examine the set-up, and say what to do."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from core import health
from core.cli import sentence
from core.config import settings
from core.db import db
from core.doctor import machine, records
from core.doctor.findings import Finding, Look, wrong

#: Looked at in any case, and where the database is there and migrated.
ALWAYS: tuple[Look, ...] = (
    machine.look_at_settings,
    machine.look_at_libraries,
    machine.look_at_fonts,
    machine.look_at_words,
    machine.look_at_room,
    machine.look_at_mail,
    machine.look_at_scanner,
    machine.look_at_seal,
)
WITH_RECORDS: tuple[Look, ...] = (
    records.look_at_engine,
    records.look_at_keys,
    records.look_at_calendar,
    records.look_at_jobs,
    records.look_at_office,
    records.look_at_backups,
)


def examine() -> Iterator[Finding]:
    """Yield everything that is wrong, what the web server needs before all else.

    Without a database at its newest migration, what is in it is not looked at.
    """
    usable = True
    for name, check in health.NEEDED.items():
        if name == "migrations" and not usable:
            continue
        for finding in _asked(name, check):
            usable = usable and name not in ("database", "migrations")
            yield finding
    for look in (*ALWAYS, *(WITH_RECORDS if usable else ())):
        try:
            yield from look()
        except DBAPIError as refused:
            yield _refused(refused)
        finally:
            db.session.rollback()


def _asked(name: str, check: Callable[[], None]) -> Iterator[Finding]:
    """Yield what /readyz would find, with what it keeps for the log."""
    try:
        check()
    except health.NotReady as missing:
        yield wrong(f"{str(missing)[:1].upper()}{str(missing)[1:]}.")
    except DBAPIError as refused:
        yield _refused(refused)
    except Exception as failed:
        place = settings().STORAGE_URL if name == "storage" else name
        reason = str(failed).strip().partition("\n")[0]
        yield wrong(
            f"{place} takes no files ({reason}): check STORAGE_URL, and who may write there."
        )
    finally:
        with suppress(DBAPIError):
            db.session.rollback()


def _refused(refused: DBAPIError) -> Finding:
    return wrong(sentence(refused) or f"The database refuses: {refused.orig}.")


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Say what is wrong with this set-up and what to do; 1 if anything is."""
    found = list(examine())
    for finding in found:
        mark = "Hint: " if finding.is_hint else "Wrong:"
        click.echo(f"{mark} {finding.words}")
    faults = sum(not finding.is_hint for finding in found)
    if faults:
        click.echo(f"{faults} to be put right.")
        raise SystemExit(1)
    click.echo("Nothing is wrong.")

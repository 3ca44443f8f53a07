"""`flask backup`: make one, look whether one is whole, put one back."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from core import clock
from core.backups import actions
from core.backups.checking import check
from core.backups.manifest import Faulty, Manifest, Refused

group = AppGroup("backup", help="Database and files together in one file.")
PLACE = click.argument("file", type=click.Path(path_type=Path))
#: What SQLite says where there is no room.
NO_ROOM = ("full", "disk I/O error")


@contextmanager
def _in_one_sentence() -> Iterator[None]:
    try:
        yield
    except (Refused, Faulty) as refused:
        raise click.ClickException(str(refused)) from None
    except sqlite3.OperationalError as failed:
        if any(sign in str(failed) for sign in NO_ROOM):
            raise click.ClickException(f"There is no room for the backup: {failed}.") from None
        raise
    except OSError as failed:
        where = f" ({failed.filename})" if failed.filename else ""
        raise click.ClickException(f"It cannot be written: {failed.strerror}{where}.") from None


@group.command("create")
@PLACE
@click.option("--despite-missing", is_flag=True, help="Also where a file is gone; notes which.")
def create(file: Path, despite_missing: bool) -> None:
    """Write a backup to FILE, or under today's name into the folder FILE, while all goes on."""
    with _in_one_sentence():
        path = file / f"district-{clock.local(clock.now()):%Y%m%d-%H%M%S}.tar"
        path = path if file.is_dir() else file
        told = actions.create(path, despite_missing=despite_missing)
        click.echo(f"{path}: {path.stat().st_size / 1e6:,.1f} MB. {_said(told)}")


@group.command("verify")
@PLACE
def verify(file: Path) -> None:
    """Look whether FILE is whole, without touching the running database; 1 if it is not."""
    with _in_one_sentence():
        report = check(file)
    click.echo(_said(report.manifest))
    for fault in report.faults:
        click.echo(f"{file}: {fault}.")
    if report.more:
        click.echo(f"… and {report.more:,} more")
    for name in report.missing:
        click.echo(f"The file {name} was gone already when the backup was made.")
    if not report.is_whole:
        raise SystemExit(1)
    click.echo("The backup is whole, and so is its record of actions.")


@group.command("restore")
@PLACE
@click.option("--replace", is_flag=True, help="Put it in the place of what the database holds.")
def restore(file: Path, replace: bool) -> None:
    """Put the backup FILE back. Stop web and jobs before.

    It is checked first. Killed before its end, it leaves the former state.
    """
    with _in_one_sentence():
        done = actions.restore(file, replace=replace, step=_telling())
    click.echo(f"The database and its files are back. {_said(done.manifest)}")
    click.echo(f"{done.files_added:,} files were missing in the storage and were added.")
    if done.migrated_to != done.manifest.migration:
        click.echo(f"The database was brought up to migration {done.migrated_to}.")
    for name in done.missing:
        click.echo(f"The file {name} was gone already when the backup was made.")
    for key in done.unknown_keys:
        click.echo(f"Personal data are encrypted with key {key}: add it to OLD_DATA_KEYS.")
    if not done.record_is_whole:
        raise click.ClickException("The record of actions is not whole: flask audit verify.")
    click.echo(f"The record of actions is whole: {done.entries:,} entries. Start web and jobs.")


def _said(told: Manifest) -> str:
    made = clock.local(told.made_at)
    return (
        f"Made {made:%Y-%m-%d %H:%M:%S} from {told.engine} {told.engine_version} at migration "
        f"{told.migration}: {sum(told.rows.values()):,} rows, {told.files:,} files."
    )


def _telling() -> Callable[[str], None]:
    """Return what says once of each part of the work that it has begun."""
    told: set[str] = set()

    def tell(part: str) -> None:
        if part not in told:
            told.add(part)
            click.echo(f"Putting back: {part} …")

    return tell

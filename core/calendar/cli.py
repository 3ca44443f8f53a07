"""Commands: `flask calendar import` and `flask calendar show`."""

from pathlib import Path

import click
from flask.cli import AppGroup

from core.accounts import SYSTEM
from core.calendar import actions, queries
from core.db import atomic
from core.errors import DomainError
from core.i18n import _

group = AppGroup("calendar", help="Working days: import a year's plan, show a year.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", help="Where the plan comes from, e.g. the announcement's number.")
def import_file(file: Path, source: str | None) -> None:
    """Import the plan of one or more years from a CSV FILE: day,kind,name.

    A year in the file replaces what was imported for it before. A mistake imports nothing.
    """
    try:
        raw = file.read_bytes()
        with atomic():
            years = actions.import_file(raw=raw, source=source or file.name, by=SYSTEM)
    except DomainError as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(_("Imported: %(years)s", years=", ".join(map(str, years))))


@group.command("show")
@click.argument("year", type=click.IntRange(queries.FIRST_YEAR, queries.LAST_YEAR))
def show(year: int) -> None:
    """Show the days of YEAR that differ from Monday to Friday, and how many are worked."""
    days = queries.days_of(year)
    if queries.is_provisional(year):
        click.echo(_("The plan of %(year)d is not known yet: the law's days off only.", year=year))
    for shown in days:
        if shown.is_special or shown.imported:
            kind = _("Make-up working day") if shown.working else _("Day off")
            click.echo(f"{shown.day.isoformat()}  {kind}  {shown.name}")
    worked = sum(shown.working for shown in days)
    click.echo(_("%(n)d working days in %(year)d", n=worked, year=year))

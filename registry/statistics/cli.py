"""Commands: `flask statistics report`, `flask statistics count`."""

import click
from flask.cli import AppGroup

from core import clock
from core.accounts import SYSTEM
from core.db import atomic
from core.errors import DomainError
from registry.statistics import actions

group = AppGroup("statistics", help="Figures of the register and the monthly report.")


@group.command("report")
@click.argument("month", required=False)
def report(month: str | None) -> None:
    """Issue the report of MONTH, such as 2026-10; of last month where none is named."""
    asked = month or f"{actions.month_before(clock.today()):%Y-%m}"
    try:
        with atomic():
            click.echo(actions.issue_report(month=asked, by=SYSTEM).instrument.number)
    except DomainError as refused:
        raise click.ClickException(str(refused)) from None


@group.command("count")
def count() -> None:
    """Count a large register now, as is done each half hour."""
    click.echo(f"{actions.store_figures()} versions")

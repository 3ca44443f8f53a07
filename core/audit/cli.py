"""`flask audit`: prove that the record is whole, and print what its days came to."""

from datetime import datetime

import click
from flask.cli import AppGroup

from core.audit import queries
from core.audit.verification import count_entries, verify

group = AppGroup("audit", help="The record of who did what.")
#: Findings printed; a record that was rewritten as a whole would fill the screen.
PRINTED = 100


@group.command("verify")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="First day to look at.")
def verify_chain(since: datetime | None) -> None:
    """Look for changed, removed and inserted entries and say where; 1 if there are any."""
    day = since.date() if since else None
    found = 0
    for finding in verify(day):
        found += 1
        if found <= PRINTED:
            click.echo(str(finding))
    if found > PRINTED:
        click.echo(f"… and {found - PRINTED} more")
    if found:
        click.echo(f"The record was tampered with: {found} findings.")
        raise SystemExit(1)
    click.echo(f"The record is whole: {count_entries(day)} entries.")


@group.command("roots")
@click.option("--days", default=40, show_default=True)
def roots(days: int) -> None:
    """Print what the last closed days came to: day, entries, digest."""
    for root in queries.list_roots(days):
        click.echo(f"{root.day} {root.entries:>8} {root.digest}")

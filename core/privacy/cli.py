"""Commands: a new data key, and the sweep of what has been kept long enough."""

import click
from flask.cli import AppGroup

from core import crypto
from core.config import settings
from core.key_commands import keys as keys
from core.privacy import retention, rotation

privacy = AppGroup("privacy", help="How long personal data are kept.")


@keys.command("status")
def status() -> None:
    """Say which key has encrypted how much. The first line names today's key."""
    click.echo(f"today's key: {crypto.key_id(settings().data_key)}")
    for name, held in rotation.counts().items():
        for key, count in sorted(held.items()):
            click.echo(f"  {name:<40} {key} {count:>10,}")


@keys.command("rotate")
@click.option("--batch", default=rotation.BATCH, show_default=True, help="Values a transaction.")
def rotate(batch: int) -> None:
    """Encrypt everything anew with DATA_KEY; what went before is read with OLD_DATA_KEYS.

    May be stopped and started again: it goes on where it ended.
    """
    try:
        done = rotation.rotate(batch=batch)
    except crypto.Unreadable as unknown:
        raise click.ClickException(
            f"{unknown}. Add that key to OLD_DATA_KEYS and start again; what is done stays done."
        ) from None
    click.echo(f"{done:,} values are encrypted with key {crypto.key_id(settings().data_key)} now")


@privacy.command("sweep")
@click.option("--dry-run", is_flag=True, help="Only count.")
def sweep(dry_run: bool) -> None:
    """Delete or erase what has been kept for its time."""
    for key, count in retention.sweep(only_count=dry_run).items():
        click.echo(f"  {key:<24} {count:>8,}{' would go' if dry_run else ''}")


@privacy.command("table")
def table() -> None:
    """Print how long what is kept."""
    for line in retention.table():
        click.echo(f"{line.key:<24} {line.spoken or str(line.end)} | {line.what} | {line.basis}")

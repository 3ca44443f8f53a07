"""`flask keys sign`: the keys that sign papers. Public halves stay published for good."""

import click
from flask.cli import AppGroup

from core.accounts import SYSTEM
from core.db import atomic
from core.documents import signing
from core.errors import DomainError
from core.key_commands import keys as keys

sign = AppGroup("sign", help="Keys that sign papers.")
keys.add_command(sign)


@sign.command("new")
def new_key() -> None:
    """Make a key that signs from now on; the one before it signs no more."""
    with atomic():
        key = signing.new_key(by=SYSTEM)
        words = f"Key {key.id} signs from today, {key.active_from}."
    click.echo(words)


@sign.command("list")
def list_keys() -> None:
    """Print every key: from when to when it signed, and whether it was withdrawn."""
    keys = signing.list_keys()
    if not keys:
        click.echo("There is no key yet: papers are issued unsigned. Make one: flask keys sign new")
    for key in keys:
        end = f"withdrawn {key.withdrawn_on}" if key.withdrawn_on else ""
        click.echo(f"{key.id}  {key.active_from} to {key.active_until or 'now':10}  {end}".rstrip())


@sign.command("withdraw")
@click.argument("key")
@click.option("--reason", required=True, help="Why its signatures prove nothing any more.")
def withdraw_key(key: str, reason: str) -> None:
    """Declare a key worthless: somebody else may have its private half."""
    try:
        with atomic():
            signing.withdraw_key(key, reason=reason, by=SYSTEM)
    except DomainError as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"Key {key} is withdrawn. Papers signed with it are verified by number only.")

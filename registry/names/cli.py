"""Commands about names: `flask names load` and `flask names refresh`."""

import click

from core.db import atomic
from core.i18n import _
from registry.names import keys, word_actions


@click.group("names")
def group() -> None:
    """Names: word lists and the index of near names."""


@group.command("load")
def load() -> None:
    """Take the word lists that come with the program into an empty table."""
    with atomic():
        count = word_actions.load_defaults()
    if count:
        click.echo(_("%(n)d words taken over.", n=count))
    else:
        click.echo(_("The table has words already; nothing was changed."))


@group.command("refresh")
def refresh() -> None:
    """Make the index of names anew where it is missing or old: after an import, an update."""
    done, clashes = keys.refresh(batches=10**6)
    click.echo(_("%(n)d names done.", n=done))
    if clashes:
        click.echo(_("%(n)d living names now fold to another's; see the register.", n=clashes))

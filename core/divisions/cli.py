"""Commands: `flask district load`."""

from pathlib import Path

import click
from flask.cli import AppGroup

from core.accounts import SYSTEM
from core.db import atomic
from core.divisions import district_file, loading, queries
from core.errors import DomainError, RuleBroken
from core.i18n import _

group = AppGroup("district", help="The district that this installation serves.")


@group.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(file: Path) -> None:
    """Load the district's names, streets, communities and figures from a TOML FILE.

    Loading a file again changes only what differs. A mistake in the file loads nothing.
    """
    try:
        content = district_file.read_district(_text(file))
        with atomic():
            done = loading.load_district(content, by=SYSTEM)
    except DomainError as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(
        _(
            "%(name)s: %(streets)d streets, %(communities)d communities; "
            "%(added)d rows added, %(changed)d changed.",
            name=queries.district_name(),
            streets=len(queries.streets()),
            communities=len(queries.communities()),
            added=done.added,
            changed=done.changed,
        )
    )


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RuleBroken(_("The file is not UTF-8 text."), field="file") from None

"""Commands: `flask register import` and `flask register export`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from core.errors import DomainError
from core.i18n import _, ngettext
from registry.organizations import exporting, importing
from registry.organizations.importing.reasons import place_of

group = AppGroup("register", help="The register of social organizations.")
FILE = click.Path(dir_okay=False, path_type=Path)


@group.command("import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@click.option("--rejects", type=FILE, help="Where to write the rows that stay out, as CSV.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the file shows the register of (default: today). Old streets are looked up on "
    "the map of that day.",
)
@click.pass_context
def import_file(
    context: click.Context, file: Path, dry_run: bool, rejects: Path | None, on: datetime | None
) -> None:
    """Import a register kept as CSV or spreadsheet FILE; good rows land, bad ones are listed.

    A second run changes nothing. Ends with 1 only where the file could not be read at all.
    """
    try:
        with _bar() as progress:
            report = importing.run(
                file,
                dry_run=dry_run,
                rejects=rejects,
                on=on.date() if on else None,
                progress=progress,
            )
    except (DomainError, OSError) as refused:
        click.echo(str(refused), err=True)
        context.exit(1)
    _tell(report, dry_run=dry_run, rejects=rejects)


@group.command("export")
@click.argument("file", type=FILE)
def export_file(file: Path) -> None:
    """Write the whole register to FILE, CSV or XLSX by its ending, as `import` reads it."""
    try:
        rows = exporting.export(file)
    except (DomainError, OSError) as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(
        ngettext("Wrote %(num)d organization.", "Wrote %(num)d organizations.", rows) + f" {file}"
    )


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Show how far it is, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda done, rows: None
        return
    with click.progressbar(length=1, label=_("Importing"), file=sys.stderr) as bar:

        def show(done: int, rows: int) -> None:
            bar.length = rows
            bar.update(done - bar.pos)

        yield show


def _tell(report: importing.Report, *, dry_run: bool, rejects: Path | None) -> None:
    for problem in report.problems:
        place = place_of(problem.row)
        click.echo(
            _(
                "%(place)s, %(column)s: “%(value)s” – %(reason)s",
                place=place[0].upper() + place[1:],
                column=problem.column or "—",
                value=problem.value.strip(),
                reason=problem.words,
            )
        )
    if report.passed_over:
        names = _(", ").join(report.passed_over)
        click.echo(_("Sheets without a header row, which were not read: %(names)s", names=names))
    columns = report.columns
    if columns.unknown:
        names = ", ".join(columns.unknown)
        click.echo(_("Columns that were not understood and not read: %(names)s", names=names))
    if columns.spare:
        names = ", ".join(columns.spare)
        click.echo(_("Columns passed over for a better one: %(names)s", names=names))
    click.echo(
        _(
            "%(rows)d rows: %(new)d new, %(updated)d updated, %(unchanged)d unchanged, "
            "%(rejected)d rejected.",
            rows=report.rows,
            new=report.new,
            updated=report.updated,
            unchanged=report.unchanged,
            rejected=report.rejected,
        )
    )
    if dry_run:
        click.echo(_("This was a trial: nothing was written."))
    if rejects and report.rejected:
        words = _("The rejected rows are in %(file)s; correct and import them.", file=rejects)
        click.echo(words)

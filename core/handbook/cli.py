"""`flask docs build`: write the generated pages of docs/, or check that they are current."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from core.config import ROOT
from core.handbook.pages import generated

docs = AppGroup("docs", help="The generated part of the handbook.")


@docs.command("build")
@click.option("--check", is_flag=True, help="Write nothing; fail where a page is out of date.")
@click.option("--into", type=click.Path(path_type=Path), default=ROOT / "docs")
def build(check: bool, into: Path) -> None:
    """Write docs/workflows/*.md, docs/policies.md, docs/access.csv and docs/jobs.md.

    A page of a kind of case that is no longer declared is removed.
    """
    pages = {into / name: text for name, text in generated(current_app).items()}
    stale = [
        path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text
    ]
    gone = [path for path in (into / "workflows").glob("*.md") if path not in pages]
    if not check:
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[path], "utf-8")
        for path in gone:
            path.unlink()
    for path in stale:
        click.echo(f"{'out of date' if check else 'written'}: docs/{path.relative_to(into)}")
    for path in gone:
        click.echo(f"{'no longer declared' if check else 'removed'}: docs/{path.relative_to(into)}")
    if check and (stale or gone):
        sys.exit(1)

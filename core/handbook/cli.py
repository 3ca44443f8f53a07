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
    """Write docs/workflows/*.md, docs/policies.md, docs/access.csv and docs/jobs.md."""
    stale = []
    for name, text in generated(current_app).items():
        target = into / name
        if target.exists() and target.read_text("utf-8") == text:
            continue
        stale.append(name)
        if not check:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
    for name in stale:
        click.echo(f"{'out of date' if check else 'written'}: docs/{name}")
    if check and stale:
        sys.exit(1)

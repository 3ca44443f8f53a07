"""`flask demo`: a district with people, register and cases, made through the users' own actions.

Rooms add their part with `part`; parts run in their order, each once, each in its transactions.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from core.config import settings
from core.db import db


@dataclass(frozen=True)
class Part:
    """A piece of the demo. `made` tells whether it is there already."""

    order: int
    name: str
    make: Callable[[], None]
    made: Callable[[], bool]


@dataclass(frozen=True)
class DemoAccount:
    """An account that the demo makes, for the list that `make run` prints."""

    login: str
    who: str


PASSWORD = "open-district-2026"


def part(app: Flask, it: Part, accounts: tuple[DemoAccount, ...] = ()) -> None:
    """Add a part to the demo, with the accounts it makes."""
    app.extensions.setdefault("demo", []).append(it)
    app.extensions.setdefault("demo_accounts", []).extend(accounts)


@click.command("demo")
@click.option("--accounts", is_flag=True, help="Only list the accounts.")
@with_appcontext
def demo(accounts: bool) -> None:
    """Make the demo district: what is there already stays as it is."""
    if settings().in_production:
        raise click.ClickException("The demo is not made in production.")
    if not accounts:
        # Papers leave millions of small objects behind; what was there before them is no rubbish.
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        for it in sorted(current_app.extensions.get("demo", []), key=lambda p: p.order):
            if not it.made():
                click.echo(f"demo: {it.name}", err=True)
                it.make()
            db.session.rollback()
    for account in current_app.extensions.get("demo_accounts", []):
        click.echo(f"  {account.login:<14} {account.who}")
    click.echo(f"  {'':<14} password for all: {PASSWORD}")


def init_app(app: Flask) -> None:
    app.cli.add_command(demo)

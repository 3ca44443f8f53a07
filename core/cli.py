"""Commands of the house itself, and how every command says that the database is not there."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import click
from flask import Flask
from flask_migrate.cli import db as migrations  # type: ignore[import-not-found]  # not in its stubs
from sqlalchemy.exc import DBAPIError, OperationalError

from core import demo, handbook

#: What SQLite says of its file; it calls every mistake operational.
FILE = ("unable to open", "locked", "readonly", "disk", "malformed", "not a database")
#: What the engines call a table or column that is not there.
ABSENT = ("no such table", "no such column", "UndefinedTable", "UndefinedColumn")


def init_app(app: Flask) -> None:
    """Add `flask demo` and `flask docs`; features register their own groups."""
    demo.init_app(app)
    handbook.init_app(app)


def speak_plainly(app: Flask) -> None:
    """Let every command, those of migrations too, end with one sentence without a database."""
    for command in _each(*app.cli.commands.values(), migrations):
        if command.callback is not None and not hasattr(command.callback, "speaks_plainly"):
            command.callback = _plain(command.callback)


def _each(*commands: click.Command) -> Iterator[click.Command]:
    for command in commands:
        if isinstance(command, click.Group):
            yield from _each(*command.commands.values())
        else:
            yield command


def _plain(work: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(work)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return work(*args, **options)
        except DBAPIError as refused:
            words = sentence(refused)
            if words is None:
                raise
            raise click.ClickException(words) from None

    run.speaks_plainly = True  # type: ignore[attr-defined]
    return run


def sentence(refused: DBAPIError) -> str | None:
    """Return what a person at a terminal has to know; None for a mistake of ours."""
    told = f"{type(refused.orig).__name__}: {refused.orig}"
    if any(sign in told for sign in ABSENT):
        return "The database is not at the newest migration. Run: flask --app wsgi db upgrade"
    of_sqlite = isinstance(refused.orig, sqlite3.Error)
    if any(sign in told for sign in FILE) if of_sqlite else isinstance(refused, OperationalError):
        reason = str(refused.orig).strip().splitlines()[0]
        return f"The database does not answer: {reason}. Check DATABASE_URL."
    return None

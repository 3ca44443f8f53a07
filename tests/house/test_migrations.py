"""Migrations make exactly what the models declare, one numbered step at a time, each way."""

import re
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import inspect, text

import wsgi
from core.config import Settings
from core.db import db, dialect
from tests.conftest import ROOT, World

VERSIONS = sorted(path.name for path in (ROOT / "migrations" / "versions").glob("*.py"))

#: Whatever a database is made of beside rows, by kind and name.
OBJECTS = {
    "sqlite": "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
    "postgresql": """
        SELECT relkind::text, relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger', tgname FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'function', proname FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT 'constraint', conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    """,
}


@pytest.fixture
def empty(world: World) -> Iterator[Flask]:
    """The application on a database without a table."""
    world.databases.create("history")
    settings = {**world.settings, "DATABASE_URL": world.databases.url("history")}
    app = wsgi.create_app(Settings(**settings))  # type: ignore[arg-type]
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    world.databases.drop("history")


def objects() -> set[tuple[str, str]]:
    with db.engine.connect() as connection:
        rows = connection.execute(text(OBJECTS[dialect()])).all()
    return {(kind, name) for kind, name in rows if "alembic_version" not in name}


def test_there_is_a_history_without_gaps():
    assert VERSIONS, 'draft the first one: make migrate M="First tables"'
    assert [int(name[:4]) for name in VERSIONS] == list(range(1, len(VERSIONS) + 1))


@pytest.mark.parametrize("name", VERSIONS)
def test_a_migration_stands_on_itself(name):
    """It may not call what changes later: of ours only column types, which keep their meaning."""
    lines = Path(ROOT, "migrations", "versions", name).read_text(encoding="utf-8")
    used = set(re.findall(r"\b(?:core|registry|grading|incubator)(?:\.\w+)+", lines))
    assert not {place for place in used if not place.startswith("core.db")}
    assert "downgrade" in lines


def test_migrations_make_what_the_models_declare(empty):
    flask_migrate.upgrade()
    flask_migrate.check()
    made = objects()
    flask_migrate.downgrade(revision="base")
    db.create_all()
    assert made == objects()


def test_every_step_can_be_taken_back(empty):
    flask_migrate.upgrade()
    newest = objects()
    for _step in VERSIONS:
        flask_migrate.downgrade()
    assert not objects()
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    flask_migrate.upgrade()
    assert objects() == newest

"""At a terminal: without a database, or without its tables, one sentence and no traceback."""

import pytest
from sqlalchemy import create_engine

from core.cli import sentence
from core.config import Settings, UnsafeSettings, from_environment
from core.db import db
from tests.core.test_errors import NOWHERE

COMMANDS = [("audit", "verify"), ("jobs", "run"), ("jobs", "once"), ("demo",)]


@pytest.fixture
def empty(app, world, monkeypatch):
    """The application on a database without tables."""
    db.session.remove()
    world.databases.create("empty")
    bare = create_engine(world.databases.url("empty"))
    monkeypatch.setitem(db.engines, None, bare)
    yield app
    db.session.remove()
    bare.dispose()
    world.databases.drop("empty")


@pytest.fixture
def lost(app, engine, monkeypatch):
    """The application whose database does not answer."""
    db.session.remove()
    away = create_engine(NOWHERE[engine])
    monkeypatch.setitem(db.engines, None, away)
    yield app
    db.session.remove()
    away.dispose()


def one_sentence(app, command):
    done = app.test_cli_runner().invoke(args=command)
    assert done.exit_code == 1, done.output
    told = [line for line in done.output.splitlines() if line.startswith("Error: ")]
    assert len(told) == 1, done.output
    assert "Traceback" not in done.output
    return told[0]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_database_without_tables_is_one_sentence(empty, command):
    assert "flask --app wsgi db upgrade" in one_sentence(empty, command)


@pytest.mark.parametrize("command", COMMANDS[:2], ids=" ".join)
def test_a_database_that_does_not_answer_is_one_sentence(lost, command):
    assert "The database does not answer" in one_sentence(lost, command)


def test_a_mistake_of_ours_stays_what_it_is(app):
    with pytest.raises(db.exc.SQLAlchemyError) as broken:
        db.session.execute(db.text("SELEKT 1"))
    assert sentence(broken.value) is None  # though SQLite calls every mistake operational


GOOD = {
    "SECRET_KEY": "x" * 40,
    "DATA_KEY": "A" * 43 + "=",
    "DATABASE_URL": "postgres://u@h/d",
    "STORAGE_URL": "file:///tmp/files",
    "PUBLIC_URL": "https://sg.example.cn",
}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", None, "SECRET_KEY is not set"),
        ("DATA_KEY", None, "DATA_KEY is not set"),
        ("DATA_KEY", "short", "DATA_KEY must be 32 bytes"),
        ("DATA_KEY", "ü", "DATA_KEY must be 32 bytes"),
        ("SECRET_KEY", "short", "SECRET_KEY must have at least 32 characters"),
        ("DATABASE_URL", "mysql://h/d", "DATABASE_URL must begin with"),
        ("PUBLIC_URL", "http://sg.example.cn", "PUBLIC_URL must begin with https:// in production"),
        ("STORAGE_URL", "files", "STORAGE_URL must begin with"),
        ("PORT", "eighty", "PORT "),
        ("API_LIMIT", "many", "API_LIMIT "),
    ],
)
def test_an_unsafe_setting_is_one_sentence(monkeypatch, name, value, words):
    for each, good in {**GOOD, "APP_ENV": "production", name: value}.items():
        monkeypatch.delenv(each, raising=False)
        if good is not None:
            monkeypatch.setenv(each, good)
    with pytest.raises(UnsafeSettings) as refused:
        from_environment()
    told = str(refused.value)
    assert told.startswith("Cannot start: ") and words in told
    assert "\n" not in told


def test_good_settings_are_read(monkeypatch):
    for each, good in GOOD.items():
        monkeypatch.setenv(each, good)
    monkeypatch.setenv("APP_ENV", "production")
    found = from_environment()
    assert isinstance(found, Settings)
    assert found.DATABASE_URL == "postgresql+psycopg://u@h/d"
    assert found.in_production
    assert len(found.data_key) == 32
    assert found.public_url == "https://sg.example.cn"

"""The test machinery keeps its own promises, so that a green run means something."""

import socket
import warnings
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import inspect

from core import clock
from core.db import db, dialect
from tests.conftest import OutsideConnection


def test_a_test_runs_on_the_engine_it_says(app, engine):
    assert dialect() == engine
    assert "user_account" in inspect(db.engine).get_table_names()


@pytest.mark.engines("sqlite")
def test_one_engine_is_enough_where_a_test_says_so(app, engine):
    assert engine == "sqlite"


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_starts_from_an_empty_database(app, turn):
    table = "left_behind"
    assert table not in inspect(db.engine).get_table_names()
    db.session.execute(db.text(f"CREATE TABLE {table} (id integer)"))
    db.session.commit()


def test_requests_do_not_share_the_context_of_the_test(app: Flask, client):
    db.session.info["mine"] = True
    answer = client.get("/sign-in")
    assert answer.status_code == 200
    assert db.session.info["mine"]


def test_another_machine_cannot_be_reached():
    with pytest.raises(OutsideConnection), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))


def test_a_warning_is_an_error():
    with pytest.raises(UserWarning):
        warnings.warn("mind the step", UserWarning, stacklevel=1)


def test_the_clock_can_be_held(frozen):
    frozen("2026-03-02 09:00")
    assert clock.now() == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert clock.today().isoformat() == "2026-03-02"

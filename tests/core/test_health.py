"""Health: alive, ready with reasons, and numbers for this machine only."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import create_engine

from core import clock
from core.accounts.models import User
from core.attachments.storage import Storage
from core.db import atomic, db
from core.health import _newest_migrations
from core.jobs.models import JobRunner
from core.jobs.queries import SILENT_AFTER
from core.messages import MessageTemplate, send, wording


@pytest.fixture
def migrated(app):
    """The database says that it is at the newest migration, however it was made."""
    with atomic():
        db.session.execute(
            db.text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))")
        )
        db.session.execute(db.text("DELETE FROM alembic_version"))
        for head in _newest_migrations():
            db.session.execute(db.text("INSERT INTO alembic_version VALUES (:n)"), {"n": head})


def seen(at):
    with atomic():
        db.session.add(JobRunner(name="here:1", started_at=at, seen_at=at))


@contextmanager
def lost_database():
    """Let the application look for its database where none can be."""
    kept = db.engines[None]
    db.engines[None] = create_engine("sqlite:////nowhere/at/all.db")
    try:
        yield
    finally:
        db.engines[None].dispose()
        db.engines[None] = kept


def test_a_process_that_answers_is_alive_even_without_a_database(app, client):
    with lost_database():
        assert client.get("/healthz").text == "ok\n"


def test_ready_says_ok_to_everything(migrated, client):
    seen(clock.now())
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {
        "ready": True,
        "checks": {"database": "ok", "migrations": "ok", "storage": "ok", "jobs": "ok"},
    }


def test_silent_jobs_are_told_but_do_not_make_it_unready(migrated, client, frozen):
    frozen("2026-03-02 09:00")
    assert "ever" in client.get("/readyz").json["checks"]["jobs"]
    seen(clock.now() - SILENT_AFTER)
    assert client.get("/readyz").json["checks"]["jobs"] == "ok"
    frozen("2026-03-02 09:00:01")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "since 2026-03-02 08:58" in answer.json["checks"]["jobs"]


def test_a_database_behind_its_migrations_is_not_ready(migrated, client):
    with atomic():
        db.session.execute(db.text("DELETE FROM alembic_version"))
        db.session.execute(db.text("INSERT INTO alembic_version VALUES ('older')"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "flask db upgrade" in answer.json["checks"]["migrations"]


def test_a_storage_that_takes_no_files_is_not_ready(app, migrated, client, tmp_path):
    kept, file = app.extensions["storage"], tmp_path / "file"
    app.extensions["storage"] = Storage(file.as_uri())
    file.rmdir()
    file.write_text("not a folder")
    try:
        answer = client.get("/readyz")
    finally:
        app.extensions["storage"] = kept
    assert answer.status_code == 503
    assert answer.json["checks"]["storage"] == "failed; see the log"


def test_a_lost_database_is_not_ready_and_betrays_nothing(app, client):
    with lost_database():
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"]["database"] == "failed; see the log"
    assert "nowhere" not in answer.text


def test_numbers_tell_requests_and_queues(app, client, frozen):
    frozen("2026-03-02 09:00")
    template = MessageTemplate("test.metrics", "x", "y")
    with atomic():
        user = User(
            login="wei", display_name="王伟", email="wei@example.org", password_hash="x",
            session_stamp="s",
        )  # fmt: skip
        db.session.add(user)
        db.session.flush()
        send([user], template.key)
    del wording.templates["test.metrics"]
    seen(clock.now() - timedelta(seconds=7))
    frozen("2026-03-02 09:00:30")
    client.get("/nowhere/at/all")
    text = client.get("/metrics").text
    assert 'district_requests_total{endpoint="none",method="GET",status="404"}' in text
    assert re.search(r'district_request_seconds_bucket\{endpoint="none",le="10.0"\} \d', text)
    assert 'district_mails{status="waiting"} 1.0' in text
    assert "district_mail_waiting_seconds 30.0" in text
    assert "district_jobs_silent_seconds 37.0" in text
    assert "wei" not in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.1", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}, 404),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.1"}, 404),
        ("not an address", {}, 404),
    ],
)
@pytest.mark.engines("sqlite")
def test_numbers_are_for_this_machine_only(app, client, address, headers, status):
    answer = client.get("/metrics", environ_base={"REMOTE_ADDR": address}, headers=headers)
    assert answer.status_code == status

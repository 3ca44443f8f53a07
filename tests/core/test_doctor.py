"""`flask doctor`: every fault is made for real, and its sentence found."""

import os
from contextlib import contextmanager

import flask_migrate
import pytest
from sqlalchemy import create_engine

from core import clock, crypto
from core.accounts import Role
from core.accounts.models import Membership
from core.attachments.storage import Storage
from core.config import Settings
from core.db import atomic, db
from core.doctor import machine
from core.doctor.cli import examine
from core.documents import fonts
from core.jobs.models import JobRun, JobRunner, Outcome
from core.policy.models import PolicyValue
from tests.processes import free_port

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def healthy(town, app, mail_server, monkeypatch, tmp_path):
    """A district as it should be: jobs run, papers are signed, there is room."""
    monkeypatch.setattr(machine, "LEAST_FREE", 0)
    monkeypatch.setattr(machine, "CATALOGUES", tmp_path / "translations")  # who works on them knows
    with atomic():
        db.session.add(JobRunner(name="here:1", started_at=clock.now(), seen_at=clock.now()))
    assert app.test_cli_runner().invoke(args=["keys", "sign", "new"]).exit_code == 0
    return app


def told(*, hints=False):
    return [finding.words for finding in examine() if finding.is_hint is hints]


@pytest.mark.engines("sqlite", "postgresql")
def test_nothing_is_wrong_with_a_good_set_up(healthy):
    done = healthy.test_cli_runner().invoke(args=["doctor"])
    assert done.output == (
        "Hint:  APP_ENV is testing: for a district in service set APP_ENV=production.\n"
        "Hint:  SCAN_URL is not set: what people hand in is not looked into for viruses.\n"
        "Nothing is wrong.\n"
    )
    assert done.exit_code == 0


def test_what_is_wrong_is_said_and_counted(app):
    done = app.test_cli_runner().invoke(args=["doctor"])
    assert "Wrong: No district is loaded: flask district load FILE.\n" in done.output
    assert done.output.endswith("to be put right.\n")
    assert done.exit_code == 1


# --- faults, each made and undone


@contextmanager
def set_to(app, **values):
    """Run with other settings."""
    kept = app.extensions["settings"]
    given = {name: getattr(kept, name) for name in Settings.model_fields}
    app.extensions["settings"] = Settings(**{**given, **values})
    try:
        yield
    finally:
        app.extensions["settings"] = kept


@contextmanager
def in_service(app, **values):
    usual = {"PUBLIC_URL": "https://shzz.example.gov.cn", "MAIL_FROM": "shzz@example.gov.cn"}
    with set_to(app, APP_ENV="production", **{**usual, **values}):
        yield


@contextmanager
def database_at(address):
    kept = db.engines[None]
    db.engines[None] = create_engine(address)
    try:
        yield
    finally:
        db.session.remove()
        db.engines[None].dispose()
        db.engines[None] = kept


@contextmanager
def written(*statements):
    with atomic():
        for statement in statements:
            db.session.execute(statement)
    yield


@contextmanager
def sender_nowhere(app, tmp_path, patch):
    with in_service(app, MAIL_FROM="no-reply@localhost"):
        yield


@contextmanager
def never_backed_up(app, tmp_path, patch):
    with in_service(app):
        yield


@contextmanager
def absent_database(app, tmp_path, patch):
    with database_at(f"sqlite:///{tmp_path}/no/folder/d.db"):
        yield


@contextmanager
def older_migration(app, tmp_path, patch):
    with written(db.text("UPDATE alembic_version SET version_num = '0001'")):
        yield


@contextmanager
def file_for_a_folder(app, tmp_path, patch):
    kept, place = app.extensions["storage"], tmp_path / "storage"
    app.extensions["storage"] = Storage(place.as_uri())
    place.rmdir()
    place.write_text("not a folder")
    try:
        yield
    finally:
        app.extensions["storage"] = kept


@contextmanager
def lost_library(app, tmp_path, patch):
    """The loader finds a file of that name which is no library."""
    (tmp_path / "libharfbuzz-subset.so.0").write_text("")
    patch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    yield


@contextmanager
def no_fonts(app, tmp_path, patch):
    patch.setattr(fonts, "FOLDERS", (tmp_path,))
    yield


def catalogue(tmp_path, patch):
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text("")
    patch.setattr(machine, "CATALOGUES", tmp_path)
    return folder / "messages.mo"


@contextmanager
def uncompiled(app, tmp_path, patch):
    catalogue(tmp_path, patch)
    yield


@contextmanager
def outdated(app, tmp_path, patch):
    compiled = catalogue(tmp_path, patch)
    compiled.write_text("")
    os.utime(compiled, (0, 0))
    yield


@contextmanager
def no_room(app, tmp_path, patch):
    patch.setattr(machine, "LEAST_FREE", 10**18)
    yield


@contextmanager
def nobody_at_the_mail_server(app, tmp_path, patch):
    with set_to(app, MAIL_URL=f"smtp://127.0.0.1:{free_port()}"):
        yield


@contextmanager
def mail_by_pigeon(app, tmp_path, patch):
    with set_to(app, MAIL_URL="pigeon://roof"):
        yield


@contextmanager
def broken_certificate(app, tmp_path, patch):
    file = tmp_path / "seal.p12"
    file.write_bytes(b"no certificate")
    with set_to(app, PDF_CERTIFICATE=str(file)):
        yield


@contextmanager
def orphan(app, tmp_path, patch):
    with db.engine.connect() as past:
        past.exec_driver_sql("ROLLBACK")
        past.exec_driver_sql("PRAGMA foreign_keys = OFF")
        past.exec_driver_sql("INSERT INTO membership (user_id, body_id, role, from_on) "
                             "SELECT 99999, body_id, role, from_on FROM membership LIMIT 1")  # fmt: skip
        past.exec_driver_sql("BEGIN")
        past.invalidate()
    yield


@contextmanager
def foreign_key(app, tmp_path, patch):
    stored = crypto.encrypt("13800000000", master=bytes(31) + b"x")
    with written(db.text("UPDATE user_account SET phone = :p WHERE id = 1").bindparams(p=stored)):
        yield


@contextmanager
def changed_text(app, tmp_path, patch):
    stored = crypto.encrypt("13800000000")[:-8] + "AAAAAAA="
    with written(db.text("UPDATE user_account SET phone = :p WHERE id = 1").bindparams(p=stored)):
        yield


@contextmanager
def unplanned_year(app, tmp_path, patch):
    with clock.frozen(clock.now().replace(year=2031)):
        yield


@contextmanager
def silent_jobs(app, tmp_path, patch):
    with written(db.delete(JobRunner)):
        yield


@contextmanager
def failed_job(app, tmp_path, patch):
    at = clock.now()
    with atomic():
        db.session.add(
            JobRun(job="sweep_stray_files", slot=at, claimed_at=at, claimed_by="here:1",
                   finished_at=at, outcome=Outcome.FAILED, error="OSError: no such bucket")
        )  # fmt: skip
    yield


@contextmanager
def no_administrator(app, tmp_path, patch):
    with written(db.delete(Membership).where(Membership.role == Role.ADMINISTRATOR)):
        yield


@contextmanager
def newer_value(app, tmp_path, patch):
    with atomic():
        user = db.session.scalar(db.select(Membership.user_id).limit(1))
        day = clock.today()
        db.session.add(
            PolicyValue(key="future.days", value=3, effective_from=day, source="x", reason="x",
                        proposed_by_id=user)
        )  # fmt: skip
    yield


FAULTS = [
    (sender_nowhere, "MAIL_FROM ends in @localhost"),
    (never_backed_up, "No backup was made ever: flask backup create"),
    (absent_database, "The database does not answer: unable to open database file. Check DATABASE"),
    (older_migration, "The database is not migrated: flask db upgrade"),
    (file_for_a_folder, "check STORAGE_URL"),
    (lost_library, "libharfbuzz-subset0 is missing and papers are printed, but fifty times slower"),
    (no_fonts, "NotoSerifCJK-Bold.ttc, NotoSerifCJK-Regular.ttc are not installed"),
    (uncompiled, "zh_Hans is not compiled, pages are in English: make translate"),
    (outdated, "zh_Hans is older than its source: make translate"),
    (no_room, "GB are free for stored files"),
    (nobody_at_the_mail_server, "The mail server does not take us (ConnectionRefusedError"),
    (mail_by_pigeon, "MAIL_URL must begin with smtp:// or smtps://"),
    (broken_certificate, "No paper can be issued: PDF_CERTIFICATE: not a PKCS #12 file"),
    (orphan, "A row of membership lacks its row of user_account"),
    (foreign_key, "which is neither DATA_KEY nor in OLD_DATA_KEYS"),
    (changed_text, "user_account.phone holds text that was changed past the application"),
    (unplanned_year, "The plan of working days of 2031 is not known"),
    (silent_jobs, "no job process was seen ever: flask jobs run"),
    (failed_job, "The job sweep_stray_files failed at"),
    (no_administrator, "Nobody is administrator"),
    (newer_value, "The value future.days was set by a newer version"),
]


@pytest.mark.parametrize(("fault", "words"), FAULTS, ids=lambda it: getattr(it, "__name__", ""))
def test_a_fault_is_told_with_what_to_do(healthy, tmp_path, monkeypatch, fault, words):
    with fault(healthy, tmp_path, monkeypatch):
        found = told()
    assert any(words in each for each in found), found
    assert all(each.endswith(".") and "\n" not in each for each in found)


def test_a_hint_makes_nothing_wrong(healthy):
    with set_to(healthy, MAIL_URL=""):
        assert told() == []
        assert any("MAIL_URL is not set" in each for each in told(hints=True))


@pytest.mark.engines("postgresql")
def test_a_locale_without_chinese_letters_is_told(healthy, world):
    name = "plain"
    world.databases.drop(name)
    world.databases._admin.execute(
        f"CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8'"
    )
    try:
        with database_at(world.databases.url(name)):
            flask_migrate.upgrade()
            found = told()
    finally:
        world.databases.drop(name)
    assert any("lc_ctype C, which knows no Chinese letters" in each for each in found), found

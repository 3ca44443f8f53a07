"""A backup is whole or says where not, and a restore happens or does not, whoever dies."""

import io
import json
import os
import re
import resource
import subprocess
import sys
import tarfile
import threading
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import flask_migrate
import pytest

from bench.national import write_csv
from core import documents
from core.accounts import SYSTEM
from core.attachments import Slot, Upload, attach, declare_slot
from core.attachments.models import Attachment, StoredFile
from core.attachments.storage import storage
from core.audit.jobs import close_audit_days
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.divisions import streets
from core.documents.models import Instrument
from core.jobs import runners_seen_at
from registry.organizations.models import Organization
from tests.conftest import ROOT
from tests.core import files
from tests.core.papers import FACTS

SLOT = declare_slot(Slot("test_backup", "Charter"))
SECRET = "510104199001011234"


@pytest.fixture
def flask(app):
    """Return `flask(*words)`: run a command, give its exit code and what it said."""

    def run(*words):
        db.session.remove()
        db.engine.dispose()
        done = app.test_cli_runner().invoke(args=[str(word) for word in words])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return run


@pytest.fixture
def district(town, flask, tmp_path, frozen):
    """Organizations on the register, an issued certificate, an attachment, a closed day."""
    frozen("2027-03-20 10:00")
    path = tmp_path / "register.csv"
    write_csv(path, 20, [street.name for street in streets()])
    assert flask("register", "import", path)[0] == 0
    with atomic():
        attach(slot=SLOT, upload=Upload("章程.pdf", files.pdf("章程")), by=town.intake)
        kind = "certificate_original"
        number = documents.issue(kind, facts=FACTS[kind], by=SYSTEM).number
    frozen("2027-03-21 00:10")
    close_audit_days()
    frozen("2027-03-21 10:00")
    return number


@pytest.fixture
def backup(district, flask, tmp_path):
    """A backup of the district."""
    path = tmp_path / "backup.tar"
    code, said = flask("backup", "create", path)
    assert code == 0, said
    return path


def seen(client, number):
    """What the public reads: the register, one page of it, a certificate; and every file."""
    some = db.session.scalars(db.select(Organization).order_by(Organization.id)).first()
    pages = ["/register", f"/register/{quote(some.number)}", f"/verify/{quote(number)}"]
    answers = [client.get(page, follow_redirects=True) for page in pages]
    assert {answer.status_code for answer in answers} == {200}
    kept = [storage().get(digest) for digest in sorted(db.session.scalars(digests()))]
    db.session.rollback()
    words = [re.sub(r'(nonce|value)="[^"]*"|[0-9a-f]{8,}', "", a.text) for a in answers]
    return words, kept, counted(Attachment), counted(Instrument)


def digests():
    return db.select(StoredFile.sha256)


def counted(table):
    return db.session.scalar(db.select(db.func.count()).select_from(table))


def deeds():
    db.session.rollback()
    return [entry.action for entry in db.session.scalars(db.select(AuditEntry))]


def lose_everything(world):
    """The machine burned down: an empty database, and no files."""
    db.session.remove()
    db.engine.dispose()
    world.reset()
    assert not list(storage().digests())


def parts_of(path):
    with tarfile.open(path) as tar:
        return {part.name: (part.offset_data, part.size) for part in tar.getmembers()}


def rewritten(path, name, change):
    """Make the backup again with another `name`, as somebody does who knows how; no hash is mended."""
    changed = path.with_name("changed.tar")
    with tarfile.open(path) as old, tarfile.open(changed, "w") as new:
        for part in old.getmembers():
            content = old.extractfile(part).read()
            if part.name == name:
                content = change(content)
                part.size = len(content)
            new.addfile(part, io.BytesIO(content))
    return changed


def test_everything_comes_back(backup, district, flask, client, world):
    before = seen(client, district)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in backup.parent.glob("*backup*")] == [backup.name]
    lose_everything(world)
    code, said = flask("backup", "restore", backup)
    assert code == 0, said
    assert "2 files were missing in the storage and were added." in said
    assert "The record of actions is whole" in said
    assert seen(client, district) == before
    assert flask("audit", "verify")[0] == 0
    assert deeds()[-1] == "backup:restore"
    assert "backup:create" not in deeds()  # it was noted after the moment that was kept


def test_what_is_there_is_replaced_only_when_said(backup, district, flask, client):
    before = seen(client, district)
    with atomic():
        attach(slot=SLOT, upload=Upload("b.pdf", files.pdf("b")), by=SYSTEM)
    code, said = flask("backup", "restore", backup)
    assert code == 1
    assert "not empty" in said and "--replace" in said
    assert counted(Attachment) == 2
    code, said = flask("backup", "restore", backup, "--replace")
    assert code == 0, said
    assert seen(client, district) == before


def test_a_backup_holds_no_key_and_verifies_apart(backup, flask, world, app):
    lose_everything(world)
    code, said = flask("backup", "verify", backup)
    assert code == 0, said
    assert "whole" in said
    assert not list(storage().digests()), "verifying writes nothing"
    content = backup.read_bytes()
    for key in ("DATA_KEY", "SECRET_KEY"):
        assert world.settings[key].encode() not in content


@pytest.mark.engines("sqlite")
def test_a_tampered_byte_is_found_and_named(backup, flask):
    places = parts_of(backup)
    assert len(places) == 6
    whole = backup.read_bytes()
    for name, (start, size) in places.items():
        spoiled = bytearray(whole)
        spoiled[start + size // 2] ^= 0x04
        backup.write_bytes(spoiled)
        code, said = flask("backup", "verify", backup)
        assert code == 1, name
        assert name in said
        code, said = flask("backup", "restore", backup, "--replace")
        assert (code, name in said) == (1, True), said
    backup.write_bytes(whole[: len(whole) // 2])
    code, said = flask("backup", "verify", backup)
    assert code == 1
    assert "breaks off" in said


def test_a_forged_record_is_found(district, flask, tmp_path, engine):
    """Somebody with the password of the database rewrote an entry; the backup says so."""
    with atomic():
        off = "DROP TRIGGER audit_entry_no_{}" + (" ON audit_entry" * (engine == "postgresql"))
        word = "update" if engine == "sqlite" else "change"
        db.session.execute(db.text(off.format(word)))
        forged = "UPDATE audit_entry SET note = 'x' WHERE place = 2"
        db.session.execute(db.text(forged))
    path = tmp_path / "forged.tar"
    assert flask("backup", "create", path)[0] == 0
    code, said = flask("backup", "verify", path)
    assert code == 1
    assert "tampered with" in said and "#2" in said


def end_once_there(path, process):
    """End the process when the backup is whole: until then it writes without a pause."""
    while not path.exists():
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.05)
    process.kill()


def test_a_backup_while_others_write_is_consistent(district, flask, world, tmp_path):
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.core.issuer", "500"],
        cwd=ROOT,
        env={**os.environ, **world.processes.environment},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert writer.stdout.readline() == "ready\n"
        writer.stdout.readline()
        path = tmp_path / "under-way.tar"
        ending = threading.Thread(target=end_once_there, args=(path, writer))
        ending.start()
        code, said = flask("backup", "create", path)
        ending.join(60)
    finally:
        writer.kill()
        writer.communicate()
    assert code == 0, said
    code, said = flask("backup", "verify", path)
    assert code == 0, said
    issued = counted(Instrument)
    lose_everything(world)
    assert flask("backup", "restore", path)[0] == 0
    papers = db.session.scalars(db.select(Instrument)).all()
    assert 2 <= len(papers) <= issued
    assert all(storage().get(paper.sha256).endswith(b"%%EOF\n") for paper in papers)


@pytest.mark.parametrize(("part", "is_back"), [("files", 0), ("database", 0), ("migrations", 1)])
def test_a_killed_restore_leaves_one_state_or_the_other(
    backup, district, flask, client, world, part, is_back
):
    before = seen(client, district)
    with atomic():
        attach(slot=SLOT, upload=Upload("b.pdf", files.pdf("b")), by=SYSTEM)
    db.session.remove()
    db.engine.dispose()
    died = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying_restore", str(backup), part],
        cwd=ROOT,
        env={**os.environ, **world.processes.environment},
        capture_output=True,
        check=False,
    )
    assert died.returncode == -9, died.stderr.decode()
    assert counted(Attachment) == (1 if is_back else 2)
    assert flask("audit", "verify")[0] == 0
    if is_back:
        assert seen(client, district) == before
    code, said = flask("backup", "restore", backup, "--replace")
    assert code == 0, said
    assert seen(client, district) == before


def test_an_older_backup_is_brought_up(district, flask, tmp_path, client):
    before = seen(client, district)
    flask_migrate.downgrade()
    older = tmp_path / "older.tar"
    assert flask("backup", "create", older)[0] == 0
    flask_migrate.upgrade()
    code, said = flask("backup", "restore", older, "--replace")
    assert code == 0, said
    assert "was brought up to migration" in said
    assert seen(client, district) == before


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("migration", "9999", "at migration 9999, which this version does not know"),
        ("engine", "postgresql", "a backup is put back on its own engine"),
    ],
)
def test_what_does_not_fit_is_refused(backup, flask, field, value, words):
    def change(content):
        return json.dumps({**json.loads(content), field: value}).encode()

    code, said = flask("backup", "restore", rewritten(backup, "manifest.json", change), "--replace")
    assert code == 1
    assert words in said
    assert deeds()[-1] == "backup:create"


@pytest.mark.engines("sqlite")
def test_a_missing_file_is_named(district, flask, tmp_path):
    lost = db.session.scalars(db.select(Attachment.sha256)).one()
    db.session.rollback()
    storage().discard(lost)
    path = tmp_path / "backup.tar"
    code, said = flask("backup", "create", path)
    assert code == 1
    assert lost in said and "--despite-missing" in said
    assert not list(tmp_path.glob("*backup*"))
    assert flask("backup", "create", path, "--despite-missing")[0] == 0
    code, said = flask("backup", "verify", path)
    assert code == 0, said
    assert f"The file {lost} was gone already" in said


@contextmanager
def full_disk(room):
    """No file of this process grows beyond `room` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_nothing_half(district, flask, tmp_path):
    path = tmp_path / "backup.tar"
    with full_disk(100_000):
        code, said = flask("backup", "create", path)
    assert (code, said.count("\n")) == (1, 1), said
    assert not list(tmp_path.glob("*backup*"))


@pytest.mark.engines("sqlite")
def test_refusals_are_one_sentence(backup, flask, tmp_path):
    other = tmp_path / "letter.tar"
    other.write_text("Dear Sir")
    cases = [
        (("create", backup), "never written over another"),
        (("create", tmp_path / "no" / "folder.tar"), "cannot be written"),
        (("verify", other), "is not a backup"),
        (("verify", tmp_path / "absent.tar"), "cannot be read"),
    ]
    for words, expected in cases:
        code, said = flask("backup", *words)
        assert (code, expected in said) == (1, True), said
    with tarfile.open(other, "w") as tar:
        tar.add(__file__, arcname="letter")
    assert "does not stand first" in flask("backup", "verify", other)[1]


@pytest.mark.engines("postgresql")
def test_programs_of_postgresql_that_cannot_serve_are_told(backup, flask, tmp_path, monkeypatch):
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    code, said = flask("backup", "create", tmp_path / "second.tar")
    assert (code, said.count("\n")) == (1, 1)
    assert "pg_dump is not installed: apt-get install postgresql-client" in said
    old = programs / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o755)
    code, said = flask("backup", "create", tmp_path / "second.tar")
    assert code == 1
    assert re.search(r"pg_dump is of version 9 and the server of \d+", said)


def test_a_restore_waits_for_nobody_else_to_be_there(backup, flask, processes):
    runner = processes.flask("jobs", "run")
    try:
        while runners_seen_at() is None:
            db.session.rollback()
            with pytest.raises(subprocess.TimeoutExpired):
                runner.wait(0.1)
        code, said = flask("backup", "restore", backup, "--replace")
    finally:
        runner.terminate()
        runner.wait(20)
    assert code == 1
    assert "stop web and jobs" in said


@pytest.mark.engines("sqlite")
def test_the_folder_gets_a_file_named_by_the_moment(district, flask, tmp_path):
    code, said = flask("backup", "create", tmp_path)
    assert code == 0
    assert (tmp_path / "district-20270321-100000.tar").exists()
    assert str(Path(tmp_path)) in said

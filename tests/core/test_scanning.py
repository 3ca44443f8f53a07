"""Uploads and the virus scanner: nothing is given out before it is clean, nothing is lost."""

import io
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from core import clock
from core.attachments import Slot, Upload, attach, declare_slot
from core.attachments.jobs import enrol_older_uploads, look_into_uploads
from core.attachments.models import Attachment, FileScan, Verdict
from core.attachments.scanner import Scanner, ScannerAway
from core.audit.models import AuditEntry
from core.config import Settings, UnsafeSettings, from_environment
from core.db import atomic, db
from core.doctor.cli import examine
from core.errors import RuleBroken
from core.workflow.models import Case
from registry.demo import cases
from tests.clamd import NAME, VIRUS, clamd
from tests.core import files
from tests.pages import go
from tests.processes import free_port

SLOT = declare_slot(Slot("test_scanned", "Charter"))
INFECTED = files.pdf() + VIRUS
WAITS, AWAY, FOUND = "正在查毒", "查毒服务暂无响应", "发现病毒"


@contextmanager
def scanned_by(app, url):
    """Run with the scanner at `url`."""
    kept = app.extensions["settings"]
    given = {name: getattr(kept, name) for name in Settings.model_fields}
    app.extensions["settings"] = Settings(**{**given, "SCAN_URL": url})
    try:
        yield
    finally:
        app.extensions["settings"] = kept


@pytest.fixture
def scanner(app):
    with clamd() as server, scanned_by(app, server.url):
        yield server


def put(by, content, name="章程.pdf"):
    with atomic():
        return attach(slot=SLOT, upload=Upload(name, content), by=by).id


def scan_of(attachment_id):
    db.session.rollback()
    return db.session.get_one(Attachment, attachment_id).file.scan


def looked():
    """Let the job run; return how many files were clean, infected and to be tried again."""
    return tuple(int(number) for number in re.findall(r"\d+", look_into_uploads() or ""))


def opened(visitor, attachment_id):
    pages = (f"/attachments/{attachment_id}", f"/attachments/{attachment_id}/preview")
    return [visitor.get(page) for page in pages]


# --- the protocol


@pytest.mark.parametrize("way", ["unix", "tcp"])
def test_the_scanner_is_asked_over_its_socket(way):
    with tempfile.TemporaryDirectory() as folder:
        with clamd(Path(folder) if way == "unix" else None) as server:
            assert server.url.startswith(f"{way}://")
            scanner = Scanner(server.url)
            scanner.greet()
            large = bytes(range(256)) * 1024
            assert scanner.look(large) == ""
            assert server.seen == [large]
            assert scanner.look(INFECTED) == NAME
        with pytest.raises(ScannerAway):
            scanner.look(b"x")
        with pytest.raises(ScannerAway):
            scanner.greet()


def test_a_refusal_to_look_is_no_clean_file():
    with clamd(most=10) as server, pytest.raises(ScannerAway, match="size limit exceeded"):
        Scanner(server.url).look(bytes(11))


@pytest.mark.parametrize(
    "url", ["clamd.ctl", "http://127.0.0.1:3310", "tcp://127.0.0.1", "unix://"]
)
def test_an_address_that_is_none_stops_the_start(monkeypatch, world_settings, url):
    for name, value in {**world_settings, "SCAN_URL": url}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(UnsafeSettings, match="SCAN_URL must be unix:///path"):
        from_environment()


@pytest.fixture
def world_settings():
    return {"APP_ENV": "testing", "SECRET_KEY": "x", "DATA_KEY": "A" * 43 + "="}


# --- files


def test_without_a_scanner_nothing_changes(town, as_):
    paper = put(town.intake, files.pdf())
    assert looked() == (0, 0, 0)
    assert enrol_older_uploads() == "0 files to be looked into"
    assert scan_of(paper) is None
    assert [answer.status_code for answer in opened(as_(town.intake), paper)] == [200, 200]


def test_a_file_is_given_out_once_it_is_clean(town, as_, scanner):
    paper, reader = put(town.intake, files.pdf()), as_(town.intake)
    for answer in opened(reader, paper):
        assert answer.status_code == 409
        assert WAITS in answer.text
        assert b"%PDF" not in answer.data
    assert looked() == (1, 0, 0)
    assert scanner.seen == [files.pdf()]
    assert [answer.status_code for answer in opened(reader, paper)] == [200, 200]
    assert looked() == (0, 0, 0)
    assert len(scanner.seen) == 1


def test_an_infected_file_is_given_out_never(app, town, as_, scanner):
    paper, reader = put(town.intake, INFECTED), as_(town.intake)
    assert looked() == (0, 1, 0)
    for answer in opened(reader, paper):
        assert answer.status_code == 409
        assert FOUND in answer.text and NAME in answer.text
    entry = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action == "attachment:infected")
    ).one()
    assert (entry.subject_id, entry.changes["found"]) == (paper, [None, NAME])
    with pytest.raises(RuleBroken, match=NAME) as refused:
        put(town.intake, INFECTED, name="another.pdf")
    assert refused.value.field == "upload"
    with scanned_by(app, ""):
        assert opened(reader, paper)[0].status_code == 409, "also without a scanner"


def test_a_scanner_that_is_away_loses_nothing(app, town, as_, frozen):
    frozen("2026-03-02 09:00")
    port, reader = free_port(), as_(town.intake)
    with scanned_by(app, f"tcp://127.0.0.1:{port}"):
        first, second = put(town.intake, files.pdf("1")), put(town.intake, files.pdf("2"))
        assert looked() == (0, 0, 1)
        scan = scan_of(first)
        assert (scan.attempts, scan.verdict) == (1, Verdict.WAITING)
        assert "ConnectionRefusedError" in scan.words
        assert scan_of(second).attempts == 0, "one failure is enough to know"
        assert AWAY in opened(reader, first)[0].text
        told = [finding.words for finding in examine() if not finding.is_hint]
        assert any("The virus scanner does not answer" in words for words in told)
        pauses = []
        for _attempt in range(7):
            at = clock.now()
            pauses.append(int((scan_of(first).next_at - at).total_seconds()))
            frozen(scan_of(first).next_at)
            with atomic():
                db.session.get_one(FileScan, scan_of(second).sha256).next_at = clock.now().replace(
                    year=2030
                )
            look_into_uploads()
        assert pauses == [10, 30, 120, 600, 1800, 1800, 1800]
        frozen("2031-01-01 09:00")
        with clamd(port=port):
            assert looked() == (2, 0, 0)
            assert opened(as_(town.intake), first)[0].status_code == 200


def test_files_from_before_are_looked_into(app, town, as_):
    paper = put(town.intake, files.pdf())
    with clamd() as server, scanned_by(app, server.url):
        assert opened(as_(town.intake), paper)[0].status_code == 409
        assert enrol_older_uploads() == "1 files to be looked into"
        assert looked() == (1, 0, 0)
        assert opened(as_(town.intake), paper)[0].status_code == 200
        assert enrol_older_uploads() == "0 files to be looked into"


# --- an application


def test_an_application_with_an_infected_file_is_refused_beside_it(town, as_, scanner):
    case_id = cases._association("成都市锦江区查毒协会", 60, 3)
    applicant = as_(town.as_themselves("applicant"))
    here = f"/cases/{case_id}/sections/documents"
    look_into_uploads()
    slot = "registration.charter"
    upload = {"upload": (io.BytesIO(INFECTED), "草案.pdf")}
    assert applicant.post(f"{here}/{slot}", data=upload).status_code == 302
    page = go(applicant, here)
    assert WAITS in page.text
    look_into_uploads()
    page = go(applicant, here)
    assert FOUND in page.text and NAME in page.text
    number = db.session.scalar(db.select(db.func.max(Attachment.id)))
    assert f"/attachments/{number}" not in applicant.get(here).text, "no link to it"
    answers = go(applicant, f"/cases/{case_id}/answers")
    assert "草案.pdf中发现病毒" in answers.text
    refused = applicant.post(f"/cases/{case_id}/submit_to_sponsor", data={"declared": "y"})
    assert refused.status_code in (409, 422)
    db.session.rollback()
    assert db.session.get_one(Case, case_id).submitted_at is None
    assert applicant.post(f"{here}/removal/{number}").status_code == 302
    receipt = go(applicant, f"/cases/{case_id}/answers").submit("/submit_to_sponsor", declared="y")
    assert "DJ-" in receipt.text


def test_the_office_reads_it_beside_the_file(town, as_, scanner):
    case_id = cases._association("成都市锦江区查毒协会", 60, 3)
    look_into_uploads()
    upload = {"upload": (io.BytesIO(INFECTED), "草案.pdf")}
    applicant = as_(town.as_themselves("applicant"))
    applicant.post(f"/cases/{case_id}/sections/documents/registration.charter", data=upload)
    go(applicant, f"/cases/{case_id}/answers").submit("/submit_to_sponsor", declared="y")
    assert WAITS in go(as_(town.sponsor), f"/cases/{case_id}").text
    look_into_uploads()
    page = go(as_(town.sponsor), f"/cases/{case_id}")
    assert FOUND in page.text and "由办理机关" in page.text

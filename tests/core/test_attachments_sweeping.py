"""Content without a record: swept when it is old, never under a running upload."""

import threading
from contextlib import suppress
from contextvars import Context
from datetime import timedelta

import pytest

from core import clock
from core.attachments import jobs as attachment_jobs
from core.attachments import keep_file
from core.attachments.models import StoredFile
from core.attachments.storage import Damaged, get, storage
from core.attachments.sweeping import sweep_stray_files
from core.db import atomic, before_commit, db

CONTENT = "半途而废".encode() * 1000


class Undone(Exception):
    """The transaction is undone."""


@pytest.fixture
def stray(app):
    """The digest of content that was stored in a transaction that was undone."""
    with suppress(Undone), atomic():
        digest = keep_file(CONTENT, "text/plain").sha256
        raise Undone
    assert get(digest) == CONTENT
    return digest


def later(**distance):
    return clock.now() + timedelta(**distance)


def test_stray_content_stays_for_a_while_and_then_goes(stray, frozen):
    assert attachment_jobs.sweep() == "0 files removed"
    frozen(later(hours=47))
    assert attachment_jobs.sweep() == "0 files removed"
    frozen(later(hours=2))
    assert attachment_jobs.sweep() == "1 files removed"
    with pytest.raises(Damaged):
        get(stray)
    assert db.session.get(StoredFile, stray) is None


def test_what_a_record_names_stays_however_old(app):
    with atomic():
        digest = keep_file(CONTENT, "text/plain").sha256
    assert sweep_stray_files(later(days=3650)) == 0
    assert get(digest) == CONTENT


def test_what_a_killed_process_began_goes_too(app):
    folder = storage().folder
    assert folder
    half = folder / "ab" / ("ab" * 32 + "#1")
    half.parent.mkdir()
    half.write_bytes(b"half")
    assert sweep_stray_files(later(hours=-1)) == 0
    assert sweep_stray_files(later(hours=1)) == 1
    assert not half.exists()


def in_thread(app, work):
    def run():
        with app.app_context():
            try:
                work()
            finally:
                db.session.remove()

    thread = threading.Thread(target=Context().run, args=(run,))
    thread.start()
    return thread


def upload():
    with atomic():
        keep_file(CONTENT, "text/plain")


def test_an_upload_of_the_same_content_under_way_keeps_it(app, stray):
    """The upload found the content there already; the sweep waits for its row and lets it be."""
    moment = later(hours=1)
    with atomic():
        keep_file(CONTENT, "text/plain")
        sweep = in_thread(app, lambda: sweep_stray_files(moment))
        sweep.join(0.3)
    sweep.join(30)
    assert not sweep.is_alive()
    assert get(stray) == CONTENT
    assert db.session.get(StoredFile, stray) is not None


def test_content_uploaded_while_it_is_swept_is_written_anew(app, stray):
    swept, go_on = threading.Event(), threading.Event()
    sweeper = []

    def hold():
        if threading.get_ident() in sweeper:
            swept.set()
            go_on.wait(30)

    def sweep():
        sweeper.append(threading.get_ident())
        assert sweep_stray_files(later(hours=1)) == 1

    before_commit.append(hold)
    try:
        sweeping = in_thread(app, sweep)
        assert swept.wait(30)
        uploading = in_thread(app, upload)
        uploading.join(0.3)
        go_on.set()
        sweeping.join(30)
        uploading.join(30)
    finally:
        before_commit.remove(hold)
    assert get(stray) == CONTENT
    assert db.session.get(StoredFile, stray) is not None

"""Papers are issued whole or not at all, whatever happens to those who issue them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.attachments.storage import get, storage
from core.db import db
from core.documents.models import Instrument, NumberSeries

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def issuers(app, world):
    """Start processes that issue receipts one after the other."""
    started = []

    def start(count):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.core.issuer", str(count)],
            cwd=ROOT,
            env={**os.environ, **world.processes.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def assert_register_is_whole(expected=None):
    """Every number from the first to the last, each with its unbroken file."""
    db.session.rollback()
    papers = db.session.scalars(db.select(Instrument).order_by(Instrument.place)).all()
    assert [paper.place for paper in papers] == list(range(1, len(papers) + 1))
    last = db.session.scalar(db.select(NumberSeries.last)) or 0
    assert last == len(papers)
    for paper in papers:
        assert get(paper.sha256).endswith(b"%%EOF\n")
    for digest in storage().digests():
        get(digest)
    if expected is not None:
        assert [paper.number for paper in papers] == sorted(expected)
    return len(papers)


def test_processes_at_once_leave_no_gap(issuers):
    workers = [issuers(3) for _each in range(3)]
    said = [worker.communicate(timeout=250) for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * 3, said
    numbers = [line for out, _errors in said for line in out.split()[1:]]
    assert assert_register_is_whole(numbers) == 9


def test_killed_issuer_leaves_neither_gap_nor_half_a_file(issuers):
    """Killed while it prints the next paper: the number it had taken is given to the next one."""
    victim = issuers(100)
    assert victim.stdout
    said = [victim.stdout.readline().strip() for _each in range(2)]
    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()
    assert_register_is_whole()
    heir = issuers(1)
    out, errors = heir.communicate(timeout=120)
    assert heir.returncode == 0, errors
    total = assert_register_is_whole()
    assert out.split()[1].endswith(f"{total:05d}号")
    assert said[1] == f"锦民收〔{said[1][4:8]}〕00001号"

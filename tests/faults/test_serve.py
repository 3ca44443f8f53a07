"""`make run` keeps two processes: one sentence when it cannot, both or neither when it can."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT, Processes, await_answer, free_port

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def serve(processes: Processes) -> Iterator:
    """Start deploy/serve on a port, with one web process, on this test's database."""
    started = []

    def start(port: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "deploy/serve"],
            cwd=ROOT,
            env={
                **os.environ,
                **processes.environment,
                "APP_ENV": "testing",
                "PORT": str(port),
                "WEB_CONCURRENCY": "1",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
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


def announced(process: subprocess.Popen[str]) -> None:
    """Read until the address is printed: both processes have been started then."""
    assert process.stdout
    for line in process.stdout:
        if "http://127.0.0.1:" in line:
            return
    pytest.fail("it never printed its address")


def children(pid: int) -> dict[str, int]:
    """Return the process ids of the web server and of the job runner under `pid`."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    commands = {int(each): Path(f"/proc/{each}/cmdline").read_text() for each in listed}
    return {
        name: next(each for each, command in commands.items() if name in command)
        for name in ("gunicorn", "jobs")
    }


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_one_interrupt_stops_both(serve):
    port = free_port()
    process = serve(port)
    announced(process)
    both = children(process.pid)
    await_answer(port, process)
    process.send_signal(signal.SIGINT)
    words, _ = process.communicate(timeout=40)
    assert process.returncode == 0, words
    assert all(gone(pid) for pid in both.values())


@pytest.mark.parametrize("victim", ["jobs"])
def test_when_one_dies_the_other_is_stopped(serve, victim):
    port = free_port()
    process = serve(port)
    announced(process)
    both = children(process.pid)
    await_answer(port, process)
    os.kill(both[victim], signal.SIGKILL)
    words, _ = process.communicate(timeout=40)
    assert process.returncode == 1
    assert "ended by itself" in words
    assert all(gone(pid) for pid in both.values())


def test_a_taken_port_is_one_sentence(serve):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        words, _ = (process := serve(port)).communicate(timeout=40)
    assert process.returncode == 1
    assert words.count("\n") == 1
    assert f"Port {port} is taken" in words

"""An application with three jobs of its own, for `flask --app tests.core.job_room jobs run`.

Each run writes a line to the file $JOB_NOTES in one write, so that every run that began is seen.
"""

import os
import sys
import threading
from datetime import timedelta

from flask import Flask

from core import config
from core.app import create_app as build
from core.jobs import job


def note(words: str) -> None:
    file = os.open(os.environ["JOB_NOTES"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{words} {os.getpid()}\n".encode())
    os.close(file)


@job("tick", every=timedelta(seconds=1))
def tick() -> str:
    note("tick")
    return "ticked"


@job("hang", every=timedelta(days=1), lease=timedelta(seconds=1))
def hang() -> None:
    """Hang on the first run, so that it can be killed; be quick on the next."""
    note("hang")
    if os.environ.get("HANG"):
        print("hanging", flush=True)  # noqa: T201 - the test waits for this line
        threading.Event().wait()


def init_app(app: Flask) -> None:
    """Mount nothing: the jobs are declared above."""


def create_app() -> Flask:
    """Return the application with these jobs."""
    return build(config.from_environment(), (sys.modules[__name__],))

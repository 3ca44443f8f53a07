"""The application, which stops in the middle of its first transaction: all written, nothing
committed. It leaves the number of its process in the file HOLD_AT and waits to be killed.

Served by gunicorn (`tests.faults.holding:app`) in the tests of this folder.
"""

import os
import signal

import wsgi
from core.db import before_commit


def hold() -> None:
    try:
        mark = os.open(os.environ["HOLD_AT"], os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except FileExistsError:  # somebody held already: from now on as usual
        return
    os.write(mark, f"{os.getpid()}\n".encode())
    os.close(mark)
    while True:
        signal.pause()


app = wsgi.app
before_commit.append(hold)

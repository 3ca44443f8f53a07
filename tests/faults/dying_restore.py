"""A restore that dies: `python -m tests.faults.dying_restore FILE PART`.

It is killed as soon as it comes to PART: "files", "database" (everything said, nothing committed
yet) or "migrations" (the database is in its place, and not brought up).
"""

import os
import signal
import sys
from pathlib import Path

import wsgi
from core.backups import actions


def main() -> None:
    file, fatal = Path(sys.argv[1]), sys.argv[2]

    def step(part: str) -> None:
        if part == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    with wsgi.create_app().app_context():
        actions.restore(file, replace=True, step=step)


if __name__ == "__main__":
    main()

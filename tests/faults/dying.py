"""A process that dies at the worst moment: everything written, nothing committed yet.

`python -m tests.faults.dying CASE STEP LOGIN` takes a step of a case and is killed before the
commit, after the last flush. Run by the tests of this folder.
"""

import os
import signal
import sys

import wsgi
from core.accounts.actor import choices_for
from core.db import atomic, before_commit, db
from core.workflow import engine
from core.workflow.models import Case
from registry.demo.cast import person_called
from registry.demo.driver import written


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    case_id, name, login = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    with wsgi.create_app().app_context():
        before_commit.append(die)
        actor = choices_for(person_called(login))[-1]
        with atomic():
            case = db.session.get_one(Case, case_id)
            step = case.workflow.step[name]
            entered = {ask.name: written(ask, case) for ask in step.asks}
            engine.move(case, name, by=actor, note="因为", **entered)


if __name__ == "__main__":
    main()

"""What several people do at the same moment, each in a thread of their own."""

import threading
from collections.abc import Callable, Sequence

from flask import Flask
from sqlalchemy.exc import IntegrityError

from core.accounts import Actor
from core.constraints import meaning
from core.db import atomic, db
from core.errors import DomainError
from core.workflow import engine
from core.workflow.models import Case


def submit_at_once(app: Flask, case_ids: Sequence[int], by: Callable[[], Actor]) -> list[str]:
    """Submit the cases in one moment; return what came of each: "first", or why it was refused."""
    gate, said = threading.Barrier(len(case_ids)), list[str]()

    def submit(case_id: int) -> None:
        with app.app_context():
            gate.wait()
            try:
                with atomic():
                    case = db.session.get_one(Case, case_id)
                    engine.move(case, "submit", by=by(), declared=True)
                said.append("first")
            except (DomainError, IntegrityError) as refused:
                told = meaning(refused) if isinstance(refused, IntegrityError) else refused
                said.append(str(told))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=submit, args=(it,)) for it in case_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return said

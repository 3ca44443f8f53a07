"""What the migration makes of old cases is what the session keeps of new ones."""

from pathlib import Path

import flask_migrate

from core.db import atomic, db
from core.workflow import actions
from core.workflow.models import Case, CaseSeat
from tests.conftest import ROOT
from tests.registry.test_worklists import some_cases


def kept() -> list[tuple[object, ...]]:
    db.session.rollback()
    piles = db.session.execute(
        db.select(
            CaseSeat.id, CaseSeat.pile, CaseSeat.sort_at, CaseSeat.kind, CaseSeat.taken
        ).order_by(CaseSeat.id)
    )
    keys = db.session.execute(db.select(Case.id, Case.due_key).order_by(Case.id))
    found = [tuple(row) for row in (*piles, *keys)]
    db.session.remove()
    return found


def test_old_cases_come_onto_their_piles(town):
    some_cases()
    with atomic():
        for case in db.session.scalars(db.select(Case).where(Case.state == "submitted")):
            actions.take(case, by=town.intake)
    before = kept()
    assert {True, False} <= {row[4] for row in before if len(row) > 4}
    name = next(Path(ROOT, "migrations", "versions").glob("*_worklist.py")).name
    flask_migrate.downgrade(revision=name[:4])
    flask_migrate.downgrade()
    flask_migrate.upgrade()
    assert kept() == before

"""After a reform of the map: open cases of an ended division go on in the one it went into."""

from collections.abc import Sequence

from core import audit, clock, divisions
from core.accounts import SYSTEM
from core.db import db
from core.divisions import Division
from core.i18n import _, ngettext
from core.jobs import each
from core.workflow import seating
from core.workflow.declaration import workflow_of
from core.workflow.models import Case


def resettle_cases() -> tuple[int, int]:
    """Move the open cases of divisions that have ended; return how many moved and how many stay.

    A case stays where its division was split into several: which one it belongs to, a person must
    say. Every seat that goes by the place moves along (core.workflow.seating).
    """
    ended = (
        db.select(Case.id)
        .join(Division, Case.division_id == Division.id)
        .where(Case.closed_at.is_(None), Division.valid_to < clock.today())
        .order_by(Case.id)
    )
    done = each("case", db.session.scalars(ended).all(), _resettle)
    return done.count(True), done.count(False)


def _resettle(case_id: int) -> bool:
    case = db.session.get_one(Case, case_id)
    old = db.session.get_one(Division, case.division_id)
    new = divisions.on_map(old)
    if new is None or new is old:
        return False
    moved = {"division": [divisions.path(old), divisions.path(new)], **seating.resettle(case, new)}
    audit.record("case:resettle", case, by=SYSTEM, changes=moved, case_id=case.id)
    return True


def foreseen(old: Sequence[Division]) -> list[str]:
    """Return what happens to the open cases of divisions that end, kind by kind."""
    ids = {it for division in old for it in divisions.subtree_ids(division)}
    counted = db.session.execute(
        db.select(Case.kind, db.func.count())
        .where(Case.closed_at.is_(None), Case.division_id.in_(ids))
        .group_by(Case.kind)
    ).all()
    said = [
        ngettext(
            "%(kind)s: %(num)d open case follows to the new division on the first day.",
            "%(kind)s: %(num)d open cases follow to the new division on the first day.",
            n,
            kind=str(workflow_of(kind).title),
        )
        for kind, n in counted
    ]
    return said or ([_("No open case is touched.")] if old else [])

"""After a reform of the map: open cases of an ended division go on in the one it went into."""

from core import audit, clock, divisions
from core.accounts import SYSTEM
from core.db import atomic, db
from core.divisions import Division
from core.divisions.offices import entry_for
from core.workflow import engine
from core.workflow.models import Case
from core.workflow.parties import Seat


def resettle_cases() -> tuple[int, int]:
    """Move the open cases of divisions that have ended; return how many moved and how many stay.

    A case stays where its division was split into several: which one it belongs to, a person must
    say. The office moves along where the new division has another one; time limits do not change.
    """
    ended = (
        db.select(Case.id)
        .join(Division, Case.division_id == Division.id)
        .where(Case.closed_at.is_(None), Division.valid_to < clock.today())
        .order_by(Case.id)
    )
    moved = stayed = 0
    for case_id in db.session.scalars(ended).all():
        with atomic():
            done = _resettle(db.session.get_one(Case, case_id))
        moved, stayed = moved + done, stayed + (not done)
    return moved, stayed


def _resettle(case: Case) -> bool:
    old = db.session.get_one(Division, case.division_id)
    new = divisions.on_map(old)
    if new is None or new is old:
        return False
    case.division_id = new.id
    office_before = case.office_id
    entry = entry_for(case.kind, new)
    if office_before is not None and entry is not None and entry.body_id != office_before:
        engine.take_seat(case, Seat.OFFICE, entry.body_id)
        if case.waiting_body_id == office_before:
            case.waiting_body_id, case.assignee_id = entry.body_id, None
    changes: dict[str, list[str | int | None]] = {
        "division": [divisions.path(old), divisions.path(new)],
        "office_id": [office_before, case.office_id],
    }
    audit.record("case:resettle", case, by=SYSTEM, changes=changes, case_id=case.id)
    return True

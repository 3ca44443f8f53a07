"""What time does to cases: overdue ones take the step their state declares; reminders go out."""

from sqlalchemy import and_, false, or_, select

from core import clock
from core.accounts import SYSTEM
from core.db import db
from core.jobs import each
from core.workflow.declaration import declared
from core.workflow.engine import move
from core.workflow.models import Case


def sweep_overdue() -> int:
    """Move every case whose time in its state has run out and has a consequence; return how many.

    One case, one transaction: one that cannot move, for whatever reason, does not hold up the rest.
    Running it twice does nothing more.
    """
    consequences = [
        and_(Case.kind == w.kind, Case.state == s.key.value)
        for w in declared()
        for s in w.state.values()
        if s.on_overdue
    ]
    ripe = or_(false(), *consequences)
    late = select(Case.id).where(Case.due_at <= clock.now(), ripe).order_by(Case.id)
    return sum(each("case", db.session.scalars(late).all(), _let_time_act))


def _let_time_act(case_id: int) -> bool:
    case = db.session.get_one(Case, case_id)
    step = case.standing.on_overdue
    if step is None or case.due_at is None or case.due_at > clock.now():
        return False
    move(case, step, by=SYSTEM)
    return True

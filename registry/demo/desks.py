"""What officers set up for themselves: views of the worklist, and cases taken."""

from sqlalchemy import select

from core.accounts.actor import acting_for
from core.db import atomic, db
from core.workflow import views
from core.workflow.bulk import assign_each
from core.workflow.models import Case
from core.workflow.piles import Pile, on_pile
from registry.demo.cast import person_called


def has_desks() -> bool:
    """Return whether a view is kept."""
    return db.session.scalar(select(views.WorklistView.id).limit(1)) is not None


def make_desks() -> None:
    """Let the head of the registration authority share a view, and intake keep one and take a case."""
    approver, intake = (acting_for(person_called(it), None) for it in ("approver", "intake"))
    with atomic():
        views.save_view(by=approver, name="即将到期", question="pile=open&due=soon", shared=True)
        views.save_view(by=intake, name="待补正", question="pile=open&state=correction")
        first = db.session.scalars(
            select(Case).where(on_pile(Pile.OFFICE, intake)).order_by(Case.due_key).limit(1)
        ).all()
        assign_each([(it.id, it.version) for it in first], by=intake, user_id=intake.user_id)

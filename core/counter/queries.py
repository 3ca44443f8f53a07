"""Reads of what was entered at the counter."""

from sqlalchemy.orm import joinedload

from core.accounts import Actor
from core.counter.models import AssistedFiling
from core.db import db
from core.errors import NotFound
from core.i18n import _
from core.workflow.models import Case


def list_open(actor: Actor) -> list[AssistedFiling]:
    """Return the drafts that `actor` fills in for others, the newest first."""
    query = (
        db.select(AssistedFiling)
        .where(
            AssistedFiling.officer_id == actor.user_id,
            AssistedFiling.office_id == actor.body_id,
            AssistedFiling.confirmed_at.is_(None),
        )
        .options(
            joinedload(AssistedFiling.case).joinedload(Case.applicant_body),
            joinedload(AssistedFiling.applicant),
        )
        .order_by(AssistedFiling.case_id.desc())
        .limit(100)
    )
    return [filing for filing in db.session.scalars(query) if filing.case.standing.private]


def access_filing(case_id: int, actor: Actor) -> AssistedFiling:
    """Return what `actor` fills in for somebody. Raises NotFound."""
    found = db.session.get(AssistedFiling, case_id)
    if found is None or (found.officer_id, found.office_id) != (actor.user_id, actor.body_id):
        raise NotFound(_("There is no such application at your counter."))
    return found


def of_case(case_id: int) -> AssistedFiling | None:
    """Return how a case was entered at the counter, or None."""
    return db.session.get(AssistedFiling, case_id)

"""Reads of the people of an application."""

from collections.abc import Sequence

from core.db import db
from registry.people.models import ApplicationPerson, Position


def list_people(case_id: int) -> Sequence[ApplicationPerson]:
    """Return the people of an application, the representative first, then as they were entered."""
    found = db.session.scalars(
        db.select(ApplicationPerson)
        .where(ApplicationPerson.case_id == case_id)
        .order_by(ApplicationPerson.id)
    ).all()
    return sorted(found, key=lambda p: p.position not in LEADING)


LEADING = frozenset({Position.LEGAL_REPRESENTATIVE, Position.PERSON_IN_CHARGE})

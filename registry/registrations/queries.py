"""Reads for registrations."""

from collections.abc import Sequence

from core.accounts import Body, BodyKind
from core.db import db
from registry.organizations.models import Organization


def list_sponsor_units() -> Sequence[Body]:
    """Return the bodies that may sponsor an organization, by name."""
    return db.session.scalars(
        db.select(Body)
        .where(Body.kind.in_((BodyKind.SPONSOR_UNIT, BodyKind.DEPARTMENT)))
        .order_by(Body.name)
    ).all()


def organization_of_code(code: str) -> Organization | None:
    """Return the organization that holds a unified code, or None."""
    found: Organization | None = db.session.scalar(
        db.select(Organization).where(Organization.unified_code == code)
    )
    return found

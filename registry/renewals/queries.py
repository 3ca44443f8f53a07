"""Reads of renewals: which filings end."""

from collections.abc import Sequence
from datetime import date

from core.db import db
from core.workflow.queries import under_way
from registry.organizations.kinds import OrganizationStatus, Track
from registry.organizations.models import Organization


def list_ending(first: date, last: date) -> Sequence[int]:
    """Return the ids of the active filed groups whose filing ends between two days, both counted.

    Whoever has handed in a renewal that is not decided yet is not among them.
    """
    return db.session.scalars(
        db.select(Organization.id)
        .where(
            Organization.track == Track.FILED,
            Organization.status == OrganizationStatus.ACTIVE,
            Organization.valid_until.between(first, last),
            ~under_way("filing_renewal", Organization.id),
        )
        .order_by(Organization.id)
    ).all()

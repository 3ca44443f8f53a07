"""Reads of renewals: which filings end, and until when one holds."""

from collections.abc import Sequence
from datetime import date, timedelta

from core import calendar, clock
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


def next_end(organization: Organization, years: int) -> date:
    """Return the last day of the next term: what is left of the present one is not lost."""
    today, until = clock.today(), organization.valid_until
    first = until + timedelta(days=1) if until is not None and until >= today else today
    return calendar.last_day_of_term(first, years)

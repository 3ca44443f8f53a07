"""Reads of yearly reports: who owes one, who handed one in."""

from collections.abc import Collection
from datetime import date
from typing import cast

from sqlalchemy import ColumnElement, Table, and_, or_, select

from core import calendar, clock, policy
from core.db import db
from core.workflow.models import Case
from registry.activity_reports import rules
from registry.activity_reports.models import ActivityReport
from registry.activity_reports.policy import DUE_MONTHS, NEW_MONTHS
from registry.organizations.kinds import OrganizationStatus, Track
from registry.organizations.models import Organization

#: Tables, joined by hand: a list that is sorted by who owes a report would lose the mapped join.
_REPORT, _CASE = cast(Table, ActivityReport.__table__), cast(Table, Case.__table__)


def report_of(organization_id: int, year: int) -> ActivityReport | None:
    """Return the report of a group for a year, a draft too, or None."""
    return db.session.scalar(
        select(ActivityReport).where(
            ActivityReport.organization_id == organization_id, ActivityReport.year == year
        )
    )


def owed(year: int) -> ColumnElement[bool]:
    """Return the condition of an active filed group that owes the report of a year.

    What was taken over from an earlier register owes it from the year in which it came here.
    """
    latest = filed_by(year)
    first_here = clock.start_of_day(date(year, 12, 31))
    return and_(
        Organization.track == Track.FILED,
        Organization.status == OrganizationStatus.ACTIVE,
        or_(Organization.founded_on.is_(None), Organization.founded_on <= latest),
        Organization.recorded_at < first_here,
    )


def filed_by(year: int) -> date:
    """Return the last day on which a group that owes the report of a year was filed."""
    return rules.filed_by(year, int(policy.value(NEW_MONTHS)))


def handed_in(year: int) -> ColumnElement[bool]:
    """Return the condition of a group that has handed in its report of a year."""
    report = (
        select(_REPORT.c.id)
        .join(_CASE, _CASE.c.id == _REPORT.c.id)
        .where(
            _REPORT.c.organization_id == Organization.id,
            _REPORT.c.year == year,
            _CASE.c.submitted_at.is_not(None),
        )
    )
    return report.exists()


def owes(organization: Organization, year: int) -> bool:
    """Return whether one group owes the report of a year and has not handed it in."""
    found = select(Organization.id).where(
        Organization.id == organization.id, owed(year), ~handed_in(year)
    )
    return db.session.scalar(found) is not None


def last_reported(organization_ids: Collection[int]) -> dict[int, int]:
    """Return the last year that each group has reported on, without those that never did."""
    rows = db.session.execute(
        select(ActivityReport.organization_id, db.func.max(ActivityReport.year))
        .where(
            ActivityReport.organization_id.in_(organization_ids),
            ActivityReport.submitted_at.is_not(None),
        )
        .group_by(ActivityReport.organization_id)
    )
    return dict(rows.all())


def due_on(year: int) -> date:
    """Return the last day for the report of a year: a working day (民法典第二百零三条)."""
    return calendar.roll_forward(rules.last_day(year, int(policy.value(DUE_MONTHS))))

"""Reads of silence: who has given no sign of life, since when, and what that leads to.

A sign of life is a filing, a report handed in, an application to renew, and a street's finding that
the group is active. The day on which an earlier register was taken over is none; but silence counts
from it at the earliest, since nobody could report here before.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from core import calendar, clock, policy
from core.db import db
from core.workflow.models import Case
from registry.dormancy import rules
from registry.dormancy.policy import FIRST_REMINDER_DAYS, LAST_REMINDER_DAYS, SILENT_YEARS
from registry.dormancy.states import DormantState
from registry.dormancy.workflow import DORMANT_CANCELLATION
from registry.organizations.kinds import OrganizationStatus, Track
from registry.organizations.models import Organization, OrganizationVersion

FOUND_ACTIVE = and_(Case.kind == DORMANT_CANCELLATION.kind, Case.state == DormantState.KEPT.value)
SIGN = or_(
    and_(Case.kind.in_(("filing_renewal", "activity_report")), Case.submitted_at.is_not(None)),
    FOUND_ACTIVE,
)
#: The moment of a sign.
SIGNED_AT = case((FOUND_ACTIVE, Case.closed_at), else_=Case.submitted_at)


def silent_through(day: date) -> ColumnElement[bool]:
    """Return the condition of an active filed group without a sign of life after `day`."""
    over = clock.end_of_day(day)
    later = select(Case.id).where(Case.subject_body_id == Organization.id, SIGN, over <= SIGNED_AT)
    return and_(
        Organization.track == Track.FILED,
        Organization.status == OrganizationStatus.ACTIVE,
        or_(Organization.founded_on.is_(None), Organization.founded_on <= day),
        Organization.recorded_at < over,
        ~later.exists(),
    )


def list_warned(today: date) -> Sequence[int]:
    """Return the ids of the groups whose silence is so long that they are told, or dormant."""
    near = today + timedelta(days=int(policy.value(FIRST_REMINDER_DAYS)))
    through = calendar.add_months(near, -12 * int(policy.value(SILENT_YEARS)))
    return db.session.scalars(
        select(Organization.id).where(silent_through(through)).order_by(Organization.id)
    ).all()


def last_signs(organizations: Collection[Organization]) -> dict[int, date | None]:
    """Return the day of the last sign of life of each organization, by id; None where there is none."""
    ids = [it.id for it in organizations]
    rows = db.session.execute(
        select(Case.subject_body_id, func.max(SIGNED_AT))
        .where(Case.subject_body_id.in_(ids), SIGN)
        .group_by(Case.subject_body_id)
    )
    told = {key: clock.local(at).date() for key, at in rows}
    signs = {it.id: [*filter(None, (it.founded_on, told.get(it.id)))] for it in organizations}
    return {key: max(found, default=None) for key, found in signs.items()}


def silence_of(organization: Organization) -> rules.Silence:
    """Return since when a group is silent and what follows, by the values of today."""
    here = clock.local(organization.recorded_at).date()
    return rules.silence(
        max(last_signs([organization])[organization.id] or here, here),
        years=int(policy.value(SILENT_YEARS)),
        first=int(policy.value(FIRST_REMINDER_DAYS)),
        last=int(policy.value(LAST_REMINDER_DAYS)),
    )


def dormant_since(organization_id: int, day: date) -> date | None:
    """Return since when an organization was dormant on `day`, or None where it was not."""
    since = None
    versions = db.session.scalars(
        select(OrganizationVersion)
        .where(
            OrganizationVersion.organization_id == organization_id,
            OrganizationVersion.valid_from <= day,
        )
        .order_by(OrganizationVersion.number.desc())
    )
    for version in versions:
        if version.facts.get("status") != OrganizationStatus.DORMANT.value:
            break
        since = version.valid_from
    return since

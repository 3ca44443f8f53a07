"""Filed groups of 2010 that the demo takes on: they renew, report, fall silent and end.

They are among the 169 that were taken over, and all live on, so that the district counts what it
counted in June 2010.
"""

from collections.abc import Sequence
from datetime import date

from core import clock
from core.accounts import SYSTEM, Role, actions
from core.db import atomic, db
from registry.activity_reports.states import ReportState
from registry.cancellations.states import CancellationState
from registry.demo.cast import person_called
from registry.demo.driver import drive, office_hours
from registry.demo.groups import begin_dormant, start
from registry.dormancy.states import DormantState
from registry.organizations.kinds import Track
from registry.organizations.models import Organization
from registry.renewals.models import FilingRenewal
from registry.renewals.states import RenewalState

#: Working days in the two years for which a receipt holds, less some weeks.
TWO_YEARS = 475
#: Working days ago that groups came here which have fallen silent since, or owe a yearly report.
LONG_AGO = 540
#: What each group does: the kind of case, the state it stands in, working days ago.
DONE: tuple[tuple[tuple[str, str, int], ...], ...] = (
    (
        ("filing_renewal", RenewalState.RENEWED.value, TWO_YEARS - 3),
        ("filing_renewal", RenewalState.STREET_REVIEW.value, 1),
    ),
    (("filing_renewal", RenewalState.CORRECTION.value, 2),),
    (("filing_cancellation", CancellationState.STREET_REVIEW.value, 3),),
    (("dormant_cancellation", DormantState.ANNOUNCED.value, 5),),
    (("dormant_cancellation", DormantState.PREPARED.value, 0),),
    (("activity_report", ReportState.RECORDED.value, 30),),
    (("activity_report", ReportState.HANDED_IN.value, 3),),
)
#: What only a group does that has been here for long.
LONG_HERE = ("dormant_cancellation", "activity_report")


def has_keeping() -> bool:
    """Return whether any group has renewed its filing."""
    return db.session.scalar(db.select(FilingRenewal.id).limit(1)) is not None


def make_keeping() -> None:
    """Let the first groups of the street have somebody who acts for them, and do what they do."""
    for organization_id, done in zip(_groups(len(DONE)), DONE, strict=True):
        for kind, state, days in done:
            if kind in LONG_HERE:
                _take_over_earlier(organization_id)
            if kind == "dormant_cancellation":
                case_id = begin_dormant(organization_id, days + 2)
            else:
                case_id = start(organization_id, kind, days + 4)
            drive(case_id, state, days_ago=days)


def _groups(number: int) -> Sequence[int]:
    """Return the ids of groups of 2010 at Chunxi Road, each now with an owner on the platform."""
    with atomic():
        found = db.session.scalars(
            db.select(Organization)
            .where(
                Organization.track == Track.FILED,
                Organization.name.startswith("春熙路"),
                Organization.filing_number.startswith("锦社备"),
            )
            .order_by(Organization.id)
            .limit(number)
        ).all()
        for group in found:
            actions.grant_membership(
                person_called("choir"), group, Role.OWNER, from_on=date(2019, 12, 31), by=SYSTEM
            )
        return [group.id for group in found]


def _take_over_earlier(organization_id: int) -> None:
    """Let a group have come here so long ago that it could fall silent since, or owe a report."""
    with office_hours(LONG_AGO), atomic():
        db.session.get_one(Organization, organization_id).recorded_at = clock.now()

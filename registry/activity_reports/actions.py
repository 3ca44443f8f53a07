"""What happens with a yearly report: opened once a year, put on record."""

from typing import Any

from core import clock
from core.accounts import Actor
from core.errors import RuleBroken
from core.i18n import _
from registry.activity_reports import queries, rules
from registry.activity_reports.models import ActivityReport
from registry.activity_reports.workflow import REPORT
from registry.filings.groups import group_in, group_of, open_for, seat_at_street
from registry.organizations import actions as register
from registry.organizations.kinds import OrganizationStatus
from registry.organizations.models import Organization
from registry.organizations.reporting import report

seat_at_street(REPORT)


@REPORT.starts
def open_report(answers: dict[str, str], *, by: Actor) -> ActivityReport:
    """Open last year's report of the group that `by` acts for, or return the one there is.

    Raises RuleBroken for anybody else, and for a group that is dormant or owes none.
    """
    organization = group_of(by)
    year = rules.reported_year(clock.today())
    begun = queries.report_of(organization.id, year)
    if begun is not None:
        return begun
    if organization.status is OrganizationStatus.DORMANT:
        raise RuleBroken(_("The group is dormant; renewing its filing makes it active again."))
    if not queries.owes(organization, year):
        raise RuleBroken(_why_none(organization, year))
    case = ActivityReport(
        organization_id=organization.id,
        year=year,
        individual_members=organization.individual_members,
    )
    opened = open_for(case, organization, by=by)
    opened.title = f"{organization.name}（{year}年度）"
    return opened


def _why_none(organization: Organization, year: int) -> str:
    """Return why an active group owes no report of a year."""
    if organization.founded_on is not None and organization.founded_on > queries.filed_by(year):
        return _("No report for %(year)d is owed: the group was filed too late in it.", year=year)
    first = clock.local(organization.recorded_at).year
    return _(
        "The group came onto this platform in %(first)d and reports here from the year %(first)d on; "
        "no report for %(year)d is owed here.",
        first=first,
        year=year,
    )


@REPORT.on("record")
def keep_members(case: ActivityReport, by: Actor, entered: dict[str, Any]) -> None:
    """Bring the number of members on the register up to date, where it changed."""
    organization = group_in(case)
    known = {"individual_members": case.individual_members}
    at = case.submitted_at or clock.now()
    if case.individual_members is not None and report(organization, known, at=at, by=by):
        register.keep_version(
            organization, source="report", by=by, case_id=case.id, valid_from=clock.today()
        )

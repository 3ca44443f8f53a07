"""What a filed group has to do, in the words of its own page: what, by when, with which button."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core import clock, policy
from core.i18n import _, day
from core.workflow import Workflow, queries, workflow_of
from core.workflow.lines import state_mark
from core.workflow.models import Case
from registry.activity_reports import queries as reports
from registry.activity_reports import rules as yearly
from registry.dormancy import queries as dormancy
from registry.organizations.kinds import OrganizationStatus
from registry.organizations.models import Organization
from registry.renewals import rules as renewals
from registry.renewals.policy import OPENS_DAYS


@dataclass(frozen=True)
class Duty:
    """One thing: its words, its last day, and what leads on: a case, or a button to start one.

    `kind` is the kind of case that the button starts; `tone` how pressing it is.
    """

    title: str
    text: str
    tone: str = "grey"
    due: date | None = None
    kind: str = ""
    button: str = ""
    case: Case | None = None

    @property
    def mark(self) -> Any:
        """Where that case stands, as a tag."""
        return state_mark(self.case.standing, public=True) if self.case else None


def duties_of(organization: Organization) -> list[Duty]:
    """Return what a living filed group has to do, the most pressing first."""
    found = [_renewal(organization), _report(organization), _silence(organization)]
    order = ("red", "amber", "blue", "grey", "green")
    return sorted((it for it in found if it), key=lambda it: order.index(it.tone))


def _under_way(workflow: Workflow, organization: Organization) -> Case | None:
    return queries.sole_case(workflow, organization.id)


def _renewal(organization: Organization) -> Duty | None:
    title, today = _("Renewal of the filing"), clock.today()
    begun = _under_way(workflow_of("filing_renewal"), organization)
    if begun is not None:
        words = _("Your application is under way.") if begun.number else _("You have begun.")
        return Duty(title, words, "blue", case=begun)
    if organization.status is OrganizationStatus.DORMANT:
        return _renew(_("The group is dormant. Renewing makes it active again."), "red")
    if organization.status is not OrganizationStatus.ACTIVE:
        return None
    until = organization.valid_until
    if until is None:
        return _renew(
            _(
                "The register does not know how long your paper receipt holds. Renewing gives a new one."
            ),
            "grey",
        )
    opens = renewals.opens_on(until, int(policy.value(OPENS_DAYS)))
    if today < opens:
        words = _(
            "The filing holds until %(until)s; it can be renewed from %(opens)s.",
            until=day(until),
            opens=day(opens),
        )
        return Duty(title, words, "green")
    if today > until:
        return _renew(_("The filing has ended and was not renewed."), "red", until)
    return _renew(_("The filing comes to its end."), "amber", until)


def _renew(words: str, tone: str, due: date | None = None) -> Duty:
    title, button = _("Renewal of the filing"), _("Renew the filing")
    return Duty(title, words, tone, due, "filing_renewal", button)


def _report(organization: Organization) -> Duty | None:
    today = clock.today()
    year = yearly.reported_year(today)
    title = _("Activity report for %(year)d", year=year)
    report = reports.report_of(organization.id, year)
    due = reports.due_on(year)
    late = today > due
    if report is not None and report.submitted_at is not None:
        return Duty(title, _("The report has come in."), "green", case=report)
    if not reports.owes(organization, year):
        return None
    words = (
        _("The report has not come in.") if late else _("One page; round numbers are good enough.")
    )
    tone = "red" if late else "amber"
    if report is not None:
        return Duty(title, words, tone, due, case=report)
    return Duty(title, words, tone, due, "activity_report", _("Write the report"))


def _silence(organization: Organization) -> Duty | None:
    if organization.status is not OrganizationStatus.ACTIVE:
        return None
    silence = dormancy.silence_of(organization)
    if clock.today() < silence.warned_on:
        return None
    words = _(
        "No report and no renewal since %(day)s. If nothing comes, the group becomes dormant.",
        day=day(silence.since),
    )
    return Duty(_("No sign of life"), words, "red", silence.falls_on)


def ending(organization: Organization) -> list[Case]:
    """Return the open cases that would end the group's filing: its own, and the street's."""
    kinds = ("filing_cancellation", "dormant_cancellation")
    found = (_under_way(workflow_of(kind), organization) for kind in kinds)
    return [case for case in found if case is not None]

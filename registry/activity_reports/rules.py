"""Which group owes a report for which year, by when, and what must be in it."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from core.calendar import rules as days
from core.i18n import _
from core.workflow import Finding
from registry.filings.rules import SOURCE

if TYPE_CHECKING:
    from registry.activity_reports.models import ActivityReport


def reported_year(today: date) -> int:
    """Return the year whose report can be handed in: the one that has ended last."""
    return today.year - 1


def last_day(year: int, months: int) -> date:
    """Return the day so many months after the end of a year: its report is due until then."""
    return days.add_months(date(year, 12, 31), months)


def filed_by(year: int, months: int) -> date:
    """Return the last day on which a group that owes the report of `year` was filed."""
    return days.add_months(date(year, 12, 31), -months)


def missing_report(case: "ActivityReport") -> Iterator[Finding]:
    if case.activity_count is None:
        yield Finding(_("The number of activities is missing."), "report", SOURCE)
    if case.participants is None:
        yield Finding(_("The number of people who took part is missing."), "report", SOURCE)
    if not case.summary:
        yield Finding(_("Please say in a few sentences what the group did."), "report", SOURCE)
    if case.individual_members is None:
        yield Finding(_("The number of members is missing."), "report", SOURCE)
    if case.income is None or case.spending is None:
        yield Finding(_("Income and spending are missing; 0 where there was none."), "report")

"""Writes: the counts of a large register, and the report of a month."""

from datetime import date, timedelta
from typing import Any

from flask_babel import force_locale
from sqlalchemy import delete, func, select

from core import audit, calendar, clock, divisions
from core.accounts import SYSTEM, Actor
from core.db import atomic, db
from core.documents import issue
from core.errors import RuleBroken
from core.i18n import LOCALES, _
from registry.chronicle.spans import Happening
from registry.organizations.models import OrganizationVersion
from registry.statistics import pictures, queries, times
from registry.statistics.models import StatisticsReport, StoredFigures
from registry.statistics.papers import REPORT
from registry.statistics.picture import F, R, frame

#: The figures of a register of up to so many versions are counted anew for every page.
MOST_LIVE = 5_000


def store_figures() -> int:
    """Count a large register and keep today's figures alone, or none of a small one.

    Returns how many versions it has.
    """
    size = db.session.scalar(select(func.count()).select_from(OrganizationVersion)) or 0
    today = clock.today()
    figures = queries.count(today) if size > MOST_LIVE else None
    with atomic():
        db.session.execute(delete(StoredFigures))
        if figures is not None:
            db.session.add(StoredFigures(until=today, figures=figures))
    return size


def month_before(day: date) -> date:
    """Return the first day of the month before that of `day`."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def is_due(day: date) -> bool:
    """Return whether the report of last month is to be out by `day`: from the first working day."""
    first = day.replace(day=1)
    return day >= calendar.roll_forward(first)


def is_issued(month: date) -> bool:
    """Return whether the report of a month, given by its first day, has been issued."""
    return db.session.get(StatisticsReport, month) is not None


def has_reports() -> bool:
    """Return whether any report has been issued."""
    return bool(queries.list_reports())


def make_demo() -> None:
    """Issue the report of last month."""
    with atomic():
        issue_report(month=f"{month_before(clock.today()):%Y-%m}", by=SYSTEM)


def issue_report(*, month: str, by: Actor) -> StatisticsReport:
    """Print the report of a month (2026-10), take its number and keep it as issued.

    A month has one report. Raises RuleBroken("month") for one that has not ended, or of which
    nothing is known, or whose report is there already.
    """
    first = queries.first_of(month)
    if first >= clock.today().replace(day=1):
        raise RuleBroken(_("This month has not ended yet."), field="month")
    known = db.session.get(StatisticsReport, first)
    if known is not None:
        number = known.instrument.number
        words = _("The report of this month was issued as %(number)s.", number=number)
        raise RuleBroken(words, field="month")
    last = queries.last_day(first.year, first.month)
    with force_locale(LOCALES[0]):
        facts = facts_of(first, last)
    instrument = issue(REPORT.key, facts=facts, by=by)
    report = StatisticsReport(month=first, instrument=instrument)
    db.session.add(report)
    db.session.flush()
    audit.record("statistics:report", instrument, by=by, changes={"month": [None, month]})
    return report


def facts_of(first: date, last: date) -> dict[str, Any]:
    """Return what the report of a month says: its pictures and the numbers in its first lines."""
    register = queries.register(last)
    shown = frame(first.year, until=last)
    decided = times.by_office(first, last)
    stock = {it: register.stock(it, last) for it in (R, F)}
    drawn = pictures.of_register(register, shown)
    drawn += [pictures.of_times(times.by_kind(decided))]
    offices = pictures.of_times(decided, offices=True)
    return {
        "authority": _authority(),
        "month": f"{first.year}年{first.month}月",
        "last": last,
        "registered": stock[R],
        "filed": stock[F],
        "founded": _flow(register, first, last, "founded"),
        "ended": _flow(register, first, last, "ended"),
        "decided": sum(it.decided for it in decided),
        "in_promise": sum(it.in_promise for it in decided),
        "pictures": [it for it in [*drawn, offices] if not it.empty],
    }


def _authority() -> str:
    """Return who issues: the office that watches over organizations, else the platform's name."""
    try:
        return divisions.office_for("oversight", divisions.require_district()).name
    except RuleBroken:
        name = divisions.district_name()
        return _("%(district)s social organization service", district=name)


def _flow(register: queries.Register, first: date, last: date, kind: str) -> int:
    return register.happened(Happening(kind), None, first, last)

"""The calendar as the office keeps it: the announced years with what was imported above them."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from core import audit, clock
from core.calendar import holidays, rules
from core.calendar.models import CalendarDay, DayKind
from core.db import db
from core.i18n import _, ngettext
from core.memory import remembered
from core.offered_settings import SettingRow

#: The years the calendar shows.
FIRST_YEAR, LAST_YEAR = 1949, 2200


def _plans() -> dict[int, rules.Plan]:
    rows = db.session.execute(
        db.select(CalendarDay.day, CalendarDay.kind).order_by(CalendarDay.day)
    )
    plans: dict[int, list[tuple[date, bool]]] = {}
    for day, kind in rows:
        plans.setdefault(day.year, []).append((day, kind is DayKind.WORKING))
    return {year: tuple(days) for year, days in plans.items()}


def _years() -> rules.Years:
    """Return the years as this transaction sees them."""
    plans = remembered(CalendarDay, "plans", _plans)
    return lambda year: rules.year_of(year, plans.get(year, ()))


def is_working_day(day: date) -> bool:
    """Return whether the offices work on `day`."""
    return rules.is_working_day(day, _years())


def working_days_between(start: date, end: date) -> int:
    """Return the working days after `start` up to and including `end`: 0 for the same day,
    negative where `end` comes first. Cheap over any distance.
    """
    return rules.working_days_between(start, end, _years())


def add_working_days(start: date, n: int) -> date:
    """Return the n-th working day after `start`, which is not counted; n may be negative."""
    return rules.add_working_days(start, n, _years())


def add_calendar_days(start: date, n: int) -> date:
    """Return the day n calendar days after `start`, which is not counted."""
    return start + timedelta(days=n)


def add_months(start: date, n: int) -> date:
    """Return the same day n months on, or the month's last day where it has no such day."""
    return rules.add_months(start, n)


def last_day_of_term(first: date, years: int) -> date:
    """Return the last day of a term of so many years whose first day counts: the day before the
    same day of the year in which it ends (自2026年3月1日至2031年2月28日).
    """
    return rules.last_day_of_term(first, years)


def roll_forward(day: date) -> date:
    """Return `day`, or the next working day where it is none (民法典 art. 203; 财政部令87号 art. 85)."""
    return rules.roll_forward(day, _years())


def is_provisional(year: int) -> bool:
    """Return whether no announced plan of `year` is known, so that its days may still change."""
    if year in holidays.ANNOUNCED:
        return False
    return year not in remembered(CalendarDay, "plans", _plans)


def years_to_import() -> list[int]:
    """Return this year and, from December on, the next, as far as their plan is missing."""
    today = clock.today()
    near = [today.year] if today.month < 12 else [today.year, today.year + 1]
    return [year for year in near if is_provisional(year)]


@dataclass(frozen=True)
class ShownDay:
    """A day of the calendar as it is shown: `name` is the festival that moved it, if one did."""

    day: date
    working: bool
    name: str
    imported: bool

    @property
    def is_special(self) -> bool:
        """Whether the day differs from Monday to Friday."""
        return self.working != (self.day.weekday() < 5)


def days_of(year: int) -> list[ShownDay]:
    """Return every day of `year`, in order."""
    imported = {
        row.day: row.name
        for row in db.session.scalars(
            db.select(CalendarDay).where(
                CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
            )
        )
    }
    names = {day: name for day, (_, name) in holidays.announced_days(year).items()}
    if is_provisional(year):
        names = holidays.statutory_days(year)
    names |= imported
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range(366 if calendar.isleap(year) else 365))
    return [ShownDay(day, is_working_day(day), names.get(day, ""), day in imported) for day in days]


@dataclass(frozen=True)
class Month:
    """A month as its page shows it: how many days are worked, and those taken off by name."""

    number: int
    worked: int
    off: str


def months_of(days: list[ShownDay]) -> list[Month]:
    """Return the twelve months of a year's `days`."""
    months = []
    for number in range(1, 13):
        own = [it for it in days if it.day.month == number]
        names = dict.fromkeys(it.name for it in own if it.name and not it.working)
        months.append(Month(number, sum(it.working for it in own), "、".join(names)))
    return months


#: A month as a sheet of weeks, Monday first; None where the week belongs to another month.
Sheet = tuple[int, list[list[ShownDay | None]]]


def sheets_of(days: list[ShownDay]) -> list[Sheet]:
    """Return the twelve months of a year's `days` as sheets of weeks."""
    by_day = {it.day: it for it in days}
    year = days[0].day.year
    weeks = calendar.Calendar().monthdatescalendar
    return [
        (
            month,
            [
                [by_day[day] if day.month == month else None for day in week]
                for week in weeks(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def setting_rows() -> list[SettingRow]:
    """Return the years around today for the page of all settings: what counts, and whence."""
    this = clock.today().year
    imports = {year: deed for deed in audit.deeds("calendar:import") for year in deed.changes}
    rows = []
    for year in range(this - 1, this + 3):
        days = days_of(year)
        source = db.session.scalar(
            db.select(CalendarDay.source)
            .where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
            .limit(1)
        )
        known = _("Days off by law") if is_provisional(year) else _("Known plan")
        worked = sum(it.working for it in days)
        deed = imports.get(str(year))
        rows.append(
            SettingRow(
                label=str(year),
                value=ngettext("%(num)d working day.", "%(num)d working days.", worked),
                source=source or known,
                url=url_for("calendar.calendar_year", year=year),
                since=deed.on if deed else None,
                set_by=deed.by if deed else "",
            )
        )
    return rows

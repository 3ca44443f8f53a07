"""Counting days, without a database. 行政许可法 art. 82, 行政处罚法 art. 85; 87号 art. 85.

The start day is never counted, the last day is.
"""

import calendar
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from core.calendar import holidays

#: What an imported plan says of its days: (day, is it a working day), sorted.
Plan = tuple[tuple[date, bool], ...]


@dataclass(frozen=True)
class Year:
    """The working days of one year. `through[n]` is how many its first n days hold."""

    first: date
    through: tuple[int, ...]

    @property
    def total(self) -> int:
        return self.through[-1]

    def until(self, day: date) -> int:
        """Return how many working days there are from 1 January to `day`, both counted."""
        return self.through[(day - self.first).days + 1]

    def nth(self, n: int) -> date:
        """Return the n-th working day of the year, the first being 1."""
        return self.first + timedelta(days=bisect_left(self.through, n) - 1)


@lru_cache(maxsize=512)
def year_of(year: int, plan: Plan = ()) -> Year:
    """Return the working days of `year`: the plan's word, else the announced one, else Monday to
    Friday without the law's own days off.
    """
    known = {day: working for day, (working, _) in holidays.announced_days(year).items()}
    if not known and not plan:
        known = dict.fromkeys(holidays.statutory_days(year), False)
    known |= dict(plan)
    first = date(year, 1, 1)
    through = [0]
    for n in range(366 if calendar.isleap(year) else 365):
        day = first + timedelta(days=n)
        through.append(through[-1] + known.get(day, day.weekday() < 5))
    return Year(first, tuple(through))


Years = Callable[[int], Year]


def is_working_day(day: date, years: Years) -> bool:
    year = years(day.year)
    place = (day - year.first).days
    return year.through[place] != year.through[place + 1]


def working_days_between(start: date, end: date, years: Years) -> int:
    """Return how many working days lie after `start` up to and including `end`; negative where
    `end` is the earlier of the two.
    """
    if end < start:
        return -working_days_between(end, start, years)
    whole = sum(years(year).total for year in range(start.year, end.year))
    return whole + years(end.year).until(end) - years(start.year).until(start)


def add_working_days(start: date, n: int, years: Years) -> date:
    """Return the n-th working day after `start` (before it, if n is negative); `start` for 0."""
    if n == 0:
        return start
    year = start.year
    # Counted from 1 January of the running year; for a step back, from the day before `start`.
    if n > 0:
        place = years(year).until(start) + n
    else:
        place = years(year).until(start) - is_working_day(start, years) + n + 1
    while place > years(year).total:
        place -= years(year).total
        year += 1
    while place < 1:
        year -= 1
        place += years(year).total
    return years(year).nth(place)


def roll_forward(day: date, years: Years) -> date:
    """Return `day`, or the next working day where it is none (民法典 art. 203; 87号 art. 85)."""
    return day if is_working_day(day, years) else add_working_days(day, 1, years)


def last_day_of_term(first: date, years: int) -> date:
    """Return the day before the same day `years` on, or the month's last day where it has no such
    day (民法典 art. 201, 202; the first day counts, since a paper holds on the day it begins).
    """
    follower = add_months(first, 12 * years)
    return follower - timedelta(days=1) if follower.day == first.day else follower


def add_months(start: date, n: int) -> date:
    """Return the same day n months on, or the month's last day where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))

"""Counting of days: the law sheet's own examples, and what must hold for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import holidays, rules
from core.calendar.rules import year_of

days = st.dates(date(2003, 1, 1), date(2062, 12, 31))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 2, 6), 5, date(2026, 2, 13)),
        (date(2026, 4, 27), 5, date(2026, 5, 7)),
        (date(2026, 12, 1), 20, date(2026, 12, 29)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday on which offices work
        (date(2026, 2, 14), 1, date(2026, 2, 24)),  # over the whole Spring Festival
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
        (date(2026, 3, 7), 0, date(2026, 3, 7)),
        (date(2026, 5, 7), -5, date(2026, 4, 27)),
        (date(2026, 1, 5), -1, date(2026, 1, 4)),
        (date(2026, 1, 4), -1, date(2025, 12, 31)),
    ],
)
def test_add_working_days(start, n, end):
    assert rules.add_working_days(start, n, year_of) == end


def test_working_days_of_2026():
    assert year_of(2026).total == 248


def test_the_start_day_is_not_counted_and_the_last_is():
    assert rules.working_days_between(date(2026, 3, 2), date(2026, 3, 2), year_of) == 0
    assert rules.working_days_between(date(2026, 3, 2), date(2026, 3, 3), year_of) == 1
    assert rules.working_days_between(date(2026, 3, 3), date(2026, 3, 2), year_of) == -1
    assert rules.working_days_between(date(2025, 12, 31), date(2026, 12, 31), year_of) == 248


@pytest.mark.parametrize(
    ("day", "rolled"),
    [
        (date(2026, 10, 3), date(2026, 10, 8)),
        (date(2026, 10, 10), date(2026, 10, 10)),  # a make-up Saturday is no holiday
        (date(2026, 10, 11), date(2026, 10, 12)),
        (date(2026, 3, 2), date(2026, 3, 2)),
    ],
)
def test_a_last_day_on_a_holiday_moves_to_the_day_after_it(day, rolled):
    assert rules.roll_forward(day, year_of) == rolled


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 7, 1), 60, date(2031, 7, 1)),
    ],
)
def test_add_months(day, n, then):
    assert rules.add_months(day, n) == then


@given(days, days)
def test_counting_agrees_with_counting_one_by_one(start, end):
    start, end = sorted((start, min(end, start + timedelta(days=500))))
    one_by_one = sum(
        rules.is_working_day(start + timedelta(days=n), year_of)
        for n in range(1, (end - start).days + 1)
    )
    assert rules.working_days_between(start, end, year_of) == one_by_one
    assert rules.working_days_between(end, start, year_of) == -one_by_one


@given(days, st.integers(1, 2000))
def test_adding_and_counting_are_inverse(start, n):
    end = rules.add_working_days(start, n, year_of)
    assert rules.is_working_day(end, year_of)
    assert rules.working_days_between(start, end, year_of) == n
    back = rules.add_working_days(end, -n, year_of)
    assert back <= start
    assert rules.working_days_between(back, start, year_of) == 0
    assert rules.roll_forward(end, year_of) == end


@given(days, st.integers(1, 2000))
def test_going_back_counts_the_same_days(end, n):
    start = rules.add_working_days(end, -n, year_of)
    assert start < end
    assert rules.is_working_day(start, year_of)
    between = rules.working_days_between(start, end - timedelta(days=1), year_of)
    assert between == n - 1


@given(days, days, st.integers(0, 300), st.integers(0, 300))
def test_later_starts_and_more_days_never_end_earlier(a, b, m, n):
    a, b = sorted((a, b))
    m, n = sorted((m, n))
    assert rules.add_working_days(a, m, year_of) <= rules.add_working_days(a, n, year_of)
    assert rules.add_working_days(a, n or 1, year_of) <= rules.add_working_days(b, n or 1, year_of)


@given(days)
def test_rolling_forward_never_goes_back_and_skips_no_working_day(day):
    rolled = rules.roll_forward(day, year_of)
    assert rolled >= day
    assert rules.is_working_day(rolled, year_of)
    skipped = rules.working_days_between(day - timedelta(days=1), rolled, year_of)
    assert skipped == 1


def test_a_year_without_a_plan_is_monday_to_friday_without_the_laws_days():
    off = holidays.statutory_days(2027)
    assert len(off) == 13
    weekdays = sum((date(2027, 1, 1) + timedelta(days=n)).weekday() < 5 for n in range(365))
    assert year_of(2027).total == weekdays - sum(day.weekday() < 5 for day in off)
    assert not rules.is_working_day(date(2027, 2, 5), year_of)  # 除夕, a Friday
    assert rules.is_working_day(date(2027, 2, 10), year_of)


def test_a_year_no_calendar_was_computed_for_has_the_fixed_days():
    assert set(holidays.statutory_days(2075).values()) == {"元旦", "劳动节", "国庆节"}


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_computed_festivals_are_those_the_state_council_announced(year):
    announced = holidays.announced_days(year)
    assert all(announced[day][0] is False for day in holidays.statutory_days(year))


def test_an_imported_plan_stands_above_everything():
    plan: rules.Plan = ((date(2026, 3, 2), False), (date(2026, 3, 7), True))
    assert not rules.is_working_day(date(2026, 3, 2), lambda y: year_of(y, plan))
    assert rules.is_working_day(date(2026, 3, 7), lambda y: year_of(y, plan))
    assert not rules.is_working_day(date(2026, 10, 1), lambda y: year_of(y, plan))
    plan = ((date(2027, 3, 1), False),)
    assert rules.is_working_day(date(2027, 2, 5), lambda y: year_of(y, plan))


def test_a_distance_of_decades_costs_years_not_days():
    asked = []

    def years(year):
        asked.append(year)
        return year_of(year)

    rules.working_days_between(date(1990, 1, 1), date(2060, 1, 1), years)
    assert len(asked) == 72

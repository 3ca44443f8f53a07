"""The office's calendar: the imported plan, its import, and what is provisional."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import calendar
from core.accounts import SYSTEM
from core.calendar import actions, holidays, plan, queries
from core.calendar.models import CalendarDay, DayKind
from core.db import atomic, db
from core.errors import RuleBroken

MAKE_UP = date(2027, 2, 14)
#: A make-up day with the weekday off that it makes up for.
BRIDGE = (f"{MAKE_UP},working,春节", "2027-02-12,holiday,春节")


def off_instead(year):
    """Yield a weekday off for each of the law's days that falls on a weekend, as plans have it."""
    taken = set(holidays.statutory_days(year))
    for day, name in holidays.statutory_days(year).items():
        if day.weekday() > 4:
            instead = day
            while instead in taken or instead.weekday() > 4:
                instead += timedelta(days=1)
            taken.add(instead)
            yield instead, name


def plan_of(year, *more):
    """Return the text of a whole plan: the law's days, what they move, and `more` lines."""
    days = dict([*holidays.statutory_days(year).items(), *off_instead(year)])
    lines = [f"{day},holiday,{name}" for day, name in sorted(days.items())]
    return "\n".join(["day,kind,name", *lines, *more, ""])


def loaded(text):
    with atomic():
        return actions.import_plan(plan.read_plan(text), "国办发明电〔2026〕1号", by=SYSTEM)


def test_counting_goes_by_the_package_without_an_import(app):
    assert calendar.add_working_days(date(2026, 2, 6), 5) == date(2026, 2, 13)
    assert calendar.working_days_between(date(2026, 4, 27), date(2026, 5, 7)) == 5
    assert calendar.roll_forward(date(2026, 10, 3)) == date(2026, 10, 8)
    assert calendar.add_calendar_days(date(2026, 2, 20), 10) == date(2026, 3, 2)
    assert calendar.add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)


def test_an_imported_plan_is_followed_at_once_and_only_in_its_database(app):
    assert calendar.is_provisional(2027)
    assert not calendar.is_working_day(MAKE_UP)
    assert loaded(plan_of(2027, *BRIDGE)) == [2027]
    assert calendar.is_working_day(MAKE_UP)
    assert not calendar.is_provisional(2027)
    assert calendar.is_provisional(2028)


@pytest.mark.parametrize("turn", [1, 2])
def test_no_test_knows_what_another_imported(app, turn):
    assert calendar.is_provisional(2027)
    loaded(plan_of(2027))


def test_a_new_import_replaces_the_year(app):
    loaded(plan_of(2027, *BRIDGE))
    assert loaded(plan_of(2027)) == [2027]
    assert not calendar.is_working_day(MAKE_UP)
    assert db.session.scalar(db.select(db.func.count()).select_from(CalendarDay)) == 19


def test_an_import_inside_a_longer_piece_of_work_is_seen_by_it(app):
    with atomic():
        assert not calendar.is_working_day(MAKE_UP)
        days = plan.read_plan(plan_of(2027, f"{MAKE_UP},上班,春节", BRIDGE[1]))
        actions.import_plan(days, "x", by=SYSTEM)
        assert calendar.is_working_day(MAKE_UP)


def test_one_day_of_a_known_year_may_be_corrected(app):
    loaded("day,kind,name\n2026-03-02,休,特别放假\n")
    assert not calendar.is_working_day(date(2026, 3, 2))
    assert not calendar.is_working_day(date(2026, 10, 1))
    assert calendar.add_working_days(date(2026, 2, 28), 1) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["Line 1"]),
        ("date,kind\n", ["Line 1"]),
        ("day,kind,name\n", ["holds no day"]),
        ("day,kind,name\n2026-02-30,holiday,x\n", ["Line 2", "2026-02-30"]),
        ("day,kind,name\n2026-03-02,free,x\n\n2026-03-03\n", ["Line 2", "free", "Line 4"]),
        ("day,kind,name\n2026-03-02,holiday,\n", ["Line 2", "name"]),
        ("day,kind,name\n2026-03-02,holiday,x\n2026-03-02,working,x\n", ["Line 3", "twice"]),
        ("day,kind,name\n2027-01-01,holiday,元旦\n", ["2027-02-06 (春节)", "2027-10-03"]),
        (plan_of(2027).replace("2027-05-01,holiday", "2027-05-01,working"), ["2027-05-01"]),
        (plan_of(2027, BRIDGE[1]), ["春节 takes off", "Make-up days missing: 1"]),
        (plan_of(2027, BRIDGE[0]), ["春节 takes off", "Days off missing: 1"]),
        (plan_of(2027, "2027-03-02,working,x"), ["2027-03-02 is a Tuesday", "worked anyway"]),
        ("day,kind,name,weekday\n2026-03-02,holiday,x,周三\n", ["2026-03-02 is a Monday", "周三"]),
        ("day,kind,name,weekday\n2026-03-02,holiday,x\n", ["Line 2", "4 fields", "3"]),
    ],
)
def test_mistakes_are_named_line_by_line(app, english, text, words):
    with pytest.raises(RuleBroken) as refused:
        plan.read_plan(text)
    assert all(word in str(refused.value) for word in words), str(refused.value)


def test_a_day_of_another_year_is_named_with_its_line(app, english):
    with pytest.raises(RuleBroken) as refused:
        plan.read_plan(plan_of(2027), 2028)
    assert "Line 2: 2027-01-01 does not lie in 2028." in str(refused.value)


@pytest.mark.parametrize("written", ["周六", "星期六", "Saturday", "sat", "6"])
def test_the_weekday_may_be_stated(app, written):
    text = f"day,kind,name,weekday\n2026-02-14,working,春节,{written}\n"
    assert plan.read_plan(text)[0].kind is DayKind.WORKING


@given(st.integers(min_value=2027, max_value=2060))
def test_every_plan_that_gives_the_law_its_days_works_as_many_days_as_the_law_leaves(year):
    """Weekdays less the law's days, however they fall: what the check of make-up days rests on."""
    statutory = holidays.statutory_days(year)
    planned = dict([*statutory.items(), *off_instead(year)])
    every = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    worked = sum(day.weekday() < 5 and day not in planned for day in every)
    assert worked == sum(day.weekday() < 5 for day in every) - len(statutory)
    assert plan.read_plan(plan_of(year), year)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_come_in_the_offices_encodings(encoding):
    text = plan.decode("day,kind,name\n2026-03-02,休,特别放假\n".encode(encoding))
    assert plan.read_plan(text) == [plan.PlannedDay(date(2026, 3, 2), DayKind.HOLIDAY, "特别放假")]


def test_a_file_in_no_known_encoding_is_refused(app):
    with pytest.raises(RuleBroken):
        plan.decode(b"\xff\xff\xff")


def test_the_year_as_it_is_shown(app):
    loaded(plan_of(2027, *BRIDGE))
    days = {it.day: it for it in queries.days_of(2027)}
    assert len(days) == 365
    assert days[MAKE_UP] == queries.ShownDay(MAKE_UP, True, "春节", True)
    assert days[MAKE_UP].is_special
    assert not days[date(2027, 3, 1)].is_special
    known = {it.day: it for it in queries.days_of(2026)}
    assert known[date(2026, 2, 14)].name == "春节"
    assert not known[date(2026, 2, 14)].imported
    assert len(queries.days_of(2028)) == 366


def test_the_next_plan_is_missed_from_december_on(app, frozen):
    frozen("2026-11-30 09:00")
    assert calendar.years_to_import() == []
    frozen("2026-12-01 09:00")
    assert calendar.years_to_import() == [2027]
    loaded(plan_of(2027))
    assert calendar.years_to_import() == []


@pytest.mark.engines("sqlite")
def test_the_commands(app, tmp_path):
    run = app.test_cli_runner().invoke
    file = tmp_path / "2027.csv"
    file.write_bytes(plan_of(2027, *BRIDGE).encode("gb18030"))
    assert "2027" in run(args=["calendar", "import", str(file)]).output
    shown = run(args=["calendar", "show", "2027"]).output
    assert str(MAKE_UP) in shown
    file.write_text("day,kind,name\n2027-02-30,x,y\n")
    refused = run(args=["calendar", "import", str(file)])
    assert refused.exit_code == 1
    assert "2027-02-30" in refused.output
    db.session.rollback()
    assert calendar.is_working_day(MAKE_UP)
    assert run(args=["calendar", "show", "2031"]).exit_code == 0

"""Time to decide, counted by SQL and the calendar, against cases counted one by one."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table, insert

from core import calendar, clock
from core.accounts import Body
from core.db import atomic, db
from core.workflow import workflow_of
from core.workflow.models import Case, CaseEvent
from registry.statistics import pictures, times
from registry.statistics.times import Times
from tests.statements import statements

CASE, EVENT = cast(Table, Case.__table__), cast(Table, CaseEvent.__table__)
FIRST, LAST = date(2026, 1, 1), date(2026, 10, 31)


def at_office(day, hour=9):
    return datetime.combine(day, time(hour), clock.OFFICE_ZONE)


def decided_case(user_id, office_id, *, kind="filing", since, after, allowed=10, stood=0):
    """Write a case whose clock ran from `since`, decided `after` working days later."""
    promise = "filing.street_days" if kind == "filing" else "registration.promised_days"
    promised = calendar.add_working_days(since, allowed + stood)
    decided = calendar.add_working_days(since, after) if after is not None else None
    written: Any = db.session.execute(
        insert(CASE).values(
            kind=kind, state="filed" if decided else "street_review", applicant_id=user_id,
            office_id=office_id, clock_from=since, promised_on=promised,
            statutory_on=promised + timedelta(days=20), opened_at=at_office(since),
            policies={promise: {"value": allowed, "since": None}}, version=1, title="",
            state_since=at_office(since),
        )
    )  # fmt: skip
    (case_id,) = written.inserted_primary_key
    if decided:
        for step, hour in (("approve", 23), ("record", 23)):
            db.session.execute(
                insert(EVENT).values(
                    case_id=case_id, step=step, actor_name="", body_name="", after="filed",
                    at=at_office(decided, hour), note="", entered={}, staff_only=False, late=False,
                )
            )  # fmt: skip
    return decided, promised, after - stood if decided else None


@pytest.fixture
def offices(town):
    ids = db.session.scalars(
        db.select(Body.id).where(Body.name.contains("指导服务中心")).order_by(Body.id)
    ).all()
    return town.applicant.user_id, ids[:2]


def test_days_are_those_the_clock_of_each_case_counted(offices, frozen):
    frozen("2026-10-31 12:00")
    user, ids = offices
    chance = Random(4)
    plain: dict[int, list[tuple[int, bool]]] = {key: [] for key in ids}
    with atomic():
        for _n in range(60):
            office = chance.choice(ids)
            since = FIRST + timedelta(days=chance.randrange(270))
            stood = chance.choice((0, 0, 4))
            after = stood + chance.randrange(14)
            decided, promised, took = decided_case(
                user, office, since=since, after=after, stood=stood
            )
            if FIRST <= decided <= LAST:
                plain[office].append((took, decided <= promised))
    found = {it.office_id: it for it in times.by_office(FIRST, LAST) if it.decided}
    for office, told in plain.items():
        days = sorted(took for took, _kept in told)
        it = found[office]
        assert sorted(it.days.elements()) == days
        assert it.in_promise == sum(kept for _took, kept in told)
        assert it.within(50) == days[(len(days) + 1) // 2 - 1]
        assert it.promised == 10
    whole = {it.kind.kind: it for it in times.by_kind(list(found.values()))}["filing"]
    assert whole.decided == sum(map(len, plain.values()))


def test_a_decision_belongs_to_the_day_at_the_office(offices):
    """23:00 in Chengdu on the last day of October is still October, and still in time."""
    user, (office, _other) = offices
    with atomic():
        since = date(2026, 10, 16)
        after = calendar.working_days_between(since, date(2026, 10, 30))
        decided_case(user, office, since=since, after=after, allowed=after)
    october = times.by_office(date(2026, 10, 1), date(2026, 10, 30))
    assert [(it.decided, it.in_promise, it.in_law) for it in october] == [(1, 1, 1)]
    assert not [it for it in times.by_office(date(2026, 10, 31), LAST) if it.decided]


def test_what_is_open_beyond_the_promise_is_told(offices, frozen):
    user, (office, _other) = offices
    with atomic():
        decided_case(user, office, since=date(2026, 3, 2), after=None)
        decided_case(user, office, since=date(2026, 3, 2), after=3)
    frozen("2026-03-10 09:00")
    assert [it.open_late for it in times.by_office(FIRST, LAST)] == [0]
    frozen("2026-03-31 09:00")
    found = times.by_office(FIRST, LAST)
    assert [(it.decided, it.open_late) for it in found] == [(1, 1)]
    picture = pictures.of_times(found, offices=True)
    assert [row[1:] for row in picture.rows] == [[1, 3, 3, 10, 100, 100, 1]]


@pytest.mark.engines("sqlite")
def test_the_queries_are_the_same_for_one_case_and_for_many(offices):
    user, ids = offices

    def cost():
        with atomic(), statements() as asked:
            times.by_office(FIRST, LAST)
        return len(asked)

    with atomic():
        decided_case(user, ids[0], since=date(2026, 3, 2), after=2)
    alone = cost()
    with atomic():
        for n in range(50):
            decided_case(user, ids[n % 2], since=FIRST + timedelta(days=n), after=n % 9)
    assert cost() == alone


@pytest.mark.engines("sqlite")
def test_only_decisions_of_an_office_count(app):
    assert set(times.deciding_steps(workflow_of("registration"))) == {"approve", "refuse"}
    assert set(times.deciding_steps(workflow_of("filing"))) == {"approve", "refuse"}


@given(st.lists(st.integers(0, 90), min_size=1), st.sampled_from([50, 90]))
def test_a_share_of_decisions_came_within_its_days(days, percent):
    it = Times(workflow_of("filing"), None, "")
    it.days.update(days)
    within = it.within(percent)
    assert sum(d <= within for d in days) * 100 >= percent * len(days)
    assert sum(d < within for d in days) * 100 < percent * len(days)
    assert within in days

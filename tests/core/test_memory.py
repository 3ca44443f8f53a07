"""What a transaction remembers, and when it forgets."""

from datetime import date

from sqlalchemy import insert

from core.calendar.models import CalendarDay, DayKind
from core.db import atomic, db
from core.memory import remembered

MAY_DAY = {"kind": DayKind.HOLIDAY, "name": "劳动节", "source": "x"}


def count():
    def load():
        return db.session.scalar(db.select(db.func.count()).select_from(CalendarDay))

    return remembered(CalendarDay, "count", load)


def a_day(n):
    return CalendarDay(day=date(2030, 5, n), **MAY_DAY)


def test_the_table_is_read_once_in_a_transaction(app):
    assert count() == 0
    assert remembered(CalendarDay, "count", lambda: 99) == 0
    db.session.rollback()
    assert remembered(CalendarDay, "count", lambda: 99) == 99


def test_what_the_session_writes_is_seen_at_once(app):
    assert count() == 0
    db.session.add(a_day(1))
    db.session.flush()
    assert count() == 1
    db.session.execute(insert(CalendarDay).values(day=date(2030, 5, 2), **MAY_DAY))
    assert count() == 2
    db.session.rollback()
    assert count() == 0


def test_a_commit_elsewhere_is_seen_by_the_next_transaction(app):
    with atomic():
        db.session.add(a_day(1))
    assert count() == 1
    with atomic():
        assert count() == 1
        db.session.add(a_day(2))
        db.session.flush()
        assert count() == 2
    assert count() == 2

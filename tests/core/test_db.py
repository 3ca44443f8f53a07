"""The one transaction edge, and the types of columns."""

import sqlite3
from contextlib import suppress
from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy.exc import OperationalError, StatementError

from core import clock, receipts
from core.accounts.models import Body, BodyKind, User
from core.db import MoneyType, UtcDateTime, atomic, db, dialect, read_one_moment
from core.errors import WrongState


def names():
    return list(db.session.scalars(db.select(Body.name).order_by(Body.name)))


def test_a_block_that_raises_leaves_nothing(app):
    with suppress(ZeroDivisionError), atomic():
        db.session.add(Body(kind=BodyKind.BUREAU, name="局"))
        db.session.flush()
        raise ZeroDivisionError
    assert names() == []


def test_a_block_in_a_block_joins_it(app):
    with suppress(ZeroDivisionError), atomic():
        with atomic():
            db.session.add(Body(kind=BodyKind.BUREAU, name="局"))
        raise ZeroDivisionError
    assert names() == []


@pytest.mark.parametrize("words", ["database is locked", "deadlock detected"])
def test_a_writer_that_waited_in_vain_is_told_to_try_again(app, words):
    with pytest.raises(WrongState), atomic():
        raise OperationalError("UPDATE", {}, sqlite3.OperationalError(words))


def test_another_fault_of_the_database_stays_one(app):
    with pytest.raises(OperationalError), atomic():
        raise OperationalError("UPDATE", {}, sqlite3.OperationalError("disk I/O error"))


def test_a_moment_without_its_zone_is_refused(app):
    with pytest.raises(StatementError, match="time zone"):
        db.session.execute(db.select(User.id).where(User.created_at > datetime(2026, 3, 1)))  # noqa: DTZ001


def test_moments_come_back_in_utc_and_money_to_the_cent(app):
    engine = db.engine.dialect
    moment, money = UtcDateTime(), MoneyType()
    now = clock.now()
    assert moment.process_result_value(moment.process_bind_param(now, engine), engine) == now
    assert moment.process_bind_param(None, engine) is None
    assert moment.process_result_value(None, engine) is None
    sum_ = Decimal("30000.05")
    stored = money.process_bind_param(sum_, engine)
    assert stored == (3000005 if dialect() == "sqlite" else sum_)
    assert money.process_result_value(stored, engine) == sum_
    assert money.process_bind_param(None, engine) is None
    assert money.process_result_value(None, engine) is None
    with pytest.raises(ValueError, match="two decimals"):
        money.process_bind_param(Decimal("0.001"), engine)


def test_one_moment_is_read_however_long_it_takes(app):
    read_one_moment()
    assert names() == []
    with db.engine.connect() as other, other.begin():
        other.execute(db.insert(Body).values(kind=BodyKind.BUREAU, name="局"))
    assert names() == []
    db.session.rollback()
    assert names() == ["局"]


class TestReceipts:
    """One form, one effect."""

    def test_a_second_use_finds_the_first_result(self, app):
        with atomic():
            body = Body(kind=BodyKind.BUREAU, name="局")
            db.session.add(body)
            receipts.claim("key", None).keep(body)
        with atomic():
            again = receipts.claim("key", None)
            assert not again.first
            assert again.result() is body

    def test_a_use_without_a_record_leads_nowhere(self, app):
        with atomic():
            receipts.claim("key", None).keep("words only")
        with atomic():
            assert receipts.claim("key", None).result() is None

    def test_a_key_is_its_owners(self, app):
        with atomic():
            user = User(login="a", display_name="a", password_hash="", session_stamp="a")
            db.session.add(user)
            db.session.flush()
            assert receipts.claim("key", None).first
            assert receipts.claim("key", user.id).first
            assert not receipts.claim("key", user.id).first

    def test_a_table_that_is_gone_leads_nowhere(self, app):
        with atomic():
            claim = receipts.claim("key", None)
            claim.receipt.table, claim.receipt.record_id = "no_such_table", 1
            assert claim.result() is None

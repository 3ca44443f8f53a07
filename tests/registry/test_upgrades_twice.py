"""A group is registered once, whoever else asks at the same moment: the database sees to it."""

import pytest
from sqlalchemy.exc import IntegrityError

from core import clock
from core.constraints import meaning
from core.db import atomic, db
from registry.registrations.models import Registration
from registry.upgrades.models import Upgrade
from tests.registry.at_once import submit_at_once
from tests.registry.test_upgrades import applied, choir, owner, ready

assert choir


def row(organization_id: int, case_id: int, number: str) -> Upgrade:
    return Upgrade(organization_id=organization_id, case_id=case_id, filing_number=number)


def write(it: Upgrade) -> None:
    with atomic():
        db.session.add(it)


def test_the_database_refuses_a_second_upgrade_of_a_group(choir):
    first, second = applied(choir), applied(choir, "成都市锦江区红枫歌咏协会")
    with atomic():
        db.session.add(row(choir, first, "BA-1"))
    db.session.expunge_all()
    for again in (row(choir, second, "BA-2"), row(choir + 1000, first, "BA-3")):
        with pytest.raises(IntegrityError) as refused:
            write(again)
        db.session.rollback()
        if again.organization_id == choir:
            words = meaning(refused.value)
            assert words is not None and "另一件" in str(words)
    half = db.session.get_one(Upgrade, choir)
    half.upgraded_on = clock.today()
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_of_two_people_who_submit_at_once_one_is_first(choir, app):
    """Two of a group each have filled in an application, and press at the same moment."""
    ready(choir)
    cases = [applied(choir), applied(choir, "成都市锦江区红枫歌咏协会")]
    said = submit_at_once(app, cases, lambda: owner(choir))
    assert sorted("另一件" in it for it in said) == [False, True] and "first" in said, said
    [kept] = db.session.scalars(db.select(Upgrade)).all()
    states = {it.id: it.state for it in db.session.scalars(db.select(Registration))}
    assert states[kept.case_id] == "submitted" and sorted(states.values()) == ["draft", "submitted"]

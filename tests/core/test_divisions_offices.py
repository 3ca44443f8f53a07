"""Who decides: the tree says it."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from core import divisions
from core.accounts import SYSTEM, Actor, Body, BodyKind, Role
from core.db import atomic, db
from core.divisions import actions, offices
from core.divisions.models import Division, Jurisdiction, Level
from core.errors import NotAllowed, RuleBroken

TODAY = date(2026, 11, 22)
LATER = date(2027, 1, 1)
FILING = "filing"


@pytest.fixture
def town(app, frozen):
    """A district with a street and its community; and one body each."""
    frozen("2026-11-22 09:00")
    with atomic():
        district = Division(name="锦江区", level=Level.DISTRICT, code="510104")
        db.session.add(district)
        db.session.flush()
        street = Division(name="春熙路街道", level=Level.STREET, parent_id=district.id)
        db.session.add(street)
        db.session.flush()
        community = Division(name="净居寺社区", level=Level.COMMUNITY, parent_id=street.id)
        bureau = Body(kind=BodyKind.BUREAU, name="社会组织管理局")
        center = Body(kind=BodyKind.GUIDANCE_CENTER, name="指导服务中心")
        club = Body(kind=BodyKind.BUREAU, name="舞蹈队")
        db.session.add_all([community, bureau, center, club])
        db.session.flush()
    return {it.name: it for it in (district, street, community, bureau, center, club)}


def assign(town, division, body, from_on=TODAY, by=SYSTEM):
    with atomic():
        return actions.assign_office(FILING, town[division], town[body], from_on=from_on, by=by)


def test_the_nearest_entry_up_the_tree_decides(town):
    with pytest.raises(RuleBroken):
        divisions.office_for(FILING, town["净居寺社区"])
    assign(town, "锦江区", "社会组织管理局")
    assert divisions.office_for(FILING, town["净居寺社区"]).name == "社会组织管理局"
    assign(town, "春熙路街道", "指导服务中心")
    assert divisions.office_for(FILING, town["净居寺社区"]).name == "指导服务中心"
    assert divisions.office_for(FILING, town["锦江区"]).name == "社会组织管理局"
    with pytest.raises(RuleBroken):
        divisions.office_for("registration", town["净居寺社区"])
    with pytest.raises(RuleBroken):
        divisions.office_for(FILING, town["净居寺社区"], date(2026, 11, 21))


def test_a_new_office_follows_the_old_one(town):
    first = assign(town, "锦江区", "社会组织管理局")
    assert assign(town, "锦江区", "社会组织管理局", LATER) is first
    assign(town, "锦江区", "指导服务中心", LATER)
    assert first.to_on == date(2026, 12, 31)
    deciding = [
        divisions.office_for(FILING, town["锦江区"], day).name for day in (first.to_on, LATER)
    ]
    assert deciding == ["社会组织管理局", "指导服务中心"]
    assert [it.body.name for it in offices.list_entries(FILING)] == deciding[::-1]
    assert len(offices.list_entries()) == 2
    with pytest.raises(RuleBroken):
        assign(town, "锦江区", "社会组织管理局")


def test_a_relieved_office_hands_over_to_the_division_above(town):
    assign(town, "锦江区", "社会组织管理局")
    entry = assign(town, "春熙路街道", "指导服务中心")
    for wrong in (date(2026, 11, 21), date(2020, 1, 1)):
        with pytest.raises(RuleBroken), atomic():
            actions.relieve_office(entry, last_day=wrong, by=SYSTEM)
    with atomic():
        actions.relieve_office(entry, last_day=date(2026, 12, 31), by=SYSTEM)
    assert divisions.office_for(FILING, town["净居寺社区"], LATER).name == "社会组织管理局"
    with pytest.raises(RuleBroken), atomic():
        actions.relieve_office(entry, last_day=LATER, by=SYSTEM)


def test_who_may_set_it_and_from_when(town):
    with pytest.raises(NotAllowed):
        assign(town, "锦江区", "社会组织管理局", by=Actor(roles=frozenset({Role.EXAMINER})))
    head = Actor(roles=frozenset({Role.BUREAU_HEAD}))
    with pytest.raises(RuleBroken):
        assign(town, "锦江区", "社会组织管理局", date(2026, 11, 21), by=head)
    entry = assign(town, "锦江区", "社会组织管理局", by=head)
    with pytest.raises(RuleBroken), atomic():
        actions.relieve_office(entry, last_day=date(2026, 11, 21), by=head)


def test_the_database_keeps_one_office_in_force(town):
    assign(town, "锦江区", "社会组织管理局")
    again = {"case_kind": FILING, "division_id": town["锦江区"].id}
    db.session.add(Jurisdiction(**again, body_id=town["指导服务中心"].id, from_on=LATER))
    with pytest.raises(IntegrityError):
        db.session.flush()

"""Streets merge: their groups are the next street's, in every list, for every step and every name."""

import pytest

from core import clock, divisions
from core.accounts import SYSTEM, Role
from core.accounts.actions import grant_membership
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.divisions.models import Jurisdiction
from core.messages.models import Message
from registry.demo.cast import person_called
from registry.dormancy import actions as dormancy
from registry.filings.groups import office_of, place_of
from registry.groups import queries as groups
from registry.names import queries as names
from registry.names.models import NameKey
from registry.organizations.kinds import OrganizationType
from registry.upgrades import queries as upgrades
from registry.upgrades.jobs import look_for_upgrades
from tests.pages import go
from tests.registry.filed import NAME, done, filed, group
from tests.registry.test_resettling import merge, street

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def merged(town, frozen):
    """A group of 春熙路街道, which has gone into 书院街街道 this morning."""
    frozen("2026-11-22 09:00")
    found = filed(on="2025-01-10")
    look_for_upgrades()
    merge("书院街")
    frozen("2026-12-01 00:05")
    return found


@pytest.fixture
def officer(merged):
    """Somebody of the office that files groups in 书院街街道."""
    office = divisions.office_for("filing", street("书院街"))
    with atomic():
        grant_membership(
            person_called("head"), office, Role.STREET_OFFICER, from_on=clock.today(), by=SYSTEM
        )
    return acting_for(person_called("head"), office.id)


def test_a_group_is_the_next_streets_in_every_list(merged, officer, town, as_):
    found = group(merged)
    for actor, seen in ((officer, True), (town.street, False)):
        listed = db.session.scalars(groups.list_groups(groups.Narrowing(), actor)).all()
        ahead = db.session.scalars(upgrades.list_outlooks(upgrades.Narrowing(), actor)).all()
        assert ([it.id for it in listed] == [merged]) is seen
        assert ([it.organization_id for it in ahead] == [merged]) is seen
        assert upgrades.may_see(found, actor) is seen
    wanted = upgrades.Narrowing(street=street("书院街").id)
    [shown] = db.session.scalars(upgrades.list_outlooks(wanted, town.supervisor))
    assert shown.organization_id == merged
    assert "· 春熙路街道" in go(as_(town.supervisor), "/upgrades").text
    with atomic():
        found.street_id = None
    assert f"{found.number} ·" not in go(as_(town.supervisor), "/upgrades").text


def test_what_begins_for_it_lands_at_the_next_streets_office(merged, officer):
    found = group(merged)
    assert divisions.path(place_of(found)) == "锦江区 › 书院街街道 › 总府社区"
    assert office_of(place_of(found)).id == officer.body_id
    with atomic():
        dormancy.fall_dormant(found, by=SYSTEM)
    told = db.session.scalars(db.select(Message).where(Message.recipient_id == officer.user_id))
    assert "休眠" in " ".join(it.subject for it in told)
    with atomic():
        case = dormancy.open_dormant_cancellation(group(merged), by=officer)
    assert case.office_id == officer.body_id


def test_what_was_set_for_the_street_ends_with_it(town, frozen):
    frozen("2026-11-22 09:00")
    old = street("春熙路")
    merge("书院街")
    entries = db.session.scalars(
        db.select(Jurisdiction).where(Jurisdiction.division_id == old.id)
    ).all()
    assert entries
    assert {it.to_on for it in entries} == {old.valid_to}


def test_a_name_is_alone_in_the_street_that_the_old_one_went_into(merged, frozen):
    type, place = OrganizationType.COMMUNITY_ORGANIZATION, street("书院街")
    authority = names.authority_of(type, place)
    assert authority is not None
    holder = names.living_holder(NAME, authority)
    assert holder is not None
    assert holder.organization.id == merged
    assert group(merged).authority == authority == f"street:{place.id}"
    assert set(db.session.scalars(db.select(NameKey.place))) <= {authority}


def test_a_renewal_brings_the_place_of_today_into_the_register(merged, officer):
    done(merged, "filing_renewal", "renewed")
    found = group(merged)
    assert found.street_id == street("书院街").id

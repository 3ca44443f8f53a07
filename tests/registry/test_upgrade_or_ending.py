"""A filed group is registered or cancelled, one way at a time; who comes second is told why."""

import pytest

from core.accounts import SYSTEM
from core.db import atomic, db
from core.errors import RuleBroken, WrongState
from core.workflow import engine
from core.workflow.models import Case
from registry.cancellations.actions import open_cancellation
from registry.demo import driver, groups
from registry.dormancy import actions as dormancy
from registry.filings.ends import end_filing
from registry.organizations.models import Organization
from registry.registrations.models import Registration
from registry.upgrades import actions
from registry.upgrades.models import Upgrade
from tests.pages import go
from tests.registry.at_once import submit_at_once
from tests.registry.test_upgrades import A, applied, choir, group, owner, ready

assert choir
CODE = "51510104MJQ0000155"


@pytest.fixture
def rising(choir):
    """The id of the complete draft to register the choir."""
    ready(choir)
    return applied(choir)


def ending(organization_id):
    """Return the id of a complete draft to cancel the group's filing."""
    return groups.start(organization_id, "filing_cancellation", 0)


def number_of(case_id):
    return db.session.get_one(Case, case_id).number or ""


def state(case_id):
    db.session.rollback()
    return db.session.get_one(Case, case_id).state


@pytest.mark.engines("sqlite")
def test_a_group_that_is_being_registered_is_not_cancelled(choir, rising, town, as_):
    draft = ending(choir)
    driver.drive_on(rising, "submit")
    number = number_of(rising)
    with pytest.raises(RuleBroken, match=number), atomic():
        open_cancellation({}, by=owner(choir))
    db.session.rollback()
    visitor = as_(owner(choir))
    page = go(visitor, f"/cases/{draft}/answers")
    assert number in page.text, "said before anybody presses a button"
    assert visitor.post(f"/cases/{draft}/submit", data={"declared": "y"}).status_code == 422
    assert state(draft) == "draft"
    driver.drive_on(rising, "withdraw")
    driver.drive_on(draft, "submit")
    assert state(draft) == "street_review"


@pytest.mark.engines("sqlite")
def test_a_group_that_asked_to_be_cancelled_is_not_registered(choir, rising):
    case_id = ending(choir)
    driver.drive_on(case_id, "submit")
    number = number_of(case_id)
    with pytest.raises(RuleBroken, match=number):
        driver.drive_on(rising, "submit")
    db.session.rollback()
    with pytest.raises(RuleBroken, match=number), atomic():
        actions.open_upgrade(group(choir), A, by=owner(choir))
    assert (state(rising), db.session.get(Upgrade, choir)) == ("draft", None)
    driver.drive_on(case_id, "withdraw")
    driver.drive_on(rising, "submit")
    assert state(rising) == "submitted"


@pytest.mark.engines("sqlite")
def test_the_street_reads_why_it_cannot_grant_a_cancellation(choir, rising, town, as_):
    """Both were submitted before the rule, or around it."""
    case_id = ending(choir)
    driver.drive_on(rising, "submit")
    number = number_of(rising)
    with atomic():
        case = db.session.get_one(Case, case_id)
        claim = db.session.get_one(Upgrade, choir)
        kept = {"case_id": claim.case_id, "filing_number": claim.filing_number}
        db.session.delete(claim)
        db.session.flush()
        engine.move(case, "submit", by=owner(choir), declared=True)
        db.session.add(Upgrade(organization_id=choir, **kept))
    visitor = as_(town.street)
    page = go(visitor, f"/cases/{case_id}")
    assert number in page.text and "本区规定" in page.text
    assert visitor.post(f"/cases/{case_id}/approve").status_code == 422
    with pytest.raises(RuleBroken, match=number), atomic():
        end_filing(db.session.get_one(Case, case_id), reason="自行解散", cause="无", by=SYSTEM)
    db.session.rollback()
    assert group(choir).status == "active"


@pytest.mark.engines("sqlite")
def test_a_filing_that_ended_takes_its_drafts_along(choir, rising):
    driver.drive(ending(choir), "cancelled", days_ago=0)
    with pytest.raises(RuleBroken, match="备案目前不在有效状态"):
        driver.drive_on(rising, "submit")


@pytest.mark.engines("sqlite")
def test_a_registered_group_is_not_cancelled_as_a_filing(choir, rising):
    draft = ending(choir)
    driver.drive(rising, "certified", days_ago=0, unified_code=CODE)
    with pytest.raises(RuleBroken, match=CODE):
        driver.drive_on(draft, "submit")
    db.session.rollback()
    assert group(choir).status == "active"


@pytest.mark.engines("sqlite")
def test_a_street_waits_for_the_registration_and_then_lets_go(choir, rising):
    """A dormant group may rise: the street's proceeding stands still, and ends with it."""
    case_id = groups.begin_dormant(choir, 0)
    driver.drive_on(rising, "submit")
    number = number_of(rising)
    with pytest.raises(RuleBroken, match=number):
        driver.drive_on(case_id, "announce")
    db.session.rollback()
    driver.drive_on(rising, "withdraw")
    again = applied(choir, "成都市锦江区红枫歌咏协会")
    driver.drive(again, "certified", days_ago=0, unified_code=CODE)
    assert state(case_id) == "dropped"
    assert db.session.get_one(Organization, choir).status == "active"
    with pytest.raises((RuleBroken, WrongState)), atomic():
        dormancy.open_dormant_cancellation(db.session.get_one(Organization, choir), by=SYSTEM)
    db.session.rollback()


def test_of_two_ways_taken_at_once_one_is_first(choir, rising, app):
    """Two of a group press at the same moment: one to register it, one to end it."""
    cases = [rising, ending(choir)]
    said = submit_at_once(app, cases, lambda: owner(choir))
    assert sorted(it == "first" for it in said) == [False, True], said
    found = db.session.scalars(db.select(Case).where(Case.id.in_(cases)))
    assert sorted(it.state == "draft" for it in found) == [False, True]
    claimed = db.session.get(Upgrade, choir) is not None
    assert claimed is (db.session.get_one(Registration, rising).state == "submitted")

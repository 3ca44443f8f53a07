"""A sponsor unit agrees to what it read: consent ends with the sponsor, or the way of managing."""

import pytest

from core.accounts import SYSTEM, Body, Role
from core.accounts.actions import grant_membership
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.workflow import Seat, actions, engine
from registry.demo import cases, driver
from registry.organizations.kinds import ManagementMode
from registry.registrations import rules
from registry.registrations.models import Registration

pytestmark = pytest.mark.engines("sqlite")
DUAL, DIRECT = ManagementMode.DUAL_MANAGED, ManagementMode.DIRECT


def unit(name: str) -> int:
    found: int = db.session.scalars(db.select(Body.id).where(Body.name == name)).one()
    return found


def manage(town, case_id: int, mode: ManagementMode, sponsor: str = "") -> None:
    direct = mode is DIRECT
    with atomic():
        actions.save_section(
            db.session.get_one(Registration, case_id),
            "management",
            by=town.as_themselves("applicant"),
            management_mode=mode,
            sponsor_unit_id=unit(sponsor) if sponsor else None,
            direct_class="science" if direct else None,
            industry_department="锦江区科学技术局" if direct else None,
            party_lead_unit="锦江区社会工作部" if direct else None,
        )


CULTURE, HEALTH = "锦江区文化体育和旅游局", "锦江区卫生健康局"


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ((DUAL, CULTURE), (DUAL, CULTURE), "submitted"),
        ((DUAL, CULTURE), (DUAL, HEALTH), "sponsor_review"),
        ((DUAL, CULTURE), (DIRECT, ""), "submitted"),
        ((DIRECT, ""), (DUAL, HEALTH), "sponsor_review"),
        ((DIRECT, ""), (DIRECT, ""), "submitted"),
    ],
    ids=["as it was", "another unit", "now direct", "now dual", "direct as it was"],
)
def test_what_is_corrected_goes_to_the_sponsor_who_has_not_agreed(town, before, after, state):
    case_id = cases._association("更换主管", 30, 3)
    manage(town, case_id, *before)
    driver.drive(case_id, "correction", days_ago=0)
    manage(town, case_id, *after)
    case = db.session.get_one(Registration, case_id)
    agreed = case.sponsor_agreed_on is not None
    assert agreed == (before == after and before[0] is DUAL)
    [sent] = [
        it.step for it in engine.offers(case, town.as_themselves("applicant")) if it.step.submits
    ]
    with atomic():
        engine.move(case, sent.name, by=town.as_themselves("applicant"), declared=True)
    case = db.session.get_one(Registration, case_id)
    assert case.state == state
    if state == "submitted":
        return
    assert case.waiting_body_id == unit(HEALTH) == case.body_at(Seat.SPONSOR)
    assert "unknown" in rules.management(case).outcome
    officer = town.sponsor.user
    with atomic():
        grant_membership(
            officer, db.session.get_one(Body, unit(HEALTH)), Role.SPONSOR_OFFICER, by=SYSTEM
        )
    with atomic():
        by = acting_for(officer, unit(HEALTH))
        engine.move(
            db.session.get_one(Registration, case_id), "sponsor_agree", by=by, opinion="同意。"
        )
    case = db.session.get_one(Registration, case_id)
    assert (case.state, case.sponsor_name) == ("submitted", HEALTH)
    assert not rules.lacks_consent(case)


def test_what_a_sponsor_returned_may_be_registered_directly(town):
    """The way on is open too where the applicant chooses one of the four classes instead."""
    case_id = cases._association("改为直接登记", 30, 3)
    driver.drive(case_id, "sponsor_returned", days_ago=0)
    manage(town, case_id, DIRECT)
    driver.drive_on(case_id, "submit")
    assert db.session.get_one(Registration, case_id).state == "submitted"

"""What becomes of a filing that the bureau returned: corrected, refused, or left to lapse."""

from datetime import date

import pytest

from core import clock, divisions
from core.db import atomic, db
from core.errors import WrongState
from core.notices.models import PublicNotice
from core.workflow import actions
from core.workflow.models import Case
from core.workflow.parties import Party
from core.workflow.sweep import sweep_overdue
from registry.cancellations.actions import open_cancellation
from registry.demo import cases, driver
from registry.filings.models import Filing
from registry.organizations.kinds import FilingCategory
from tests.registry.filed import filed, group, papers, printed
from tests.registry.test_upgrades import owner

pytestmark = pytest.mark.engines("sqlite")
NAME = "春熙路街道锦绣合唱队"


@pytest.fixture
def returned(town, frozen):
    """The case of a choir that was filed on 2 March 2026 and returned two days later."""
    frozen("2026-03-02 10:00")
    case_id = cases._group("锦绣合唱队", FilingCategory.CULTURE_AND_SPORT, 2)
    driver.drive(case_id, "filed", days_ago=0)
    frozen("2026-03-04 10:00")
    driver.drive_on(case_id, "return_filing")
    return case_id


def entry(case_id):
    return group(db.session.get_one(Case, case_id).subject_body_id)


def corrected(case_id, **changes):
    """Ask for corrections and send them: another name, place, category and person in charge."""
    driver.drive_on(case_id, "request_correction")
    case = db.session.get_one(Filing, case_id)
    by = driver.actor_for(case, Party.APPLICANT)
    other = next(c for c in divisions.communities() if c.name.startswith("督院"))
    section = {
        "title": case.title, "category": FilingCategory.CHARITY, "division_id": other.id,
        "domicile": "督院社区活动室", "scope": "每周组织义演。", **changes,
    }  # fmt: skip
    with atomic():
        actions.save_section(case, "group", by=by, **section)
        actions.save_section(
            case, "people", by=by, person_in_charge="王新人", person_phone="13900000003",
            founders=["王新人", *case.founders], person_identity="",
        )  # fmt: skip
    driver.drive_on(case_id, "resubmit")
    return other


@pytest.mark.printed
def test_what_was_corrected_reaches_register_and_receipt(returned):
    number = entry(returned).filing_number
    other = corrected(returned, title="春熙路街道新声合唱队")
    driver.drive_on(returned, "approve")
    found = entry(returned)
    facts = {
        "name": "春熙路街道新声合唱队", "category": "charity", "domicile": "督院社区活动室",
        "scope": "每周组织义演。", "person_in_charge": "王新人", "status": "active",
    }  # fmt: skip
    assert {name: str(getattr(found, name)) for name in facts} == facts
    assert (found.filing_number, found.division_id) == (number, other.id)
    assert found.street_id == other.parent_id
    last = found.versions[-1].facts
    assert {name: last[name] for name in facts} == facts
    people = {person.name: person.to_on for person in found.people}
    assert people == {"李秀英": date(2026, 3, 4), "王新人": None}
    stated = printed(papers()[-1])
    assert all(it in stated for it in (found.name, "王新人", other.name, "公益慈善"))
    assert "李秀英" not in stated


@pytest.mark.parametrize("end", ["refuse", "lapse"])
def test_a_returned_filing_that_is_not_mended_ends_the_group(returned, end, frozen):
    if end == "refuse":
        driver.drive_on(returned, "refuse")
    else:
        driver.drive_on(returned, "request_correction")
        frozen("2026-04-20 10:00")
        sweep_overdue()
    found = entry(returned)
    assert db.session.get_one(Case, returned).state == {"refuse": "refused", "lapse": "lapsed"}[end]
    assert (found.status, found.ended_on) == ("cancelled", clock.today())
    assert found.versions[-1].facts["status"] == "cancelled"
    assert found.living_name is None
    [letter] = papers("cancellation_notice")
    assert letter.case_id == returned
    assert papers("filing_refusal") == []
    [notice] = db.session.scalars(db.select(PublicNotice))
    assert "注销备案" in notice.title
    assert "作废备案证编号" not in notice.facts, "it was void since the return"
    again = filed(NAME, place=9)
    assert group(again).name == found.name


def test_a_group_that_ended_itself_meanwhile_is_not_filed_again(returned):
    found = entry(returned)
    with atomic():
        case = open_cancellation({}, by=owner(found.id))
        actions.save_section(case, "request", by=owner(found.id), ground="dissolved",
                             resolved_on=date(2026, 3, 1), settlement="无")  # fmt: skip
    for step in ("submit", "approve"):
        driver.drive_on(case.id, step)
    with pytest.raises(WrongState), atomic():
        driver.drive_on(returned, "approve")
    driver.drive_on(returned, "refuse")
    assert entry(returned).status == "cancelled"
    assert len(papers("filing_refusal")) == len(papers("cancellation_notice")) == 1

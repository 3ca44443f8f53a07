"""The days of a case: of its clock, of each step, and of the papers that name them."""

import pytest

from core import calendar, clock
from core.db import db
from core.workflow.models import Case
from registry.certificates.rules import Copies, ReplacementGround
from registry.demo import cases, certificates, driver

pytestmark = pytest.mark.engines("sqlite")


def the(case_id: int) -> Case:
    return db.session.get_one(Case, case_id)


def replacement() -> int:
    with driver.office_hours(90):
        association = certificates.found_association("成都市锦江区测试协会", 1)
    return certificates.open_replacement(association, ReplacementGround.LOST, Copies.ORIGINAL, 60)


@pytest.mark.parametrize(
    ("open_case", "days"),
    [(lambda: cases._association("四眼", 60, 3), 10), (replacement, 10)],
    ids=["registration", "certificate_replacement"],
)
def test_after_the_decision_the_certificate_has_its_own_days(town, frozen, open_case, days):
    """行政许可法 art. 44: ten working days from the decision, however near the promised day was."""
    case_id = open_case()
    driver.drive(case_id, "deciding", days_ago=1)
    promised = the(case_id).promised_on
    frozen(clock.end_of_day(calendar.add_working_days(promised, -2)))
    driver.drive_on(case_id, "approve")
    case = the(case_id)
    assert case.due_at == clock.end_of_day(calendar.add_working_days(clock.today(), days))
    assert clock.last_day_before(case.due_at) > promised

"""The days of a case: of its clock, of each step, and of the papers that name them."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from core import calendar, clock, policy
from core.attachments import storage
from core.db import db
from core.documents.facts import on_day
from core.documents.models import Instrument
from core.workflow import clocks
from core.workflow.models import Case
from core.workflow.sweep import sweep_overdue
from registry.certificates.rules import Copies, ReplacementGround
from registry.demo import cases, certificates, driver
from registry.dormancy.workflow import DORMANT_CANCELLATION
from registry.registrations.workflow import REGISTRATION
from tests.pages import go
from tests.town import changed

pytestmark = pytest.mark.engines("sqlite")

CORRECTION, STATUTORY = "registration.correction_days", "registration.statutory_days"
MONTHS = "activity_reports.due_months"


def the(case_id: int) -> Case:
    return db.session.get_one(Case, case_id)


def replacement() -> int:
    with driver.office_hours(90):
        association = certificates.found_association("成都市锦江区测试协会", 1)
    return certificates.open_replacement(association, ReplacementGround.LOST, Copies.ORIGINAL, 60)


def registration() -> int:
    return cases._association("四眼", 60, 3)


both = pytest.mark.parametrize("open_case", [registration, replacement])


def words_of(case_id: int, kind: str) -> str:
    """What can be copied out of the one paper of `kind` that the case issued, without white space."""
    chosen = db.select(Instrument).where(Instrument.case_id == case_id, Instrument.kind == kind)
    pages = PdfReader(io.BytesIO(storage.get(db.session.scalars(chosen).one().sha256))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


@both
def test_after_the_decision_the_certificate_has_its_own_days(town, frozen, open_case):
    """行政许可法 art. 44: ten working days from the decision, however near the promised day was."""
    case_id = open_case()
    driver.drive(case_id, "deciding", days_ago=1)
    promised = the(case_id).promised_on
    assert promised is not None
    frozen(clock.end_of_day(calendar.add_working_days(promised, -2)))
    driver.drive_on(case_id, "approve")
    case = the(case_id)
    assert case.due_at == clock.end_of_day(calendar.add_working_days(clock.today(), 10))
    assert case.due_at is not None
    assert clock.last_day_before(case.due_at) > promised


@pytest.mark.parametrize(
    ("open_case", "step", "kind"),
    [
        (registration, "deem_accepted", "deemed_acceptance"),
        (replacement, "deem_accepted", "deemed_acceptance"),
        (registration, "accept", "acceptance_notice"),
    ],
)
@pytest.mark.printed
def test_the_paper_of_acceptance_names_the_days_of_the_case(town, frozen, open_case, step, kind):
    """行政许可法 art. 32(4): silence counts as acceptance on the day of receipt, so from then the
    days run, on paper as in the case; a late sweep gives the office no day more.
    """
    case_id = open_case()
    driver.drive(case_id, "submitted", days_ago=0)
    received, promise = clock.today(), the(case_id).workflow.clock.promised
    promised = policy.value(promise)
    changed(town, promise, promised - 1, calendar.add_calendar_days(received, 1))
    answer_by = the(case_id).due_at
    assert answer_by is not None
    frozen(answer_by + timedelta(days=2))
    if step == "deem_accepted":
        assert sweep_overdue() == 1
    else:
        driver.drive_on(case_id, step)
    case, words = the(case_id), words_of(case_id, kind)
    assert case.clock_from == (received if step == "deem_accepted" else clock.today())
    assert f"本机关将于{on_day(case.statutory_on)}（法定办理期限届满之日）前作出决定" in words
    assert f"争取在{on_day(case.promised_on)}前办结" in words
    kept = promised if step == "deem_accepted" else promised - 1
    assert case.policies[promise]["value"] == kept, "the value of the day from which the clock runs"
    if step == "deem_accepted":
        assert f"自收到申请材料之日（{on_day(received)}）起即为受理" in words


def test_a_kind_that_freezes_values_has_a_moment_to_do_so():
    with pytest.raises(AssertionError, match="no moment at which its values freeze"):
        replace(DORMANT_CANCELLATION, of_office=False)
    assert REGISTRATION.clock is not None
    with pytest.raises(AssertionError, match="no step starts the clock"):
        replace(REGISTRATION, clock=replace(REGISTRATION.clock, starts={"begin"}))


#: Where a period begins, its policy, how many of its unit, and its last day.
PERIODS = (
    (date(2026, 3, 3), CORRECTION, 30, date(2026, 4, 2)),
    (date(2026, 11, 19), CORRECTION, 30, date(2026, 12, 21)),  # a Saturday
    (date(2026, 3, 5), CORRECTION, 30, date(2026, 4, 7)),  # 清明节
    (date(2026, 3, 2), STATUTORY, 60, date(2026, 5, 6)),  # 劳动节
    (date(2026, 4, 9), CORRECTION, 30, date(2026, 5, 9)),  # a Saturday that is worked
    (date(2026, 2, 3), MONTHS, 1, date(2026, 3, 3)),
    (date(2026, 1, 28), MONTHS, 1, date(2026, 2, 28)),  # worked too
    (date(2026, 4, 3), MONTHS, 1, date(2026, 5, 6)),
    (date(2026, 2, 6), "registration.intake_days", 5, date(2026, 2, 13)),
)


def test_a_period_that_ends_on_a_day_off_ends_on_the_next_working_day(app):
    """民法典 art. 203; what is counted in working days (行政许可法 art. 82) ends on one anyway."""
    for start, key, length, last in PERIODS:
        assert clocks.last_day(start, key, length) == last, (start, key, length)


def test_days_off_at_the_end_do_not_lengthen_a_period_that_stood_still(town, frozen):
    """Sixty days from 2 March end on 1 May, with what the clock stood still on 8 May."""
    frozen("2026-03-02 10:00")
    case_id = registration()
    driver.drive(case_id, "submitted", days_ago=0)
    found = []
    for moment, step in [
        ("2026-03-02 11:00", "accept"),
        ("2026-03-10 10:00", "start_expert_review"),
        ("2026-03-13 10:00", "end_expert_review"),
        ("2026-03-16 10:00", "start_expert_review"),
        ("2026-03-20 10:00", "end_expert_review"),
    ]:
        frozen(moment)
        driver.drive_on(case_id, step)
        found.append(the(case_id).statutory_on)
    may = [date(2026, 5, day) for day in (6, 6, 6, 6, 8)]
    assert found == may


def test_what_stops_the_clock_is_said_the_same_everywhere_with_its_article(town, as_):
    """The regulations count from complete papers, 行政许可法 art. 45 leaves out hearing and review;
    asking another body is neither.
    """
    case_id = registration()
    driver.drive(case_id, "examining", days_ago=0)
    asking = go(as_(town.examiner), f"/cases/{case_id}/opinions/new").text
    for step, words, article in [
        ("request_supplement", "自材料齐全之日起计算", "社会团体登记管理条例第十二条"),
        ("start_expert_review", "听证、专家评审期间", "第四十五条"),
    ]:
        driver.drive_on(case_id, step)
        assert the(case_id).stopped_on
        page = go(as_(town.examiner), f"/cases/{case_id}").text
        assert words in page and article in page
        assert words in asking and article in asking
        if step == "request_supplement":
            driver.drive_on(case_id, "supplement")
    assert "征求意见" in asking
    with pytest.raises(AssertionError, match="correction stops by what law"):
        replace(REGISTRATION, states=[replace(it, pauses_basis="") for it in REGISTRATION.states])

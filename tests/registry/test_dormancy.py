"""Silence, reminders, dormancy, and the street's proceeding to cancel a dormant group's filing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts import SYSTEM, Role
from core.accounts.actions import grant_membership
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.divisions import require_district
from core.errors import NotAllowed, RuleBroken
from core.messages.models import Message
from core.notices.actions import answer_objection, raise_objection
from core.notices.models import PublicNotice
from core.workflow import engine
from core.workflow.models import Case
from core.workflow.standing import parties
from core.workflow.sweep import sweep_overdue
from registry.demo import driver, groups
from registry.demo.cast import person_called
from registry.dormancy import actions, queries, rules
from registry.dormancy.jobs import watch_silent_groups
from registry.dormancy.policy import NOTICE_DAYS
from tests.pages import go
from tests.registry.filed import at, done, filed, group, papers, printed, told
from tests.town import changed


@pytest.fixture
def choir(town, frozen):
    """A choir filed on 5 March 2024 that never reported; it is 1 June 2026."""
    found = filed()
    frozen("2026-06-01 10:00")
    return found


@pytest.mark.parametrize(
    ("since", "years", "falls_on"),
    [
        (date(2024, 3, 5), 2, date(2026, 3, 5)),
        (date(2024, 2, 29), 2, date(2026, 2, 28)),
        (date(2024, 3, 5), 1, date(2025, 3, 5)),
    ],
)
def test_when_silence_becomes_dormancy(since, years, falls_on):
    found = rules.silence(since, years=years, first=90, last=30)
    assert found.falls_on == falls_on
    assert ((falls_on - found.warned_on).days, (falls_on - found.last_on).days) == (90, 30)


@given(since=st.dates(date(2010, 1, 1), date(2090, 1, 1)), years=st.integers(1, 5))
def test_one_is_always_told_before(since, years):
    found = rules.silence(since, years=years, first=90, last=30)
    assert since < found.warned_on < found.last_on < found.falls_on


@pytest.mark.engines("sqlite")
def test_a_silent_group_is_told_twice_then_dormant_and_nothing_happens_twice(choir, frozen):
    days = {
        "2025-12-04": (0, 0),
        "2025-12-05": (1, 0),  # 90 days before 5 March 2026
        "2026-02-02": (0, 0),
        "2026-02-03": (1, 0),  # 30 days before
        "2026-03-05": (0, 0),
        "2026-03-06": (0, 1),
    }
    for day, (reminded, dormant) in days.items():
        frozen(f"{day} 09:00")
        assert watch_silent_groups() == f"{reminded} groups reminded, {dormant} dormant", day
        assert watch_silent_groups() == "0 groups reminded, 0 dormant", f"twice on {day}"
    organization = group(choir)
    assert organization.status == "dormant"
    assert [v.facts["status"] for v in organization.versions] == ["active", "dormant"]
    assert len(told("dormancy.silent")) == 2
    assert len(told("dormancy.dormant")) == 2, "the group and its street"


@pytest.mark.engines("sqlite")
def test_a_group_without_an_office_holds_up_none_behind_it(choir, frozen):
    other = filed("春熙路街道总府社区晨光舞蹈队", 2)
    for day in ("2025-12-05", "2026-02-03"):
        frozen(f"{day} 09:00")
        watch_silent_groups()
    with atomic():
        group(choir).division_id = require_district().id
    frozen("2026-03-06 09:00")
    assert watch_silent_groups() == "0 groups reminded, 1 dormant"
    assert [group(it).status for it in (choir, other)] == ["active", "dormant"]


@pytest.mark.engines("sqlite")
def test_nobody_is_dormant_who_was_not_told_long_enough_before(choir, frozen):
    """The job was down for months: the reminder comes first, and its days count."""
    for day, outcome in [
        ("2026-06-01", "1 groups reminded, 0 dormant"),
        ("2026-07-01", "0 groups reminded, 0 dormant"),
        ("2026-07-02", "0 groups reminded, 1 dormant"),
    ]:
        frozen(f"{day} 09:00")
        assert watch_silent_groups() == outcome
    words = db.select(Message.text).where(Message.template == "dormancy.silent")
    assert "2026年7月1日" in db.session.scalars(words).one()


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("kind", "state"),
    [("activity_report", "handed_in"), ("filing_renewal", "street_review")],
)
def test_a_report_or_an_application_to_renew_is_a_sign_of_life(choir, frozen, kind, state):
    done(choir, kind, state, on="2026-02-20")
    assert queries.silence_of(group(choir)).since == date(2026, 2, 20)
    assert watch_silent_groups() == "0 groups reminded, 0 dormant"


@pytest.mark.engines("sqlite")
def test_what_was_taken_over_counts_from_the_day_it_came(choir, frozen):
    with atomic():
        group(choir).founded_on = date(2010, 5, 1)
        group(choir).recorded_at = at("2026-05-01 10:00")
    assert watch_silent_groups() == "0 groups reminded, 0 dormant"
    assert queries.silence_of(group(choir)).falls_on == date(2028, 5, 1)


def test_register_and_verification_say_dormant_from_that_day_on(choir, client, frozen):
    frozen("2026-02-10 10:00")
    done(choir, "filing_renewal", "renewed")
    [receipt] = papers()
    frozen("2027-06-01 10:00")
    with atomic():
        actions.fall_dormant(group(choir), by=SYSTEM)
    assert "休眠" in go(client, f"/register/{group(choir).number}").text
    words = "该组织处于休眠状态"
    assert words in go(client, f"/verify/{receipt.number}").text
    assert words not in go(client, f"/verify/{receipt.number}?on=2027-05-31").text
    done(choir, "filing_renewal", "renewed")
    assert group(choir).status == "active", "renewing wakes it"
    assert words not in go(client, f"/verify/{papers()[-1].number}").text


def proceeding(choir, state):
    case_id = groups.begin_dormant(choir, 0)
    if state != "prepared":
        driver.drive(case_id, state, days_ago=0)
    return case_id


def step(case_id, name, by, note="经电话核实。"):
    with atomic():
        engine.move(db.session.get_one(Case, case_id), name, by=by, note=note)


@pytest.mark.printed
def test_after_a_notice_the_filing_is_cancelled_and_its_receipt_void(choir, town, client, frozen):
    frozen("2026-02-10 10:00")
    done(choir, "filing_renewal", "renewed")
    [receipt] = papers()
    frozen("2028-06-01 10:00")
    case_id = groups.begin_dormant(choir, 0)
    step(case_id, "announce", town.street)
    [warning] = papers("cancellation_warning")
    notice = db.session.scalars(db.select(PublicNotice)).one()
    assert notice.objections_until == date(2028, 7, 3), "1 July is a Saturday"
    assert warning.case_id == case_id
    page = go(client, f"/notices/{notice.id}")
    assert "拟注销备案公示" in page.text and "2026年2月9日" in page.text
    frozen("2028-07-03 23:00")
    assert sweep_overdue() == 0
    frozen("2028-07-04 00:00")
    assert sweep_overdue() == 1
    assert sweep_overdue() == 0
    step(case_id, "strike_off", town.street)
    organization = group(choir)
    assert (organization.status, organization.ended_on) == ("cancelled", date(2028, 7, 4))
    [receipt] = papers()
    assert (receipt.standing, receipt.end_ground, receipt.ended_case_id) == (
        "void", "deregistered", case_id,
    )  # fmt: skip
    assert "已作废" in go(client, f"/verify/{receipt.number}").text
    assert "已作废" not in go(client, f"/verify/{receipt.number}?on=2028-01-31").text
    [letter] = papers("cancellation_notice")
    assert "）长期未报送年度活动情况且未延续备案，自" in printed(letter)
    assert letter.case_id == case_id
    announced = db.session.scalars(db.select(PublicNotice.title).order_by(PublicNotice.id)).all()
    assert [title.rpartition("备案")[2] for title in announced] == ["公示", "公告"]


@pytest.mark.engines("sqlite")
def test_the_period_of_the_notice_is_that_of_the_day_the_proceeding_began(choir, town, frozen):
    """What has no clock keeps the values of the day it was opened, however late it is announced."""
    case_id = groups.begin_dormant(choir, 0)
    changed(town, NOTICE_DAYS.key, 60, date(2026, 6, 2))
    frozen("2026-06-03 10:00")
    step(case_id, "announce", town.street)
    assert db.session.get_one(Case, case_id).policies[NOTICE_DAYS.key]["value"] == 30
    notice = db.session.scalars(db.select(PublicNotice)).one()
    assert notice.objections_until == date(2026, 7, 3)


@pytest.mark.engines("sqlite")
def test_objections_and_a_renewal_stand_in_the_way(choir, town, frozen):
    case_id = groups.begin_dormant(choir, 0)
    step(case_id, "announce", town.street)
    notice = db.session.scalars(db.select(PublicNotice)).one()
    with atomic():
        objection = raise_objection(
            notice, name="王桂兰", contact="13900000008", text="我们每周都在活动。", by=SYSTEM
        )
    frozen("2026-07-02 10:00")
    assert sweep_overdue() == 1
    with pytest.raises(RuleBroken, match="异议"):
        step(case_id, "strike_off", town.street)
    with atomic():
        answer_objection(objection, answer="经核实属实。", upheld="yes", by=town.street)
    with pytest.raises(RuleBroken, match="予以保留"):
        step(case_id, "strike_off", town.street)
    step(case_id, "keep", town.street)
    assert group(choir).status == "active"
    assert queries.silence_of(group(choir)).since == date(2026, 7, 2), "found active that day"
    assert db.session.get_one(PublicNotice, notice.id).withdrawn_at is not None


@pytest.mark.engines("sqlite")
def test_a_group_that_renews_ends_the_proceeding(choir, town):
    case_id = proceeding(choir, "deciding")
    renewal = done(choir, "filing_renewal", "street_review")
    with pytest.raises(RuleBroken, match="已申请延续备案"):
        step(case_id, "strike_off", town.street)
    driver.drive_on(renewal, "approve")
    case = db.session.get_one(Case, case_id)
    assert (case.state, case.sole_key) == ("dropped", None)
    assert group(choir).status == "active"


@pytest.mark.engines("sqlite")
def test_a_group_that_ends_itself_ends_the_proceeding_too(choir):
    case_id = proceeding(choir, "announced")
    done(choir, "filing_cancellation", "cancelled")
    assert db.session.get_one(Case, case_id).state == "dropped"
    assert group(choir).status == "cancelled"


def test_the_proceeding_is_opened_once_and_by_the_groups_own_street(choir, town):
    with pytest.raises(RuleBroken, match="不处于休眠状态"), atomic():
        actions.open_dormant_cancellation(group(choir), by=town.street)
    with atomic():
        actions.fall_dormant(group(choir), by=SYSTEM)
    for stranger in (town.supervisor, town.intake, town.choir):
        with pytest.raises(NotAllowed), atomic():
            actions.open_dormant_cancellation(group(choir), by=stranger)
    with atomic():
        first = actions.open_dormant_cancellation(group(choir), by=town.street)
    with atomic():
        assert actions.open_dormant_cancellation(group(choir), by=town.street).id == first.id
    case = db.session.get_one(Case, first.id)
    assert case.number
    assert {p.value for p in parties(case, town.street)} == {"street_officer"}
    own = acting_for(person_called("choir"), choir)
    assert {p.value for p in parties(case, own)} == {"applicant"}
    assert not parties(case, town.community)


@pytest.mark.engines("sqlite")
def test_an_officer_who_sings_along_decides_nothing(choir, town):
    with atomic():
        actions.fall_dormant(group(choir), by=SYSTEM)
        grant_membership(person_called("street"), group(choir), Role.HANDLER, by=SYSTEM)
    officer = town.street
    with pytest.raises(NotAllowed), atomic():
        actions.open_dormant_cancellation(group(choir), by=officer)

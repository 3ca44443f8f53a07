"""Filings renewed: the term, the receipts, the reminders, and what must not happen twice."""

import threading
from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from core import divisions
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.divisions import Division
from core.documents import EndGround
from core.errors import RuleBroken, WrongState
from core.workflow import Party, engine
from core.workflow.models import Case
from registry.demo import driver, groups
from registry.demo.cast import person_called
from registry.filings.receipts import issue_receipt
from registry.organizations.kinds import OrganizationStatus
from registry.renewals import rules
from registry.renewals.actions import open_renewal
from registry.renewals.jobs import remind_of_renewal
from registry.renewals.models import FilingRenewal
from tests.pages import go
from tests.registry.filed import done, enter, filed, group, papers, printed, told


@pytest.fixture
def choir(town, frozen):
    """A choir filed on 5 March 2024, whose filing holds until 4 March 2026; it is February 2026."""
    found = filed()
    frozen("2026-02-10 10:00")
    return found


def test_a_renewal_prolongs_the_entry_and_its_receipt_follows_the_old_one(choir, client):
    done(choir, "filing_renewal", "renewed")
    [first] = papers()
    assert first.valid_until == date(2028, 3, 4), "what was left of the old term is kept"
    organization = group(choir)
    assert (organization.status, organization.valid_until) == ("active", first.valid_until)
    assert organization.versions[-1].source == "filing"
    with atomic():
        organization.valid_until = date(2026, 3, 4)
    second_case = done(choir, "filing_renewal", "renewed")
    old, new = papers()
    assert (old.standing, old.end_ground) == ("replaced", EndGround.RENEWED)
    assert (old.replaced_by_id, old.ended_case_id) == (new.id, second_case)
    page = go(client, f"/verify/{old.number}")
    assert "已被替换" in page.text or "替换" in page.text
    assert new.number in page.text
    assert "真实有效" in go(client, f"/verify/{new.number}").text


@pytest.mark.engines("sqlite")
def test_what_the_group_tells_goes_into_the_register(choir):
    case_id = groups.start(
        choir, "filing_renewal", 0, person_in_charge="王桂兰", person_phone="13900000009",
        domicile="总府社区新活动室", individual_members=23,
    )  # fmt: skip
    driver.drive(case_id, "renewed", days_ago=0)
    organization = group(choir)
    assert (organization.domicile, organization.individual_members) == ("总府社区新活动室", 23)
    former, present = sorted(organization.people, key=lambda p: p.id)
    assert (former.name, former.to_on) == ("李秀英", date(2026, 2, 10))
    assert (present.name, present.phone, present.to_on) == ("王桂兰", "13900000009", None)


@pytest.mark.engines("sqlite")
def test_a_masked_phone_stays_as_it_was(choir, as_, town):
    case_id = groups.start(choir, "filing_renewal", 0)
    page = go(as_(town.choir), f"/cases/{case_id}/sections/group")
    assert "13800000002" not in page.answer.text
    page.submit(individual_members="19")
    case = db.session.get_one(FilingRenewal, case_id)
    assert (case.person_phone, case.individual_members) == ("13800000002", 19)
    refused = go(as_(town.choir), f"/cases/{case_id}/sections/group").submit(person_phone="12")
    assert refused.status == 422


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("day", "status", "words"),
    [
        ("2026-01-02", "active", "2026年1月3日起可以申请延续"),
        ("2026-01-03", "active", None),
        ("2026-09-01", "active", None),
        ("2025-01-02", "dormant", None),
        ("2026-02-10", "suspended", "只有正常或休眠状态的组织可以申请延续备案"),
        ("2026-02-10", "cancelled", "该组织在名录中已不是存续状态"),
    ],
)
def test_who_may_renew_and_when(choir, frozen, day, status, words):
    frozen(f"{day} 10:00")
    with atomic():
        group(choir).status = OrganizationStatus(status)
    by = acting_for(person_called("choir"), choir)
    if words is None:
        with atomic():
            assert open_renewal({}, by=by).title == group(choir).name
        return
    with pytest.raises(RuleBroken, match=words), atomic():
        open_renewal({}, by=by)


@pytest.mark.engines("sqlite")
def test_only_for_a_filed_group_one_acts_for(choir, as_, town):
    nobody = as_(town.applicant)
    assert "请先选择您代表的组织" in go(nobody, "/apply/filing_renewal/eligibility").text
    sent = nobody.post("/apply/filing_renewal/eligibility", data={"goes_on": "yes"})
    assert (sent.status_code, db.session.scalars(db.select(Case)).all()) == (422, [])
    assert (
        "注销备案"
        in go(as_(town.choir), "/apply/filing_renewal/eligibility").submit(goes_on="no").text
    )


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("told_of", "words"),
    [
        ({"individual_members": 4}, "成员应不少于5人"),
        ({"individual_members": None}, "请填写成员人数"),
        ({"person_in_charge": ""}, "负责人"),
        ({"domicile": ""}, "活动场所"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_submitted(choir, as_, town, told_of, words):
    case_id = groups.start(choir, "filing_renewal", 0, **told_of)
    applicant = as_(town.choir)
    assert words in go(applicant, f"/cases/{case_id}/answers").text
    assert applicant.post(f"/cases/{case_id}/submit", data={"declared": "y"}).status_code == 422


@pytest.mark.engines("sqlite")
def test_the_street_asks_once_more_or_refuses_with_a_letter(choir):
    case_id = done(choir, "filing_renewal", "correction")
    [letter] = papers("correction_notice")
    assert letter.case_id == case_id
    driver.drive_on(case_id, "resubmit")
    driver.drive_on(case_id, "refuse")
    [refusal] = papers("filing_refusal")
    assert refusal.title == "不予延续备案通知书"
    assert group(choir).valid_until == date(2026, 3, 4)


def test_a_second_open_renewal_is_refused_by_the_database(choir):
    first = groups.start(choir, "filing_renewal", 0)
    assert groups.start(choir, "filing_renewal", 0) == first, "the first one is gone on with"
    with atomic():
        case = db.session.get_one(Case, first)
        values = {"kind": "filing_renewal", "title": "另一件", "applicant_id": case.applicant_id}
    second = FilingRenewal(**values, state="draft", sole_key=case.sole_key, subject_body_id=choir)
    with pytest.raises(IntegrityError):
        enter(second)
    driver.drive_on(first, "withdraw")
    assert groups.start(choir, "filing_renewal", 0) != first, "a closed one is not in the way"


def at_once(app: Flask, *works):
    """Do the works at the same time, each in its own thread; return what came of each."""
    start, ends = threading.Barrier(len(works)), []

    def run(work):
        with app.app_context():
            start.wait(30)
            try:
                with atomic():
                    ends.append(work())
            except (WrongState, IntegrityError) as refused:
                ends.append(type(refused).__name__)
            finally:
                db.session.remove()

    db.session.remove()
    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return ends


def test_two_people_who_begin_at_once_have_one_renewal(choir, app: Flask):
    def begin():
        by = acting_for(person_called("choir"), choir)
        return open_renewal({}, by=by).id

    at_once(app, begin, begin)
    assert len(db.session.scalars(db.select(FilingRenewal)).all()) == 1


def test_two_officers_who_decide_at_once_issue_one_receipt(choir, app: Flask, town):
    case_id = done(choir, "filing_renewal", "street_review")
    street = town.street

    def decide():
        case = db.session.get_one(Case, case_id)
        engine.move(case, "approve", by=street)
        return "renewed"

    ends = at_once(app, decide, decide)
    assert sorted(ends) == ["WrongState", "renewed"]
    assert len(papers()) == 1


@pytest.mark.engines("sqlite")
def test_groups_are_told_of_the_end_three_times_and_each_once(choir, frozen):
    days = {
        "2026-01-02": 0,
        "2026-01-03": 1,  # 60 days before
        "2026-02-16": 0,
        "2026-02-17": 1,  # 15 days before
        "2026-03-04": 0,
        "2026-03-05": 1,  # the first day after
        "2026-04-01": 0,
    }
    for day, number in days.items():
        frozen(f"{day} 08:40")
        assert remind_of_renewal() == f"{number} groups reminded", day
        assert remind_of_renewal() == "0 groups reminded", f"twice on {day}"
    assert len(told("renewals.ending")) == 2
    assert "2026年3月4日" in told("renewals.ending")[0]
    assert len(told("renewals.ended")) == 1


@pytest.mark.engines("sqlite")
def test_who_has_asked_for_renewal_is_not_reminded_until_that_came_to_nothing(choir, frozen):
    draft = groups.start(choir, "filing_renewal", 0)
    frozen("2026-03-01 08:40")
    assert remind_of_renewal() == "1 groups reminded", "a draft is no application"
    driver.drive(draft, "street_review", days_ago=0)
    frozen("2026-03-05 08:40")
    assert remind_of_renewal() == "0 groups reminded"
    with atomic():
        case = db.session.get_one(Case, draft)
        engine.move(case, "withdraw", by=driver.actor_for(case, Party.APPLICANT))
    assert remind_of_renewal() == "1 groups reminded"


@pytest.mark.engines("sqlite")
def test_who_has_renewed_is_not_reminded(choir, frozen):
    done(choir, "filing_renewal", "renewed")
    frozen("2026-02-20 08:40")
    assert remind_of_renewal() == "0 groups reminded"


@given(until=st.dates(date(2020, 1, 1), date(2099, 12, 31)), days=st.integers(15, 365))
def test_a_renewal_opens_so_many_days_before_the_end(until, days):
    assert (until - rules.opens_on(until, days)).days == days


@pytest.mark.engines("sqlite")
def test_a_community_that_is_not_on_record_is_asked_for_and_printed(choir, as_, town):
    with atomic():
        organization = group(choir)
        organization.division_id = None
        street = organization.street_id
    case_id = groups.start(choir, "filing_renewal", 0, division_id=None)
    visitor, here = as_(town.choir), f"/cases/{case_id}"
    page = go(visitor, f"{here}/sections/group")
    assert "红照壁" in page.text
    assert "请选择本组织所在的社区" in go(visitor, f"{here}/answers").text
    assert visitor.post(f"{here}/submit", data={"declared": "y"}).status_code == 422
    community = next(it for it in divisions.communities() if it.name.startswith("红照壁"))
    page.submit(division_id=str(community.id))
    driver.drive_on(case_id, "submit")
    driver.drive_on(case_id, "approve")
    [receipt] = papers()
    assert receipt.facts["community"] == community.name
    found = group(choir)
    assert (found.division_id, found.street_id) == (community.id, street)


@pytest.mark.engines("sqlite")
@pytest.mark.printed
def test_a_receipt_states_no_street_as_a_community(choir):
    case_id = done(choir, "filing_renewal", "street_review")
    with atomic():
        case, street = db.session.get_one(Case, case_id), group(choir).street_id
        by = driver.actor_for(case, Party.STREET_OFFICER)
        place = db.session.get_one(Division, street)
        until = date(2028, 3, 4)
        issue_receipt(case, group(choir), division=place, subject="续", until=until, by=by)
    [receipt] = papers()
    assert (receipt.facts["street"], receipt.facts.get("community")) == (place.name, None)
    assert "社区" not in printed(receipt).split("所属街道")[1].split("业务范围")[0]

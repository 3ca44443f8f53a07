"""The short yearly report: who owes it, by when, once a year; and its reminders."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from core.accounts.actor import acting_for
from core.db import atomic, db
from core.errors import RuleBroken
from core.workflow.models import Case
from core.workflow.sweep import sweep_overdue
from registry.activity_reports import queries, rules
from registry.activity_reports.actions import open_report
from registry.activity_reports.jobs import remind_of_activity_report
from registry.activity_reports.models import ActivityReport
from registry.demo import driver, groups
from registry.demo.cast import person_called
from registry.organizations.kinds import OrganizationStatus
from tests.pages import fields, go
from tests.registry.filed import NAME, at, done, enter, filed, group, told


@pytest.fixture
def choir(town, frozen):
    """A choir filed on 5 March 2024; it is 10 February 2026."""
    found = filed()
    frozen("2026-02-10 10:00")
    return found


@pytest.mark.parametrize(
    ("months", "due"), [(3, date(2026, 3, 31)), (2, date(2026, 2, 28)), (11, date(2026, 11, 30))]
)
def test_a_report_is_due_so_many_months_after_its_year(months, due):
    assert rules.last_day(2025, months) == due
    assert rules.reported_year(due) == 2025


@pytest.mark.engines("sqlite")
def test_a_report_is_due_on_a_working_day(app):
    """民法典第二百零三条: the last of March 2029 is a Saturday."""
    assert [queries.due_on(year) for year in (2025, 2028)] == [date(2026, 3, 31), date(2029, 4, 2)]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("changes", "owes"),
    [
        ({}, True),
        ({"founded_on": date(2025, 6, 30)}, True),
        ({"founded_on": date(2025, 7, 1)}, False),  # 参照民办非企业单位年度检查办法
        ({"founded_on": None}, True),
        ({"recorded_at": at("2026-01-01 00:00")}, False),  # taken over after the year
        ({"recorded_at": at("2025-12-30 12:00")}, True),
        ({"status": OrganizationStatus.DORMANT}, False),
        ({"status": OrganizationStatus.CANCELLED}, False),
    ],
)
def test_who_owes_a_report(choir, changes, owes):
    with atomic():
        for name, value in changes.items():
            setattr(group(choir), name, value)
    assert queries.owes(group(choir), 2025) is owes


@pytest.mark.engines("sqlite")
def test_a_report_is_handed_in_and_put_on_record_by_time_itself(choir, frozen):
    case_id = done(choir, "activity_report", "handed_in")
    report = db.session.get_one(ActivityReport, case_id)
    assert (report.year, report.organization_id) == (2025, choir)
    assert report.title.endswith("（2025年度）")
    assert not queries.owes(group(choir), 2025)
    assert group(choir).individual_members == 18
    with atomic():
        db.session.get_one(ActivityReport, case_id).individual_members = 25
    frozen(db.session.get_one(Case, case_id).due_at)
    assert sweep_overdue() == 1
    assert sweep_overdue() == 0
    organization = group(choir)
    assert db.session.get_one(Case, case_id).state == "recorded"
    assert organization.individual_members == 25
    assert organization.versions[-1].source == "report"


@pytest.mark.engines("sqlite")
def test_the_street_asks_and_the_group_completes(choir):
    case_id = done(choir, "activity_report", "correction")
    driver.drive_on(case_id, "resubmit")
    driver.drive_on(case_id, "record")
    assert db.session.get_one(Case, case_id).state == "recorded"


def test_there_is_one_report_of_a_group_and_year(choir):
    first = groups.start(choir, "activity_report", 0)
    assert groups.start(choir, "activity_report", 0) == first
    applicant = db.session.get_one(Case, first).applicant_id
    db.session.rollback()
    second = ActivityReport(
        organization_id=choir, year=2025, title="另一份", state="draft", applicant_id=applicant
    )
    with pytest.raises(IntegrityError):
        enter(second)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": OrganizationStatus.DORMANT}, "请先延续备案恢复正常"),
        ({"founded_on": date(2025, 9, 1)}, "不需报送2025年度活动情况"),
    ],
)
def test_who_owes_none_is_told_why(choir, changes, words):
    with atomic():
        for name, value in changes.items():
            setattr(group(choir), name, value)
    with pytest.raises(RuleBroken, match=words), atomic():
        open_report({}, by=acting_for(person_called("choir"), choir))


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("told_of", "words"),
    [
        ({"activity_count": None}, "请填写活动次数"),
        ({"participants": None}, "请填写参加人次"),
        ({"summary": ""}, "请用几句话说明"),
        ({"income": None}, "请填写收入和支出"),
    ],
)
def test_what_is_missing_is_named(choir, as_, town, told_of, words):
    case_id = groups.start(choir, "activity_report", 0, **told_of)
    visitor = as_(town.choir)
    assert words in go(visitor, f"/cases/{case_id}/answers").text
    assert visitor.post(f"/cases/{case_id}/submit", data={"declared": "y"}).status_code == 422


@pytest.mark.engines("sqlite")
def test_who_owes_a_report_is_reminded_at_each_stage_once(choir, frozen):
    days = {
        "2026-01-01": 1,
        "2026-03-16": 0,
        "2026-03-17": 1,  # 14 days before 31 March
        "2026-03-31": 0,
        "2026-04-01": 1,
        "2026-06-01": 0,
    }
    for day, number in days.items():
        frozen(f"{day} 08:50")
        assert remind_of_activity_report() == f"{number} groups reminded", day
        assert remind_of_activity_report() == "0 groups reminded", f"twice on {day}"
    assert len(told("activity_reports.due")) == 2
    assert "2026年3月31日" in told("activity_reports.due")[0]
    assert len(told("activity_reports.missed")) == 1


@pytest.mark.engines("sqlite")
def test_who_has_reported_is_left_in_peace(choir, frozen):
    done(choir, "activity_report", "handed_in")
    frozen("2026-03-20 08:50")
    assert remind_of_activity_report() == "0 groups reminded"


@pytest.mark.engines("sqlite")
def test_who_acts_for_another_group_is_one_press_from_the_case(choir, town, as_):
    here = f"/cases/{groups.start(choir, 'activity_report', 0)}"
    themselves = as_(town.as_themselves("choir"))
    page = go(themselves, here)
    assert page.status == 403
    assert f"切换到“{group(choir).name}”的身份后，即可查看此办件。" in page.text
    form = next(fields(it) for it in page.forms() if "onward" in fields(it))
    answer = themselves.post("/acting", data={**form, "body_id": str(choir)})
    assert answer.location == here
    assert go(themselves, here).status == 200
    assert as_(town.intake).get(here).status_code == 404


@pytest.mark.engines("sqlite")
def test_ones_own_list_names_the_other_groups_with_open_cases(choir, town, as_):
    assert "您的其他身份下的办件" not in go(as_(town.as_themselves("choir")), "/cases/").text
    groups.start(choir, "activity_report", 0)
    text = go(as_(town.as_themselves("choir")), "/cases/").text.split("您的其他身份下的办件")[1]
    assert NAME in text
    assert "1件未办结" in text
    as_group = go(as_(acting_for(person_called("choir"), choir)), "/cases/")
    assert "您的其他身份下的办件" not in as_group.text


@pytest.mark.engines("sqlite")
def test_who_founds_something_new_for_a_body_is_asked_whether_they_mean_it(choir, as_):
    me = as_(acting_for(person_called("choir"), choir))
    page = go(me, "/apply/association/eligibility")
    assert f"您现在以“{NAME}”的名义办理" in page.text
    assert "以本人名义办理" in page.text


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"founded_on": date(2025, 7, 1)}, "该组织备案较晚"),
        ({"recorded_at": at("2026-01-01 00:00")}, "2026年度起"),
    ],
)
def test_a_group_that_owes_nothing_reads_why(choir, town, as_, changes, words):
    with atomic():
        for name, value in changes.items():
            setattr(group(choir), name, value)
    me = acting_for(person_called("choir"), choir)
    page = go(as_(me), "/apply/activity_report/eligibility").submit()
    assert page.status == 422
    assert words in page.text
    assert "请先改正" not in page.text
    assert not [it for it in page.forms() if "once" in fields(it)], "nothing can be mended here"


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("login", "words"), [("choir", NAME), ("applicant", "机构负责人")])
def test_who_acts_for_nobody_is_shown_for_whom_they_may(choir, town, as_, login, words):
    page = go(as_(town.as_themselves(login)), "/apply/filing_renewal/eligibility")
    assert "请先选择您代表的组织" in page.text
    assert words in page.text.split("请先选择您代表的组织")[1]

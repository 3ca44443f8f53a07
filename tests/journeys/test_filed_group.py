"""A choir keeps its filing, reports, falls silent, wakes; another ends itself, a third is struck off."""

import pytest

from core.db import db
from core.documents import Instrument
from core.messages.models import Message
from core.notices.models import PublicNotice
from core.workflow.models import Case
from core.workflow.sweep import sweep_overdue
from registry.demo import driver, groups
from registry.dormancy.jobs import watch_silent_groups
from registry.organizations.models import Organization
from tests.pages import go

pytestmark = pytest.mark.engines("sqlite")
STREET = "春熙路街道总府社区"


def number_of(organization_id):
    db.session.commit()
    return db.session.get_one(Organization, organization_id).number


def newest_case():
    db.session.commit()
    return db.session.scalars(db.select(Case.id).order_by(Case.id.desc()).limit(1)).one()


def test_a_choir_reports_falls_silent_and_wakes_by_renewing(town, as_, client, frozen):
    frozen("2024-03-05 10:00")
    number = number_of(groups.found_group(f"{STREET}锦绣合唱队", 1))
    frozen("2025-02-10 10:00")
    choir = as_(town.choir)
    page = go(choir, f"/register/{number}").submit("/activity_report").link("年度活动情况")
    page = page.submit(
        activity_count="46", participants="820", summary="每周二排练，演出四场。",
        individual_members="18", income="2400", spending="2186.50",
    )  # fmt: skip
    receipt = page.submit("/submit", declared="y")
    assert "HB-2025-000001" in receipt.text
    assert go(as_(town.street), f"/cases/{newest_case()}").submit("/record").status == 200
    assert "已报送" in go(choir, f"/register/{number}").text

    for day, words in [
        ("2026-11-15", "长期未报送"),
        ("2027-01-12", "长期未报送"),
        ("2027-02-12", "组织已休眠"),
    ]:
        frozen(f"{day} 09:00")
        watch_silent_groups()
        assert words in go(choir, f"/register/{number}").text, day
    assert "休眠" in go(client, f"/register/{number}").text
    street = as_(town.street)  # the earlier visit ended after half an hour
    assert f"{STREET}锦绣合唱队" in go(street, "/groups?need=dormant").text

    page = go(choir, f"/register/{number}").submit("/filing_renewal").link("组织现状")
    page.submit(individual_members="16").submit("/submit", declared="y")
    go(street, f"/cases/{newest_case()}").submit("/approve")
    db.session.commit()
    paper = db.session.scalars(db.select(Instrument).order_by(Instrument.id.desc())).first()
    assert "真实有效" in go(client, f"/verify/{paper.number}").text
    page = go(client, f"/register/{number}")
    assert "正常" in page.text and paper.number in page.text
    assert "13800000002" not in page.answer.text
    assert "没有符合条件的组织" in go(street, "/groups?need=dormant").text


def test_a_group_ends_its_filing_itself(town, as_, client, frozen):
    frozen("2024-03-05 10:00")
    number = number_of(groups.found_group(f"{STREET}象棋社", 1))
    frozen("2025-06-10 10:00")
    page = go(as_(town.choir), f"/register/{number}").submit("/filing_cancellation")
    page = page.link("注销原因").submit(
        ground="dissolved", resolved_on="2025-06-01", settlement="没有结余。"
    )
    page.submit("/submit", declared="y")
    go(as_(town.street), f"/cases/{newest_case()}").submit("/approve")
    assert "注销" in go(client, f"/register/{number}").text
    assert "注销备案公告" in go(client, "/notices").text


def test_a_message_of_a_group_opens_to_who_acts_for_nobody(town, as_, frozen):
    frozen("2024-03-05 10:00")
    group_id = groups.found_group(f"{STREET}锦绣合唱队", 1)
    frozen("2025-02-10 10:00")
    case_id = groups.start(group_id, "activity_report", 0)
    driver.drive(case_id, "handed_in", days_ago=0)
    visitor = as_(town.as_themselves("choir"))
    assert go(visitor, f"/cases/{case_id}").status == 403
    told = db.select(Message).where(
        Message.case_id == case_id, Message.recipient_id == town.choir.user_id
    )
    (message,) = db.session.scalars(told)
    assert message.body_id == group_id
    assert f"致{STREET}锦绣合唱队" in go(visitor, "/messages").text
    asked = go(visitor, f"/messages/{message.id}")
    assert asked.status == 403
    page = asked.submit("/acting", body_id=str(group_id), onward=f"/messages/{message.id}")
    assert (page.path, page.status) == (f"/cases/{case_id}", 200)
    assert f"您现在代表“{STREET}锦绣合唱队”" in page.text


def test_a_dormant_group_is_struck_off_after_its_notice(town, as_, client, frozen):
    frozen("2023-03-05 10:00")
    number = number_of(groups.found_group(f"{STREET}花艺社", 1))
    for day in ("2025-01-06", "2025-02-10", "2025-03-13"):
        frozen(f"{day} 09:00")
        watch_silent_groups()
    street = as_(town.street)
    page = go(street, "/groups?need=dormant").link("花艺社")
    case = page.submit("/cancellation").submit("/announce")
    assert "公示" in case.text
    notice = db.session.scalars(db.select(PublicNotice.id)).one()
    assert "拟注销备案公示" in go(client, f"/notices/{notice}").text
    frozen("2025-04-15 10:00")  # the thirtieth day is a Saturday: it ends on Monday
    assert sweep_overdue() == 1
    street = as_(town.street)
    page = go(street, f"/cases/{newest_case()}").submit("/strike_off")
    assert page.status == 200
    assert "注销" in go(client, f"/register/{number}").text
    assert "没有符合条件的组织" in go(street, "/groups?need=dormant").text

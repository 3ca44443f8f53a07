"""Neighbours ask which way is theirs, are filed, grow, and are registered: one page all the way."""

import io

import pytest

from core import divisions
from core.db import db
from core.documents import Instrument
from core.workflow.models import Case
from registry.demo.driver import check_all
from registry.demo.papers import sample_pdf
from registry.organizations import codes
from registry.organizations.models import Organization
from registry.registrations.models import Registration
from registry.upgrades.jobs import look_for_upgrades
from tests.pages import Page, fields, go

pytestmark = pytest.mark.engines("sqlite")
FILED = "春熙路街道总府社区锦绣合唱队"
RISEN = "成都市锦江区锦绣合唱协会"
CODE = codes.make_code("51", "510104", 4711)


def answered(page: Page, **given: str) -> Page:
    """Answer the question of a page as a browser without JavaScript sends it: by GET."""
    form = next(it for it in page.forms() if str(it.get("action")).endswith("/apply/track"))
    values = fields(form)
    for name, answer in given.items():
        values[name] = answer
    query = "&".join(f"{name}={value}" for name, value in values.items(multi=True))
    return go(page.visitor, f"/apply/track?{query}")


def chosen(visitor) -> Page:
    """Walk from the front page to the answer."""
    page = go(visitor, "/").link("帮我选一选")
    for key, answer in (
        ("activity", "together"),
        ("people", "12"),
        ("units", "0"),
        ("staff", "0"),
        ("funds", ""),
        ("place", "shared"),
        ("wish", "later"),
        ("sponsor", "open"),
    ):
        page = answered(page, **{key: answer})
        assert page.status == 200, page.text
    return page


def filed(town, as_, page: Page) -> Organization:
    """Go on from the answer to the filing, and let committee and street decide."""
    choir = as_(town.choir)
    start = go(choir, page.link("查看办事指南并开始办理").answer.request.full_path)
    check = start.link("开始申请")
    assert fields(check.form(""))["founders"] == "yes", "what was answered is chosen already"
    draft = check.submit()
    community = next(c for c in divisions.communities() if c.name.startswith("总府"))
    page = go(choir, f"{draft.path}/sections/group").submit(
        title=FILED,
        category="culture_and_sport",
        division_id=str(community.id),
        domicile="总府社区党群服务中心二楼",
        scope="每周排练，参加社区公益演出。",
    )
    page = page.submit(
        person_in_charge="李秀英",
        person_phone="13800000002",
        founders="李秀英\n王桂兰\n陈建国\n刘玉梅\n杨德明",
    )
    page.submit(group_rules="重大事项由成员大会决定，账目每季度公布。").submit(
        "/submit", declared="y"
    )
    case = db.session.scalars(db.select(Case)).one()
    go(as_(town.community), f"/cases/{case.id}").submit("/support", opinion="情况属实，同意。")
    go(as_(town.street), f"/cases/{case.id}").submit("/approve")
    organization: Organization = db.session.scalars(db.select(Organization)).one()
    return organization


def test_from_the_first_question_to_the_certificate(town, as_, client):
    answer = chosen(client)
    assert "到所在街道备案" in answer.title and "第十条第一项" in answer.text
    group = filed(town, as_, answer)
    organization_id, number = group.id, group.filing_number

    db.session.rollback()
    look_for_upgrades()
    choir = as_(town.choir)
    page = go(choir, f"/register/{number}").link("逐项查看条件")
    assert "还差3项条件" in page.text and "个人会员5个" in page.text
    listed = go(as_(town.street), "/upgrades")
    assert FILED in listed.text and "可转登记" in listed.text
    page = page.submit(
        "/facts/association",
        individual_members="56",
        unit_members="0",
        staff_count="1",
        registered_funds="30000",
    )
    assert "已达到登记条件" in page.text
    look_for_upgrades()
    for who in (town.choir, town.street):
        assert "已达到登记条件" in go(as_(who), "/messages").text

    choir = as_(town.choir)
    draft = go(choir, f"/upgrades/{number}").submit("/application/association")
    assert "预先填好" in draft.text and str(number) in draft.text
    case = db.session.scalars(db.select(Registration)).one()
    here = f"/cases/{case.id}"
    go(choir, f"{here}/sections/management").submit(
        management_mode="direct",
        direct_class="community_service",
        industry_department="锦江区文化体育和旅游局",
        party_lead_unit="锦江区社会组织综合党委",
    )
    page = go(choir, f"{here}/sections/identity")
    assert fields(page.form(""))["domicile"] == "总府社区党群服务中心二楼"
    page.submit(title=RISEN, activity_area="成都市锦江区")
    page = go(choir, f"{here}/sections/purpose")
    assert "每周排练" in fields(page.form(""))["scope"]
    page.submit(purpose="丰富居民文化生活。")
    page = go(choir, f"{here}/sections/people")
    assert fields(page.form(""))["people-0-name"] == "李秀英"
    page.submit(**{"people-0-identity_number": "510104198503071220"})
    for slot in ("application", "charter", "capital", "premises", "members", "identities"):
        upload = {"upload": (io.BytesIO(sample_pdf("示例")), f"{slot}.pdf")}
        choir.post(f"{here}/sections/documents/registration.{slot}", data=upload)
    receipt = go(choir, f"{here}/answers").submit("/submit", declared="y")
    assert "DJ-" in receipt.text

    go(as_(town.intake), here).submit("/accept")
    db.session.rollback()
    check_all(case.id)
    go(as_(town.examiner), here).submit("/recommend_approval", opinion="符合条件。")
    go(as_(town.approver), here).submit("/approve")
    go(as_(town.certificate), here).submit("/issue_certificate", unified_code=CODE)

    db.session.rollback()
    [only] = db.session.scalars(db.select(Organization)).all()
    assert (only.id, only.unified_code, only.filing_number) == (organization_id, CODE, number)
    page = go(client, f"/register/{number}")
    assert page.path.endswith(CODE)
    assert RISEN in page.title and str(number) in page.text and "备案转" in page.text
    paper = db.session.scalars(
        db.select(Instrument).where(Instrument.kind == "filing_receipt")
    ).one()
    assert "已替换" in go(client, f"/verify/{paper.number}").text
    found = go(client, f"/register?q={number}")
    assert found.text.count(RISEN) == 1 and FILED not in found.text
    assert "备案转登记公告" in go(client, "/notices").text

"""A choir is filed at its street; the bureau sees it at once and may send it back."""

from core import divisions
from core.db import db
from core.documents import Instrument, InstrumentStatus
from core.workflow.models import Case
from registry.organizations.kinds import OrganizationStatus
from registry.organizations.models import Organization
from tests.pages import Page, fields, go

NAME = "春熙路街道总府社区锦绣合唱队"
FOUNDERS = "李秀英\n王桂兰\n陈建国\n刘玉梅\n杨德明"


def applied(visitor) -> Page:
    """Fill in the three pages and submit."""
    community = next(c for c in divisions.communities() if c.name.startswith("总府"))
    page = go(visitor, "/apply/filing/eligibility")
    draft = page.submit(kind="residents", founders="yes", place="yes")
    page = go(visitor, f"{draft.path}/sections/group").submit(
        title=NAME,
        category="culture_and_sport",
        division_id=str(community.id),
        domicile="总府社区党群服务中心二楼",
        scope="每周排练，参加社区公益演出。",
    )
    page = page.submit(person_in_charge="李秀英", person_phone="13800000002", founders=FOUNDERS)
    page = page.submit(group_rules="重大事项由成员大会决定，账目每季度公布。")
    assert page.path.endswith("/answers")
    return page.submit("/submit", declared="y")


def status_of(organization_id: int) -> OrganizationStatus:
    """Return what the register says now."""
    db.session.rollback()
    return db.session.get_one(Organization, organization_id).status


def test_a_choir_is_filed_returned_and_filed_again(town, as_, client):
    choir = as_(town.choir)
    receipt = applied(choir)
    assert "BA-" in receipt.text
    case = db.session.scalars(db.select(Case)).one()
    here = f"/cases/{case.id}"

    go(as_(town.community), here).submit("/support", opinion="情况属实，同意。")
    street = as_(town.street)
    go(street, here).submit("/approve")
    organization = db.session.scalars(db.select(Organization)).one()
    assert organization.number.startswith("BA-510104-春熙路街道-")
    assert organization.number.endswith("-0001")
    page = go(client, f"/register/{organization.number}")
    assert NAME in page.text
    assert "13800000002" not in page.answer.text
    paper = db.session.scalars(
        db.select(Instrument).where(Instrument.kind == "filing_receipt")
    ).one()
    assert "person_in_charge" not in paper.facts
    verified = go(client, f"/verify/{paper.number}")
    assert NAME in verified.text
    assert "李秀英" not in verified.answer.text

    go(as_(town.supervisor), here).submit("/return_filing", note="活动场所不在本社区。")
    db.session.expire_all()
    assert db.session.get_one(Instrument, paper.id).status is InstrumentStatus.VOID
    assert status_of(organization.id) == OrganizationStatus.UNDER_REVIEW
    go(street, here).submit("/approve")
    db.session.expire_all()
    assert status_of(organization.id) == OrganizationStatus.ACTIVE
    go(as_(town.supervisor), here).submit("/record")
    assert db.session.get_one(Case, case.id).state == "recorded"
    numbers = db.session.scalars(db.select(Organization.filing_number)).all()
    assert len(numbers) == 1


def test_what_was_sent_twice_is_there_once(town, as_):
    choir = as_(town.choir)
    page = go(choir, "/apply/filing/eligibility")
    values = fields(page.form(""))
    values.update({"kind": "residents", "founders": "yes", "place": "yes"})
    first = choir.post("/apply/filing/eligibility", data=values)
    second = choir.post("/apply/filing/eligibility", data=values)
    assert first.location == second.location
    assert db.session.scalar(db.select(db.func.count()).select_from(Case)) == 1

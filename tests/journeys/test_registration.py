"""An association is founded: one correction round, sponsor and four eyes, then anyone verifies it."""

import io
from pathlib import Path

import pytest

from core import divisions
from core.accounts import Body
from core.db import db
from core.documents import Instrument
from core.workflow.models import Case
from core.workflow.sections import papers_of
from registry.demo.papers import sample_pdf
from registry.organizations import codes
from registry.organizations.models import Organization
from tests.pages import Page, go

NAME = "成都市锦江区社区书画协会"
CODE = codes.make_code("51", "510104", 777)
ELIGIBLE = {
    "enough_members": "yes",
    "enough_funds": "yes",
    "full_capacity": "yes",
    "management": "dual_managed",
}


def fill_in(draft: Page) -> Page:
    """Fill in the sections as the task list offers them, and return to the task list."""
    sponsor = db.session.scalars(db.select(Body).where(Body.name == "锦江区文化体育和旅游局")).one()
    community = next(c for c in divisions.communities() if c.name.startswith("总府"))
    here = draft.path
    page = go(draft.visitor, f"{here}/sections/management")
    page = page.submit(management_mode="dual_managed", sponsor_unit_id=str(sponsor.id))
    assert page.path.endswith("/sections/identity")
    page = page.submit(
        title=NAME,
        division_id=str(community.id),
        domicile="成都市锦江区春熙路街道总府路8号",
        activity_area="成都市锦江区",
    )
    page = page.submit(
        purpose="团结书画爱好者，繁荣社区文化。", scope="书画交流、展览、培训和公益服务"
    )
    page = page.submit(
        individual_members="52", unit_members="0", staff_count="2", registered_funds="30,000"
    )
    page = page.submit(
        **{
            "people-0-name": "张敏",
            "people-0-position": "legal_representative",
            "people-0-identity_number": "510104198503071220",
            "people-0-phone": "13800000001",
            "people-1-name": "罗建华",
        }
    )
    assert page.path.endswith("/sections/documents"), page.text
    return page


def hand_in(page: Page, case: Case) -> None:
    """Upload a paper for every slot."""
    for section in case.workflow.sections_of(case):
        for document in papers_of(case, section):
            answer = page.visitor.post(
                f"{page.path}/{document.key}",
                data={"upload": (io.BytesIO(sample_pdf("示例")), f"{document.key}.pdf")},
                follow_redirects=True,
            )
            assert answer.status_code == 200, answer.text


def test_an_association_is_registered(town, as_, client, storage: Path):
    applicant = as_(town.applicant)
    start = go(applicant, "/apply/association")
    assert "30" in start.text
    eligibility = go(applicant, "/apply/association/eligibility")
    draft = eligibility.submit(**ELIGIBLE)
    case_id = int(draft.path.rsplit("/", 1)[1])
    papers = fill_in(draft)
    hand_in(papers, db.session.get_one(Case, case_id))
    answers = go(applicant, f"/cases/{case_id}/answers")
    assert NAME in answers.text
    assert "510104********1220" in answers.text
    assert "510104198503071220" not in answers.text
    receipt = answers.submit("/submit_to_sponsor", declared="y")
    assert "DJ-" in receipt.text

    sponsor = as_(town.sponsor)
    assert NAME in go(sponsor, "/worklist").text
    page = go(sponsor, f"/cases/{case_id}")
    assert page.submit("/sponsor_agree", opinion="同意作为业务主管单位。").status == 200

    intake = as_(town.intake)
    go(intake, f"/cases/{case_id}").submit(
        "/request_correction", items="章程草案缺少负责人任期。\n场所使用权证明缺少签字。"
    )
    page = go(applicant, f"/cases/{case_id}")
    assert "场所使用权证明缺少签字" in page.text
    page = go(applicant, f"/cases/{case_id}/answers").submit("/resubmit", declared="y")
    assert page.status == 200
    page = go(intake, f"/cases/{case_id}")
    assert "补正通知书" in page.text
    page.submit("/accept")

    examiner = as_(town.examiner)
    page = go(examiner, f"/cases/{case_id}")
    assert "/recommend_approval" not in "".join(f.get("action", "") for f in page.forms())
    case = db.session.get_one(Case, case_id)
    for condition in case.workflow.conditions_of(case):
        page = go(examiner, f"/cases/{case_id}")
        page = page.submit(f"/checks/{condition.key}", outcome="pass")
        assert page.status == 200
    page = go(examiner, f"/cases/{case_id}")
    page.submit("/recommend_approval", opinion="符合条例第十条的全部条件。")

    approver = as_(town.approver)
    go(approver, f"/cases/{case_id}").submit("/approve")
    officer = as_(town.certificate)
    page = go(officer, f"/cases/{case_id}").submit("/issue_certificate", unified_code="51510104MJQ")
    assert page.status == 422
    page = go(officer, f"/cases/{case_id}").submit("/issue_certificate", unified_code=CODE)
    assert page.status == 200

    found = go(client, f"/register/{CODE}")
    assert NAME in found.text
    assert "1220" not in found.text
    assert NAME in go(client, "/register?q=书画").text
    certificate = db.session.scalars(
        db.select(Instrument).where(Instrument.kind == "certificate_original")
    ).one()
    assert NAME in go(client, f"/verify/{certificate.number}").text
    assert NAME in go(client, "/notices").text
    pdf = applicant.get(f"/instruments/{certificate.id}.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert client.get(f"/instruments/{certificate.id}.pdf").status_code in (302, 404)
    organization = db.session.scalars(
        db.select(Organization).where(Organization.unified_code == CODE)
    ).one()
    assert [v.source for v in organization.versions] == ["case"]
    assert as_(town.choir).get(f"/cases/{case_id}").status_code == 404


@pytest.mark.engines("sqlite")
def test_a_newcomer_who_does_not_qualify_is_told_why_and_where_else(town, as_):
    page = go(as_(town.applicant), "/apply/association/eligibility")
    page = page.submit(**{**ELIGIBLE, "enough_members": "no"})
    assert "第十条" in page.text
    assert db.session.scalar(db.select(db.func.count()).select_from(Case)) == 0


@pytest.mark.engines("sqlite")
def test_nothing_typed_is_lost_when_a_number_is_wrong(town, as_):
    applicant = as_(town.applicant)
    draft = go(applicant, "/apply/association/eligibility").submit(**ELIGIBLE)
    page = go(applicant, f"{draft.path}/sections/people").submit(
        **{"people-0-name": "张敏", "people-0-identity_number": "51010419850307122X"}
    )
    assert page.status == 422
    assert "张敏" in page.answer.text
    assert "51010419850307122X" in page.answer.text

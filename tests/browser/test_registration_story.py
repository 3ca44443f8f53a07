"""An association is registered at desks: correction, sponsor, checklist and four eyes, then proof."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core import divisions
from core.accounts import Body
from core.db import db
from registry.demo.papers import sample_pdf
from registry.organizations import codes
from tests.browser.hands import download, go_on, leave, path_on, take

NAME = "成都市锦江区社区书画协会"
CODE = codes.make_code("51", "510104", 777)
ELIGIBLE = {
    "enough_members": "yes",
    "enough_funds": "yes",
    "full_capacity": "yes",
    "management": "dual_managed",
}
PROMOTER = {
    "people-0-name": "张敏",
    "people-0-position": "legal_representative",
    "people-0-identity_number": "510104198503071220",
    "people-0-phone": "13800000001",
    "people-1-name": "罗建华",
}


def apply_for_registration(page: Page) -> str:
    """Answer the questions and fill in every section but the papers; return the case's address."""
    page.goto("/apply/association/eligibility")
    go_on(page, **ELIGIBLE)
    case = page.url
    sponsor = db.session.scalars(db.select(Body).where(Body.name == "锦江区文化体育和旅游局")).one()
    community = next(c for c in divisions.communities() if c.name.startswith("总府"))
    leave(page, page.locator(".task__title").first)
    go_on(page, management_mode="dual_managed", sponsor_unit_id=str(sponsor.id))
    go_on(
        page,
        title=NAME,
        division_id=str(community.id),
        domicile="成都市锦江区春熙路街道总府路8号",
        activity_area="成都市锦江区",
    )
    go_on(page, purpose="团结书画爱好者，繁荣社区文化。", scope="书画交流、展览、培训和公益服务")
    go_on(
        page, individual_members="52", unit_members="0", staff_count="2", registered_funds="30,000"
    )
    go_on(page, **PROMOTER)
    assert page.url.endswith("/sections/documents")
    return case


def hand_in(page: Page) -> None:
    """Choose a file for every paper that is asked for."""
    paper = sample_pdf("示例")
    for place in range(page.locator(".slot").count()):
        slot = page.locator(".slot").nth(place)
        slot.locator("input[type=file]").set_input_files(
            {"name": f"{place}.pdf", "mimeType": "application/pdf", "buffer": paper}
        )
        slot.locator("form[enctype] button[type=submit]").click()  # a script sends it
        expect(slot.locator(".slot__file")).to_have_count(1)


def examine(page: Page, case: str) -> None:
    """Find every condition met, one after the other."""
    page.goto(case)
    for place in range(page.locator(".examined").count()):
        form = page.locator(".examined").nth(place).locator("form")
        form.locator('input[value="pass"]').check()
        leave(page, form.locator("button[type=submit]"))
    expect(page.locator(".examined__finding")).to_have_count(page.locator(".examined").count())


@pytest.mark.viewports("wide")
def test_an_association_is_registered_at_desks(page: Page, town, sign_in, tmp_path: Path):
    sign_in(town.applicant)
    case = apply_for_registration(page)
    hand_in(page)
    page.goto(f"{case}/answers")
    expect(page.locator("main")).to_contain_text("510104********1220")
    take(page, "submit_to_sponsor", declared="y")
    expect(page.locator("main")).to_contain_text("DJ-")

    sign_in(town.sponsor)
    page.goto("/worklist")
    leave(page, page.get_by_role("link", name=NAME).first)
    take(page, "sponsor_agree", opinion="同意作为业务主管单位。")

    sign_in(town.intake)
    page.goto(case)
    take(page, "request_correction", items="章程草案缺少负责人任期。\n场所使用权证明缺少签字。")
    sign_in(town.applicant)
    page.goto(case)
    expect(page.locator("main")).to_contain_text("场所使用权证明缺少签字")
    page.goto(f"{case}/answers")
    take(page, "resubmit", declared="y")
    sign_in(town.intake)
    page.goto(case)
    take(page, "accept")

    sign_in(town.examiner)
    page.goto(case)
    expect(page.locator('form[action*="/recommend_approval"]')).to_have_count(0)
    expect(page.locator(".step--blocked").first).to_be_visible()
    examine(page, case)
    take(page, "recommend_approval", opinion="符合条例第十条的全部条件。")
    sign_in(town.approver)
    page.goto(case)
    take(page, "approve")
    sign_in(town.certificate)
    page.goto(case)
    take(page, "issue_certificate", unified_code="51510104MJQ")
    expect(page.locator(".field__error")).to_be_visible()
    take(page, "issue_certificate", unified_code=CODE)

    sign_in(town.applicant)
    page.goto(case)
    certificate = page.locator('main a[href^="/instruments/"]', has_text="民社证〔").first
    where = path_on(download(page, certificate, tmp_path))
    page.context.clear_cookies()
    page.goto(where)
    expect(page.locator(".verdict--green")).to_be_visible()
    expect(page.locator("main")).to_contain_text(CODE)
    page.goto("/register?q=书画")
    leave(page, page.locator("#results").get_by_role("link", name=NAME).first)
    expect(page.locator("main")).to_contain_text(CODE)
    assert "1220" not in page.content()

"""A service institution applies at a desk and on a phone: what it is asked is its own."""

from playwright.sync_api import Page, expect

from core import divisions
from core.accounts import Body
from core.db import db
from tests.browser.hands import go_on, leave, take
from tests.browser.test_registration_story import PROMOTER, hand_in

NAME = "成都市锦江区锦绣社区文化服务中心"


def test_a_service_institution_applies(page: Page, town, sign_in):
    page.goto("/apply/registration")
    expect(page.locator("main")).to_contain_text("本区不办理基金会登记")
    sign_in(town.applicant)
    page.goto("/apply/registration")
    leave(page, page.get_by_role("link", name="成立民办非企业单位"))
    leave(page, page.locator('a[href$="/eligibility"]'))
    go_on(
        page, own_services="yes", without_profit="yes", premises="yes", full_capacity="yes",
        management="dual_managed",
    )  # fmt: skip
    case = page.url
    sponsor = db.session.scalars(db.select(Body).where(Body.name == "锦江区文化体育和旅游局")).one()
    community = next(c for c in divisions.communities() if c.name.startswith("总府"))
    leave(page, page.locator(".task__title").first)
    go_on(page, management_mode="dual_managed", sponsor_unit_id=str(sponsor.id))
    expect(page.locator('[name="activity_area"]')).to_have_count(0)
    go_on(
        page, title=NAME, division_id=str(community.id), domicile="成都市锦江区春熙路街道总府路8号"
    )
    go_on(page, purpose="繁荣社区文化，服务居民。", scope="社区文化服务、培训和公益活动")
    go_on(
        page, institution_kind="partnership", sector="culture", staff_count="3", premises="leased",
        premises_months="24", registered_funds="30,000", nonstate_funds="30,000", no_branches="y",
    )  # fmt: skip
    go_on(page, **PROMOTER)
    page.goto(case)
    expect(page.locator("main")).to_contain_text("举办者应为两人以上")
    page.goto(f"{case}/sections/people")
    go_on(page, **{"people-2-name": "宋晓燕"})
    hand_in(page)
    page.goto(f"{case}/answers")
    expect(page.locator("main")).to_contain_text("由登记管理机关与名录核对")
    take(page, "submit_to_sponsor", declared="y")
    expect(page.locator("main")).to_contain_text("DJ-")
    assert "社会团体" not in page.locator("main").inner_text()

"""A choir is filed at its street, on a telephone: ten minutes for the group, seconds for anyone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core import divisions
from core.demo import PASSWORD
from tests.browser.hands import download, fill_in, go_on, leave, path_on, take

NAME = "春熙路街道总府社区锦绣合唱队"
FOUNDERS = "李秀英\n王桂兰\n陈建国\n刘玉梅\n杨德明"


def sign_in_as(page: Page, login: str) -> None:
    fill_in(page, login=login, password=PASSWORD)
    leave(page, page.locator("main form button[type=submit]"))


def apply_for_filing(page: Page) -> None:
    """Walk from the home page to the page that checks the answers."""
    page.goto("/apply/filing")
    leave(page, page.locator('main a[href$="/filing/eligibility"]'))
    sign_in_as(page, "choir")
    assert page.url.endswith("/apply/filing/eligibility"), (
        "sign-in forgot where the person was going"
    )
    go_on(page, kind="residents", founders="yes", place="yes")
    expect(page.locator(".task")).to_have_count(3)
    community = next(c for c in divisions.communities() if c.name.startswith("总府"))
    leave(page, page.locator(".task__title").first)
    go_on(
        page,
        title=NAME,
        category="culture_and_sport",
        division_id=str(community.id),
        domicile="总府社区党群服务中心二楼",
        scope="每周排练，参加社区公益演出。",
    )
    go_on(page, person_in_charge="李秀英", person_phone="13800000002", founders=FOUNDERS)
    go_on(page, group_rules="重大事项由成员大会决定，账目每季度公布。")
    assert page.url.endswith("/answers")


@pytest.mark.viewports("narrow")
@pytest.mark.engines("sqlite", "postgresql")
def test_a_choir_is_filed_with_a_telephone(page: Page, town, sign_in, tmp_path: Path):
    apply_for_filing(page)
    expect(page.locator("main")).to_contain_text(NAME)
    take(page, "submit", declared="y")
    expect(page.locator("main")).to_contain_text("BA-")
    leave(page, page.locator('main a[href^="/cases/"]').first)
    case = page.url

    sign_in(town.community)
    page.goto("/worklist")
    leave(page, page.get_by_role("link", name=NAME).first)
    take(page, "support", opinion="情况属实，同意。")

    sign_in(town.street)
    page.goto(case)
    take(page, "approve")

    sign_in(town.choir)
    page.goto(case)
    receipt = page.locator('main a[href^="/instruments/"]').first
    where = path_on(download(page, receipt, tmp_path))

    page.context.clear_cookies()
    page.goto(where)
    expect(page.locator(".verdict--green")).to_be_visible()
    expect(page.locator("main")).to_contain_text(NAME)
    for part in ("锦", "绣合", "合唱队"):
        page.goto("/register")
        page.locator('main input[name="q"]').fill(part)
        page.locator('main input[name="q"]').press("Enter")
        expect(page.locator("#results")).to_contain_text(NAME)
    leave(page, page.locator("#results").get_by_role("link", name=NAME).first)
    expect(page.locator("h1")).to_contain_text(NAME)
    assert "13800000002" not in page.content()

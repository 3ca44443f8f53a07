"""A group renews its filing on a telephone: from the button on its page to the new receipt."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core import clock
from core.db import db
from registry.demo import groups
from registry.organizations.models import Organization
from tests.browser.hands import go_on, leave, take

NAME = "春熙路街道总府社区锦绣合唱队"


@pytest.mark.viewports("narrow")
def test_a_choir_renews_with_a_telephone(page: Page, town, sign_in, axe):
    with clock.frozen(clock.now() - timedelta(days=700)):
        group = groups.found_group(NAME, 1)
    number = db.session.get_one(Organization, group).number
    sign_in(town.choir)
    page.goto(f"/register/{number}")
    duty = page.locator(".duty--amber", has_text="延续备案").first
    expect(duty).to_contain_text("个工作日")
    axe(page)
    leave(page, duty.locator("button"))
    leave(page, page.locator(".task__title").first)
    expect(page.locator('[name="person_phone"]')).to_have_value("138****0002")
    go_on(page, individual_members="21")
    assert page.url.endswith("/answers")
    take(page, "submit", declared="y")
    expect(page.locator("main")).to_contain_text("YX-")

    sign_in(town.street)
    page.goto("/groups")
    axe(page)
    page.goto("/worklist")
    leave(page, page.get_by_role("link", name=NAME).first)
    take(page, "approve")
    expect(page.locator("main")).to_contain_text("已延续")

    sign_in(town.choir)
    page.goto(f"/register/{number}")
    expect(page.locator(".duty--green", has_text="延续备案")).to_contain_text("有效期至")

"""A message for a group reaches a person who acts for nobody; a group reports at the counter."""

import pytest
from playwright.sync_api import Page, expect

from core import clock
from core.db import db
from core.messages.models import Message
from registry.demo import driver, groups
from tests.browser.hands import go_on, leave

NAME = "春熙路街道总府社区锦绣合唱队"


@pytest.fixture
def group(town, frozen):
    """A choir that was filed two years ago."""
    with clock.frozen(clock.now().replace(year=clock.today().year - 2, month=3, day=1)):
        return groups.found_group(NAME, 1)


def test_a_message_asks_before_it_changes_for_whom_one_acts(page: Page, town, group, sign_in, axe):
    case_id = groups.start(group, "activity_report", 0)
    driver.drive(case_id, "handed_in", days_ago=0)
    told = db.select(Message.id).where(Message.recipient_id == town.choir.user_id)
    message_id = db.session.scalars(told.where(Message.case_id == case_id)).one()
    sign_in(town.as_themselves("choir"))
    page.goto("/messages")
    expect(page.locator("main")).to_contain_text(f"致{NAME}")
    axe(page)
    page.goto(f"/messages/{message_id}")
    axe(page)
    leave(page, page.locator("main [name=body_id]"))
    assert page.url.endswith(f"/cases/{case_id}")
    expect(page.locator("body")).to_contain_text(f"您现在代表“{NAME}”")


def test_a_group_reports_at_the_counter(page: Page, town, group, sign_in, axe):
    sign_in(town.street)
    page.goto("/counter")
    axe(page)
    leave(page, page.get_by_role("link", name="年度活动情况"))
    axe(page)
    page.locator("[name=present]").check()
    go_on(page, applicant_name="李秀英", contact=town.choir.user.email, organization="没有这个组织")
    expect(page.locator("main")).to_contain_text("不能代表此名称的组织")
    axe(page)
    go_on(page, organization=NAME)
    expect(page.locator("main")).to_contain_text(f"申请人代表“{NAME}”办理")
    axe(page)
    page.goto("/counter")
    expect(page.locator("main table")).to_contain_text(NAME)

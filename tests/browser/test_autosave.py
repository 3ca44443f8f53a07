"""A draft that saves itself, on a page that is out of date: the person is told and loses nothing."""

import pytest
from playwright.sync_api import Page, expect

from core.db import atomic, db
from core.workflow import actions
from core.workflow.models import Case
from registry.demo import cases
from registry.filings.models import Filing
from registry.organizations.kinds import FilingCategory
from tests.browser.hands import leave


@pytest.mark.viewports("wide")
def test_a_stale_page_says_so_keeps_what_was_typed_and_saves_when_asked(page: Page, town, sign_in):
    case_id = cases._group("总府社区双窗队", FilingCategory.OTHER, 30)
    choir = town.as_themselves("choir")
    sign_in(choir)
    page.goto(f"/cases/{case_id}/sections/rules")
    with atomic():
        case = db.session.get_one(Case, case_id)
        actions.save_section(case, "rules", by=choir, group_rules="另一窗口写的")
    typed = page.locator('textarea[name="group_rules"]')
    typed.fill("这个窗口写的")
    status = page.locator("[data-autosave-status]")
    expect(status).to_contain_text("另一窗口中修改")
    expect(typed).to_have_value("这个窗口写的")
    save = page.locator('main form button[type="submit"]').first
    leave(page, save)
    expect(page.locator("main")).to_contain_text("另一窗口中修改")
    expect(typed).to_have_value("这个窗口写的")
    db.session.rollback()
    assert db.session.get_one(Filing, case_id).group_rules == "另一窗口写的"
    leave(page, page.locator('main form button[type="submit"]').first)
    db.session.rollback()
    assert db.session.get_one(Filing, case_id).group_rules == "这个窗口写的"

"""A paper that was handed in is looked at in place: the browser's own viewer opens it."""

import pytest
from playwright.sync_api import Page

from registry.demo import cases, driver
from registry.registrations.states import RegistrationState as R
from tests.browser.conftest import PATIENCE


@pytest.mark.viewports("wide")
def test_a_pdf_is_shown_in_the_browsers_viewer(page: Page, town, sign_in):
    case_id = cases._association("社区书画", 30, 7)
    driver.drive(case_id, R.EXAMINING.value, days_ago=1)
    sign_in(town.examiner)
    page.goto(f"/cases/{case_id}")
    with page.context.expect_page() as opened:
        page.locator('a[href$="/preview"]').first.click()
    shown = opened.value
    # The viewer is a frame of the browser's own; a refused or downloaded file has none.
    if not has_viewer(shown):
        shown.wait_for_event("framenavigated", lambda _frame: has_viewer(shown), timeout=PATIENCE)
    assert has_viewer(shown), [frame.url for frame in shown.frames]


def has_viewer(page: Page) -> bool:
    return any(frame.url.startswith("chrome-extension://") for frame in page.frames)

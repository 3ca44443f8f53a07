"""On a telephone: eight questions and their answer; then a filed choir sees what it lacks, and tells."""

import pytest
from playwright.sync_api import Page, expect

from core.accounts.actor import acting_for
from core.db import atomic, db
from registry.demo.cases import file_group
from registry.demo.cast import person_called
from registry.organizations.models import Organization
from tests.browser.hands import fill_in, leave

ANSWERS = {
    "activity": "together",
    "people": "12",
    "units": "0",
    "staff": "0",
    "funds": "800",
    "place": "shared",
    "wish": "later",
    "sponsor": "neither",
}


@pytest.mark.viewports("narrow")
def test_neighbours_find_their_way_and_a_choir_tells_what_it_has(page: Page, town, sign_in, axe):
    page.goto("/")
    leave(page, page.locator('main a[href$="/apply/track"]').first)
    for key, answer in ANSWERS.items():
        form = page.locator('main form[action$="/apply/track"]')
        fill_in(form, **{key: answer})
        if key == "people":
            axe(page)
        leave(page, form.locator("button[type=submit]").first)
    expect(page.locator("h1")).to_contain_text("到所在街道备案")
    expect(page.locator("main")).to_contain_text("社会团体登记管理条例第十条第一项")
    axe(page)
    page.go_back()
    expect(page.locator("h1")).to_contain_text("政府部门")
    page.go_forward()
    leave(page, page.locator("main .btn-primary").first)
    assert "/apply/filing?" in page.url and "founders=yes" in page.url

    with atomic():
        found = file_group("总府社区银杏合唱队", 3)
    number = db.session.get_one(Organization, found).number
    sign_in(acting_for(person_called("choir"), found))
    page.goto(f"/register/{number}")
    leave(page, page.locator('main a[href*="/upgrades/"]').first)
    expect(page.locator("main")).to_contain_text("还差3项条件")
    form = page.locator('main form[action*="/facts/"]')
    fill_in(
        form, individual_members="60", unit_members="0", staff_count="1", registered_funds="30000"
    )
    leave(page, form.locator("button[type=submit]").first)
    expect(page.locator("main")).to_contain_text("已达到登记条件")
    axe(page)
    leave(page, page.locator('main form[action*="/application/"] button[type=submit]'))
    expect(page.locator("main")).to_contain_text("预先填好")
    axe(page)

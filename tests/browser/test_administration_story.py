"""A year is imported, a guide rewritten and confirmed by another, and the public reads it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core import clock
from registry.demo.texts import make_texts
from tests.browser.hands import fill_in, leave
from tests.core.test_calendar import BRIDGE, plan_of


@pytest.mark.viewports("wide")
def test_the_office_sets_and_the_public_reads(page: Page, town, sign_in, axe, tmp_path: Path):
    make_texts()
    sign_in(town.admin)
    page.goto("/settings")
    expect(page.locator("h1")).to_contain_text("系统管理")
    axe(page)
    page.goto("/calendar/2027")
    file = tmp_path / "2027.csv"
    file.write_text(plan_of(2027, *BRIDGE), "utf-8")
    form = page.locator('form[action$="/calendar/import"]')
    form.locator('[name="file"]').set_input_files(file)
    fill_in(form, year="2027", source="国办发明电〔2026〕9号")
    leave(page, form.locator("button[type=submit]").first)
    expect(page.locator("main")).to_contain_text("尚未导入")
    axe(page)
    leave(page, page.locator('form[action$="/confirm"] button[type=submit]').first)
    expect(page.locator("main")).to_contain_text("全年一览")
    axe(page)

    sign_in(town.head)
    page.goto("/guides/association-registration/edit")
    form = page.locator('main form[action=""]').first
    form.locator('[name="zh_Hans-cost"]').fill("不收费，**证书工本费**由财政承担。")
    leave(page, form.locator('button[name="preview"]'))
    expect(page.locator("#preview-title + p + .sheet strong").first).to_be_visible()
    form = page.locator('main form[action=""]').first
    fill_in(form, source="锦财发2号", reason="写明工本费")
    form.locator('[name="effective_from"]').fill(clock.today().isoformat())
    leave(page, form.locator("button[type=submit]").first)
    expect(page.locator("main")).to_contain_text("须由另一人复核确认", use_inner_text=True)
    axe(page)
    version = page.url

    sign_in(town.admin)
    page.goto(version)
    leave(page, page.locator('form[action$="/confirm"] button[type=submit]'))
    expect(page.locator("main")).to_contain_text("版本已确认")

    page.context.clear_cookies()
    page.goto("/guides/")
    page.get_by_role("link", name="社会团体成立登记").first.click()
    expect(page.locator("main")).to_contain_text("证书工本费由财政承担")
    axe(page)
    leave(page, page.get_by_role("link", name="在线办理").first)
    assert page.url.endswith("/apply/association")

"""Typing a name: what speaks against it appears below the field, with its rule and near names."""

import re

import pytest
from playwright.sync_api import Page, expect

from registry.demo import cases
from registry.names import keys
from registry.organizations import importing
from registry.registrations.states import RegistrationState
from tests.browser.hands import fill_in, leave
from tests.browser.test_every_page import case_in
from tests.registry.test_import import JUNE_2010, REGISTER


def test_typing_a_name_shows_what_is_found(page: Page, town, sign_in, axe):
    importing.run(REGISTER, on=JUNE_2010)
    keys.refresh()
    cases.make_cases(
        [("社区书画", RegistrationState.DRAFT, 1), ("非遗传习", RegistrationState.EXAMINING, 2)], []
    )
    sign_in(town.applicant)
    page.goto(f"{case_in(RegistrationState.DRAFT)}/sections/identity")
    answer = page.locator('[data-live-answer="title"]')
    expect(answer).to_contain_text("可以使用")
    name = page.locator('input[name="title"]')
    name.press_sequentially("")
    name.fill("中国书画协会")
    expect(answer).to_contain_text("不得冠以“中国”")
    expect(answer).to_contain_text("第八条")
    name.fill("成都市锦江区和睦青少年协会")
    expect(answer).to_contain_text("一字之差")
    expect(answer.locator("ins", has_text="谐").first).to_be_visible()
    axe(page)

    page.context.clear_cookies()
    page.goto("/names/check")
    page.locator('select[name="type"]').select_option("service_institution")
    page.locator('main input[name="name"]').fill("成都市锦江区养老服务中心")
    expect(page.locator('[data-live-answer="name"]')).to_contain_text("缺少字号")
    page.locator('main input[name="name"]').press("Enter")
    expect(page).to_have_url(re.compile("/names/check\\?"))
    expect(page.locator("main")).to_contain_text("缺少字号")
    axe(page)


@pytest.mark.viewports("narrow")
def test_what_is_typed_before_the_script_arrives_is_checked_too(page: Page, town):
    held = []
    page.route("**/live-check.js*", lambda asked: held.append(asked))
    with page.expect_request("**/live-check.js*"):
        page.goto("/names/check", wait_until="commit")
    page.locator('main input[name="name"]').fill("成都市锦江区养老服务中心")
    with page.expect_response(re.compile("/names/findings")):
        held[0].continue_()
    expect(page.locator('[data-live-answer="name"]')).to_contain_text("第八条")


def test_officers_read_the_name_and_keep_the_lists(page: Page, town, sign_in, axe):
    importing.run(REGISTER, on=JUNE_2010)
    keys.refresh()
    cases.make_cases([("和睦青少年", RegistrationState.EXAMINING, 2)], [])
    sign_in(town.examiner)
    page.goto(case_in(RegistrationState.EXAMINING))
    panel = page.locator("#name-check")
    expect(panel).to_contain_text("一字之差")
    expect(panel.locator("ins", has_text="谐").first).to_be_visible()
    axe(page)
    page.goto("/names/reservations/register")
    expect(page.locator("main")).to_contain_text("成都市锦江区和睦青少年协会")
    axe(page)
    sign_in(town.admin)
    page.goto("/names/words/new")
    axe(page)
    fill_in(page, kind="superlative", word="天下", effect="advise", source="会议纪要〔2026〕1号")
    leave(page, page.locator("main form.form button[type=submit]").first)
    expect(page.locator("main")).to_contain_text("待确认")
    axe(page)
    sign_in(town.head)
    page.goto("/names/words?show=waiting")
    axe(page)
    leave(page, page.get_by_role("link", name="天下"))
    leave(page, page.locator("form#confirm button[type=submit]"))
    expect(page.locator("main")).to_contain_text("现行")
    page.goto("/names/words?kind=superlative")
    expect(page.locator("main")).to_contain_text("天下")
    axe(page)

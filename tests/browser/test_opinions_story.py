"""Asking for an opinion, giving it on a telephone, and reading who kept time, in a browser."""

from playwright.sync_api import Page, expect

from core.db import db
from core.opinions.models import Opinion
from registry.demo import cases
from registry.registrations.states import RegistrationState
from tests.browser.hands import fill_in, leave
from tests.browser.test_every_page import case_in


def test_an_opinion_is_asked_given_and_counted(page: Page, town, sign_in, axe):
    cases.make_cases([("竹编", RegistrationState.EXAMINING, 1)], [])
    sign_in(town.examiner)
    page.goto(case_in(RegistrationState.EXAMINING))
    leave(page, page.locator("#opinions").get_by_role("link", name="征求其他机构意见"))
    fill_in(page, question="是否需要先取得许可？")
    page.get_by_label("锦江区文化体育和旅游局").check()
    page.get_by_label("宗旨和业务范围").check()
    axe(page)
    leave(page, page.locator('main form[action=""] button[type=submit]'))
    expect(page.locator("#opinions")).to_contain_text("待反馈：1")
    axe(page)

    db.session.rollback()
    opinion_id = db.session.scalars(db.select(Opinion.id)).one()
    sign_in(town.sponsor)
    page.goto("/opinions")
    axe(page)
    leave(page, page.get_by_role("link", name="竹编"))
    expect(page.locator("main")).to_contain_text("宗旨")
    page.get_by_label("不同意").check()
    fill_in(page, answer="应先取得办学许可。")
    axe(page)
    leave(page, page.locator("#our-opinion button[type=submit]"))
    expect(page).to_have_url(f"{page.url.split('/opinions')[0]}/opinions/{opinion_id}")
    expect(page.locator("#our-opinion")).to_contain_text("应先取得办学许可。")
    axe(page)

    sign_in(town.head)
    page.goto("/oversight")
    expect(page.locator("main")).to_contain_text("审查中")
    axe(page)
    for address in ("/oversight/late", "/oversight/consequences"):
        page.goto(address)
        axe(page)

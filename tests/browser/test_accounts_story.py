"""People and their accounts: opened, guarded with codes, found again by mail; roles and owners."""

import json
import re
import zipfile
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core import clock
from core.accounts import SYSTEM, Role, actions, codes, queries
from core.accounts.codes import SecondFactor
from core.db import atomic, db
from core.messages.outbox import deliver_due
from registry.demo import groups
from registry.demo.cast import BUREAU, person_called
from registry.organizations.models import Organization
from tests.browser.conftest import SCREENS
from tests.browser.hands import fill_in, go_on, leave

ADDRESS, SECRET, NEW = "mu.lan@example.org", "kettle under 7 bridges", "ginkgo leaves in october"


@pytest.fixture
def letter(mail_server):
    """Return `letter(address, path)`: the newest link below `path` that was mailed there."""

    def read(address: str, path: str) -> str:
        db.session.rollback()
        deliver_due()
        text = mail_server.to(address)[-1].get_body(("plain",)).get_content()
        found = re.search(rf"https?://[^/\s]+({path}/\S+)", text)
        assert found, text
        return found[1]

    return read


def sign_in_as(page: Page, login: str, password: str) -> None:
    page.goto("/sign-in")
    go_on(page, login=login, password=password)


def sign_out(page: Page) -> None:
    page.locator("details.menu summary", has_text="木兰").click()
    leave(page, page.locator('form[action$="/sign-out"] button'))


@pytest.mark.viewports("narrow")
def test_a_new_person_guards_an_account_with_a_telephone(
    page: Page, town, new_context, live_server, axe, letter, tmp_path
):
    page.goto("/sign-up")
    axe(page)
    go_on(
        page,
        display_name="木兰",
        contact=ADDRESS,
        password=SECRET,
        again=SECRET,
        notice_read="y",
    )
    page.goto(letter(ADDRESS, "/confirm-address"))
    axe(page)
    go_on(page)
    expect(page.locator(".notice").first).to_contain_text("已确认")
    axe(page)

    leave(page, page.get_by_role("link", name="设置动态码"))
    axe(page)
    leave(page, page.locator('form[action$="/begin"] button[type=submit]'))
    axe(page)
    db.session.rollback()
    factor = db.session.get_one(SecondFactor, queries.get_user(ADDRESS).id)
    form = page.locator('form[action$="/confirm"]')
    fill_in(form, code=codes.code_now(factor))
    leave(page, form.locator("button[type=submit]"))
    papers = page.locator(".recovery-codes .number").all_inner_texts()
    axe(page)

    sign_out(page)
    sign_in_as(page, ADDRESS, SECRET)
    assert page.url.endswith("/sign-in/code")
    axe(page)
    # Each code counts once: the next one, as half a minute later or on a clock that runs ahead.
    go_on(page, code=codes.code_now(factor, ahead=timedelta(seconds=codes.STEP_SECONDS)))
    expect(page.locator(".tools details.menu summary").first).to_contain_text("木兰")

    desk = new_context(viewport=SCREENS["wide"], base_url=live_server.url).new_page()
    sign_in_as(desk, ADDRESS, SECRET)
    go_on(desk, code=papers[0])
    sign_out(desk)
    sign_in_as(desk, ADDRESS, SECRET)
    go_on(desk, code=papers[0])
    expect(desk.locator(".errors")).to_contain_text("只能使用一次")
    axe(desk)
    go_on(desk, code=papers[1])

    page.goto("/account/sessions")
    axe(page)
    others = page.locator('form[action*="/sessions/"] button')
    expect(others).to_have_count(1)
    leave(page, others)
    expect(others).to_have_count(0)
    desk.goto("/account")
    assert desk.url.endswith("/sign-in")

    page.goto("/privacy/own")
    axe(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="下载我的数据").click()
    saved.value.save_as(tmp_path / "own.zip")
    with zipfile.ZipFile(tmp_path / "own.zip") as archive:
        told = json.loads(archive.read("data.json"))
    assert "木兰" in json.dumps(told, ensure_ascii=False)

    page.goto("/account")
    sign_out(page)
    page.goto("/sign-in")
    leave(page, page.get_by_role("link", name="忘记密码"))
    axe(page)
    go_on(page, login=ADDRESS)
    axe(page)
    page.goto(letter(ADDRESS, "/password-reset"))
    axe(page)
    go_on(page, password=NEW, again=NEW)
    go_on(page, login=ADDRESS, password=NEW)
    assert page.url.endswith("/sign-in/code"), "a letter alone opens nothing"
    go_on(page, code=papers[2])
    page.goto("/account/codes")
    expect(page.locator("main")).to_contain_text("还有7个恢复码未使用")
    axe(page)


@pytest.mark.viewports("wide")
def test_two_administrators_invite_an_officer(page: Page, town, sign_in, axe, letter):
    sign_in(town.admin)
    page.goto("/roles/new")
    bureau = page.locator("[name=body_id] option", has_text=BUREAU).get_attribute("value")
    axe(page)
    go_on(
        page,
        person=ADDRESS,
        display_name="木兰",
        body_id=str(bureau),
        role=Role.AUDITOR.value,
        from_on=clock.today().isoformat(),
        reason="新任审计员",
    )
    asked = page.url
    expect(page.locator("main")).to_contain_text("须由另一名管理员确认")
    axe(page)

    sign_in(town.admin2)
    page.goto("/roles")
    axe(page)
    page.goto(asked)
    leave(page, page.locator('form[action$="/confirm"] button[type=submit]'))

    page.context.clear_cookies()
    page.goto(letter(ADDRESS, "/invitations"))
    axe(page)
    go_on(page, password=SECRET, again=SECRET, notice_read="y")
    go_on(page, login=ADDRESS, password=SECRET)
    expect(page.locator(".acting")).to_contain_text(BUREAU)
    expect(page.locator(".acting")).to_contain_text("审计人员")


@pytest.mark.viewports("wide")
def test_the_account_of_a_group_changes_hands(page: Page, town, sign_in, axe):
    group = db.session.get_one(Organization, groups.found_group("春熙路街道总府社区锦绣合唱队", 1))
    heir = person_called("applicant")
    with atomic():
        actions.grant_membership(heir, group, Role.HANDLER, by=SYSTEM)
    sign_in(town.choir)
    page.goto("/account/organization")
    axe(page)
    form = page.locator('form[action$="/offer"]')
    fill_in(form, to_id=str(heir.id))
    leave(page, form.locator("button[type=submit]"))
    expect(page.locator("main")).to_contain_text(heir.display_name)
    axe(page)

    sign_in(town.applicant)
    page.goto("/account/memberships")
    axe(page)
    leave(page, page.locator('form[action$="/accept"] button'))
    expect(page.locator(".membership", has_text=group.name)).to_contain_text("机构负责人")
    axe(page)

"""Inbox, notices, objections and the record of actions in a browser: usable and accessible."""

from datetime import date

import pytest

from core import audit, messages, notices
from core.accounts.roles import Role
from core.db import atomic, db
from core.i18n import _l
from core.messages import wording
from core.notices.models import PublicNotice
from tests.core.notices.office import announce, object_to, seat


@pytest.fixture
def officer(app):
    with atomic():
        return seat("officer", Role.AUDITOR)


@pytest.fixture
def examiner(app):
    with atomic():
        return seat("examiner", Role.EXAMINER)


@pytest.fixture
def notice(examiner):
    last_day = date(2036, 3, 6)
    return announce(examiner, objections_until=last_day, text="现将评估结果予以公示。")


def test_the_inbox_is_read_message_by_message(page, axe, sign_in, examiner):
    made = messages.MessageTemplate("test.browser", _l("%(title)s"), _l("%(title)s"))
    with atomic():
        for n in (1, 2):
            messages.send([examiner.user], made.key, {"title": f"第 {n} 件"}, link="/notices")
    del wording.templates["test.browser"]
    sign_in(examiner)
    page.goto("/messages")
    axe(page)
    page.locator("article").first.locator("button[name=follow]").click()
    assert page.url.endswith("/notices")
    page.goto("/messages?show=unread")
    assert page.locator("article").count() == 1
    page.goto("/messages/choices")
    axe(page)


def test_somebody_objects_and_the_office_answers(page, axe, sign_in, notice, examiner):
    page.goto("/notices")
    axe(page)
    page.get_by_role("link", name=notice.title).click()
    axe(page)
    page.locator("main a.btn-primary").click()
    axe(page)
    page.locator("textarea").fill("等级有误，依据见附件。")
    page.locator("main button[type=submit]").click()
    assert page.locator(".errors").is_visible()
    assert page.locator("textarea").input_value() == "等级有误，依据见附件。"
    axe(page)
    page.locator("input[name=name]").fill("王伟")
    page.locator("input[name=contact]").fill("wei@example.org")
    page.locator("main button[type=submit]").click()
    own = page.url
    assert "/notices/objections/" in own
    axe(page)
    sign_in(examiner)
    page.goto("/objections")
    axe(page)
    page.locator("main table a").click()
    assert page.get_by_text("王伟").count() == 0
    page.locator("input[name=reason]").fill("需要核实")
    page.locator("#reveal-form button[type=submit]").click()
    assert page.get_by_text("王伟").is_visible()
    axe(page)
    page.locator("input[value=no]").check()
    page.locator("textarea[name=answer]").fill("经核实，等级无误。")
    page.locator("main button[type=submit]").last.click()
    page.goto(own)
    assert page.get_by_text("经核实，等级无误。").is_visible()
    axe(page)


def test_a_withdrawn_notice_and_the_printed_page(page, axe, notice, examiner):
    object_to(notice)
    with atomic():
        again = db.session.get_one(PublicNotice, notice.id)
        notices.withdraw(again, reason="公示内容有误", by=examiner)
    page.goto(f"/notices/{notice.id}")
    axe(page)
    page.emulate_media(media="print")
    assert page.get_by_text("公示内容有误").is_visible()
    assert not page.locator("main button").first.is_visible()


def test_the_record_of_actions_is_read(page, axe, sign_in, officer):
    with atomic():
        audit.record("role:request", officer.user, by=officer, changes={"role": [None, "examiner"]})
    sign_in(officer)
    page.goto("/audit")
    axe(page)
    page.goto("/audit?person=nobody")
    axe(page)
    page.goto("/audit/days")
    axe(page)


def test_dead_letters_are_listed(page, axe, sign_in, app):
    with atomic():
        boss = seat("boss", Role.ADMINISTRATOR)
    sign_in(boss)
    page.goto("/messages/undelivered")
    axe(page)

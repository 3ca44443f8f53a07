"""The browser tests keep their own promises."""

import pytest
from playwright.sync_api import Page, expect

from core.accounts import User
from core.db import db
from tests.browser.conftest import SCREENS

SIGN_IN = "/sign-in"


@pytest.fixture
def person(app) -> User:
    person = User(login="p", display_name="罗敏", password_hash="-", session_stamp="s")
    db.session.add(person)
    db.session.commit()
    return person


def test_a_person_in_a_browser_is_signed_in_on_their_screen(page: Page, screen, sign_in, person):
    sign_in(person)
    page.goto("/account")
    assert page.viewport_size == SCREENS[screen]
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans-CN")
    expect(page.locator("body")).to_contain_text("罗敏")


@pytest.mark.viewports("wide")
def test_a_broken_script_fails_the_test(page: Page, complaints):
    page.goto(SIGN_IN)
    page.evaluate("console.error('broken')")
    assert "broken" in complaints.pop()


@pytest.mark.viewports("wide")
def test_inline_script_is_blocked_and_that_is_seen(page: Page, complaints):
    page.goto(SIGN_IN)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )
    assert "Content Security Policy" in complaints.pop()


@pytest.mark.viewports("wide")
def test_axe_sees_what_nobody_can_read(page: Page, axe):
    page.goto(SIGN_IN)
    page.evaluate("document.body.append(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)

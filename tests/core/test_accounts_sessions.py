"""The list of one's own sessions."""

import pytest

from core.accounts import SYSTEM, actions
from core.accounts.models import UserSession
from core.accounts.rules import device_of
from core.db import atomic, db
from tests.core.test_accounts_sign_in import audited, is_signed_in, sign_in, wang
from tests.pages import go

__all__ = ["wang"]

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)
WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 "
    "Mobile/15E148 MicroMessenger/8.0.40"
)


@pytest.mark.parametrize(
    ("agent", "device"),
    [(CHROME, "Chrome · Windows"), (WECHAT, "WeChat · iPhone"), ("curl/8", ""), ("", "")],
)
def test_a_device_has_the_name_people_know(agent, device):
    assert device_of(agent) == device


def test_shows_device_place_and_last_use(app, wang, frozen):
    visitor = app.test_client()
    visitor.environ_base["HTTP_USER_AGENT"] = CHROME
    visitor.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    frozen("2026-03-02 09:00")
    sign_in(visitor)
    visitor.environ_base["REMOTE_ADDR"] = "198.51.100.8"
    frozen("2026-03-02 09:20")
    page = go(visitor, "/account/sessions?lang=en")
    assert "Chrome · Windows" in page.text
    assert "198.51.100.8" in page.text
    assert "last used 2 March 2026, 09:20" in page.text
    assert "signed in 2 March 2026, 09:00" in page.text
    assert "this device" in page.text


def test_signs_another_one_out_and_only_that(app, client, wang):
    other, third = app.test_client(), app.test_client()
    for visitor in (other, third, client):
        sign_in(visitor)
    first = db.session.scalars(db.select(UserSession.id).order_by(UserSession.id)).first()
    go(client, "/account/sessions").submit(f"/sessions/{first}")
    assert not is_signed_in(other)
    assert is_signed_in(third)
    assert is_signed_in(client)
    assert "account:end_session" in audited()


def test_ones_own_ends_here(client, wang):
    sign_in(client)
    (visit,) = db.session.scalars(db.select(UserSession.id)).all()
    assert client.post(f"/account/sessions/{visit}").headers["Location"].endswith("/sign-in")
    assert not is_signed_in(client)


def test_somebody_elses_is_not_there(as_, client, wang):
    with atomic():
        other = actions.create_user(
            login="zhao", display_name="赵", password="a new sentence 7", by=SYSTEM
        )
    sign_in(client)
    visit = db.session.scalars(db.select(UserSession.id)).first()
    assert as_(other).post(f"/account/sessions/{visit}").status_code == 404
    assert is_signed_in(client)


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app, client, wang):
    sign_in(client)
    thief = app.test_client()
    with thief.session_transaction() as copied, client.session_transaction() as mine:
        copied.update(mine)
    assert is_signed_in(thief)
    client.post("/sign-out")
    assert not is_signed_in(thief)


def test_everywhere_and_a_new_password_close_the_list(app, client, wang):
    sign_in(client)
    sign_in(app.test_client())
    client.post("/account/sign-out-everywhere")
    open_ones = db.select(UserSession).where(UserSession.ended_at.is_(None))
    assert not db.session.scalars(open_ones).all()

"""Links by mail: a new password, the confirmation of an address; once, not for long, for nobody else."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from core.accounts import links, queries
from core.accounts.actor import PUBLIC
from core.accounts.links import LinkKind, MailedLink
from core.accounts.models import User
from core.db import atomic, db
from core.errors import WrongState
from core.messages.outbox import deliver_due
from tests.core.test_accounts_codes import turn_on
from tests.core.test_accounts_pages import sign_up
from tests.core.test_accounts_sign_in import PASSWORD, audited, is_signed_in, sign_in, wang
from tests.pages import go

__all__ = ["wang"]

NEW = "ginkgo leaves in october"
ADDRESS = "wang.fang@example.org"


def link_in(mail_server, address=ADDRESS):
    """Deliver what waits; return the path of the link in the last letter to `address`."""
    deliver_due()
    text = mail_server.to(address)[-1].get_body(("plain",)).get_content()
    found = re.search(r"https?://[^/\s]+(/(?:password-reset|confirm-address)/\S+)", text)
    assert found, text
    return found[1]


def ask(visitor, login="wangf"):
    return visitor.post("/password-reset?lang=en", data={"login": login})


def set_new(visitor, path, password=NEW):
    return visitor.post(f"{path}?lang=en", data={"password": password, "again": password})


class TestNewPassword:
    def test_from_the_letter_to_the_desk(self, client, wang, mail_server):
        page = go(client, "/sign-in?lang=en").link("Forgotten password").submit(login="wangf")
        assert "If there is an account" in page.text
        path = link_in(mail_server)
        page = go(client, path).submit(password=NEW, again=NEW)
        assert page.path == "/sign-in"
        assert sign_in(client).status_code == 422
        assert sign_in(client, password=NEW).status_code == 302
        assert audited()[-4:-2] == ["account:reset_sent", "account:change_password"]

    def test_is_not_kept_readable_and_is_erased_once_sent(self, client, wang, mail_server):
        ask(client)
        token = link_in(mail_server).rsplit("/", 1)[1]
        kept = db.session.execute(db.text("SELECT digest FROM mailed_link")).scalar_one()
        assert token not in kept
        rows = db.session.execute(db.text("SELECT link, text FROM message")).all()
        assert not any(token in column for row in rows for column in row)

    @pytest.mark.parametrize("login", ["nobodyf", "nobody@example.org", "13800000000"])
    def test_an_unknown_address_looks_the_same(self, client, wang, mail_server, login):
        known, unknown = ask(client), ask(client, login)
        assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
        deliver_due()
        assert len(mail_server.messages) == 1
        assert audited()[-1] == "account:reset_unknown"

    def test_a_closed_account_gets_none(self, client, wang, mail_server):
        with atomic():
            wang.closed = True
        assert ask(client).status_code == 302
        deliver_due()
        assert not mail_server.messages

    def test_works_once(self, client, wang, mail_server):
        ask(client)
        path = link_in(mail_server)
        assert set_new(client, path).status_code == 302
        answer = set_new(client, path, "another sentence 8")
        assert answer.status_code == 409
        assert "has been used" in answer.text
        assert client.get(path).status_code == 409
        assert audited()[-1] == "account:link_reused"
        assert sign_in(client, password=NEW).status_code == 302

    def test_expires(self, client, wang, mail_server, frozen):
        frozen("2026-03-02 09:00")
        ask(client)
        path = link_in(mail_server)
        frozen("2026-03-02 09:29:59")
        assert client.get(path).status_code == 200
        frozen("2026-03-02 09:30:00")
        answer = set_new(client, path)
        assert answer.status_code == 409
        assert "expired" in answer.text
        assert audited()[-1] == "account:link_expired"
        assert sign_in(client).status_code == 302

    def test_a_newer_one_ends_the_older(self, client, wang, mail_server):
        ask(client)
        first = link_in(mail_server)
        ask(client)
        assert client.get(first).status_code == 409
        assert client.get(link_in(mail_server)).status_code == 200

    def test_a_made_up_one_is_refused(self, client, wang):
        assert client.get("/password-reset/made-up").status_code == 404
        assert audited()[-1] == "account:link_unknown"

    def test_one_for_confirming_sets_no_password(self, client, app, mail_server):
        sign_up(client)
        token = link_in(mail_server, "liqiang@example.org").rsplit("/", 1)[1]
        assert client.get(f"/password-reset/{token}").status_code == 404

    def test_a_weak_password_leaves_it_good(self, client, wang, mail_server):
        ask(client)
        path = link_in(mail_server)
        answer = set_new(client, path, "password123")
        assert answer.status_code == 422
        assert 'id="password-error"' in answer.text
        assert set_new(client, path).status_code == 302

    def test_ends_every_session(self, client, as_, wang, mail_server):
        elsewhere = as_(wang)
        ask(client)
        set_new(client, link_in(mail_server))
        assert not is_signed_in(elsewhere)

    def test_codes_are_still_asked_for(self, client, wang, mail_server):
        turn_on(wang)
        ask(client)
        set_new(client, link_in(mail_server))
        answer = sign_in(client, password=NEW)
        assert answer.headers["Location"].endswith("/sign-in/code")

    def test_the_owner_hears_of_it(self, client, wang, mail_server):
        ask(client)
        set_new(client, link_in(mail_server))
        deliver_due()
        assert len(mail_server.to(ADDRESS)) == 2

    def test_asking_is_counted_by_account_and_address(self, client, wang, mail_server):
        for _n in range(5):
            assert ask(client).status_code == 302
        assert ask(client).status_code == 429
        assert ask(client, "somebody else").status_code == 429
        deliver_due()
        assert len(mail_server.messages) == 5

    def test_of_many_at_the_same_moment_one_is_used(self, app, wang):
        with atomic():
            token = links._issue(LinkKind.RESET, wang, timedelta(minutes=30))

        def use(n):
            with app.app_context():
                try:
                    with atomic():
                        links.reset_password(token, password=f"sentence number {n}", by=PUBLIC)
                except WrongState:
                    return False
                else:
                    return True
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(6) as crowd:
            assert sorted(crowd.map(use, range(6))) == [False] * 5 + [True]


class TestConfirmation:
    def test_after_signing_up(self, client, app, mail_server):
        sign_up(client)
        user = queries.get_user("liqiang@example.org")
        assert user.confirmed_at is None
        assert "confirm your address" in client.get("/account?lang=en").text
        path = link_in(mail_server, "liqiang@example.org")
        page = go(client, path)
        db.session.expire_all()
        assert user.confirmed_at is None, "a mail program that looks ahead confirms nothing"
        page = page.submit("")
        assert page.path == "/account"
        db.session.expire_all()
        assert user.confirmed_at is not None
        assert "confirm your address" not in page.text
        again = go(client, path)
        assert (again.status, again.path) == (200, "/account")
        assert "has done its work" in again.text

    def test_may_be_asked_for_again(self, client, app, mail_server):
        sign_up(client)
        first = link_in(mail_server, "liqiang@example.org")
        client.post("/account/confirmation")
        second = link_in(mail_server, "liqiang@example.org")
        assert client.get(first).status_code == 409
        assert client.post(second).status_code == 302

    def test_a_new_address_is_unproved_and_the_old_one_hears_of_it(self, as_, wang, mail_server):
        visitor = as_(wang)
        form = {"display_name": "王芳", "email": "fang@example.org", "phone": ""}
        visitor.post("/account", data=form)
        path = link_in(mail_server, "fang@example.org")
        assert len(mail_server.to(ADDRESS)) == 1
        assert db.session.get_one(User, wang.id).confirmed_at is None
        visitor.post(path)
        assert db.session.get_one(User, wang.id).confirmed_at is not None

    def test_the_link_to_an_address_given_up_confirms_nothing(self, as_, wang, mail_server):
        visitor = as_(wang)
        visitor.post("/account", data={"display_name": "王芳", "email": "a@example.org"})
        path = link_in(mail_server, "a@example.org")
        visitor.post("/account", data={"display_name": "王芳", "email": "b@example.org"})
        assert visitor.post(path).status_code == 409
        assert db.session.get_one(User, wang.id).confirmed_at is None

    def test_reading_the_letter_for_a_new_password_proves_the_address_too(
        self, client, app, mail_server
    ):
        sign_up(client)
        ask(app.test_client(), "liqiang@example.org")
        set_new(client, link_in(mail_server, "liqiang@example.org"))
        assert queries.get_user("liqiang@example.org").confirmed_at is not None

    def test_the_address_is_not_readable_in_the_database(self, client, app):
        sign_up(client)
        row = db.session.scalars(db.select(MailedLink)).one()
        kept = db.session.execute(db.text("SELECT address FROM mailed_link")).scalar_one()
        assert row.address == "liqiang@example.org"
        assert "liqiang" not in kept


def test_five_failures_tell_the_owner_once(client, wang, mail_server, frozen):
    frozen("2026-03-02 09:00")
    for _n in range(5):
        sign_in(client, password="wrong one")
    frozen("2026-03-02 09:01:01")
    sign_in(client, password="wrong one")
    deliver_due()
    assert len(mail_server.to(ADDRESS)) == 1
    assert PASSWORD not in mail_server.to(ADDRESS)[0].as_string()

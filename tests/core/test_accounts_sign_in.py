"""Signing in, and what attackers try there."""

import re
from datetime import date

import pytest

from core.accounts import SYSTEM, Actor, BodyKind, Role, actions, closing, passwords
from core.accounts.models import User
from core.audit.models import AuditEntry
from core.db import atomic, db

PASSWORD = "kettle under 7 bridges"
WRONG = "the password is not right"
#: Where an applicant arrives who wanted nowhere else.
DESK = "/cases/"
TOKEN = re.compile(r'name="csrf_token"[^>]*')


@pytest.fixture
def wang(app):
    with atomic():
        return actions.create_user(
            login="wangf",
            display_name="王芳",
            password=PASSWORD,
            email="wang.fang@example.org",
            by=SYSTEM,
        )


def sign_in(visitor, login="wangf", password=PASSWORD, **more):
    form = {"login": login, "password": password}
    return visitor.post("/sign-in?lang=en", data=form, **more)


def words_of(answer, login):
    """Return the page without what differs between any two answers."""
    return TOKEN.sub("", answer.text).replace(login, "…")


def audited():
    return list(db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id)))


def is_signed_in(visitor):
    return visitor.get("/account").status_code == 200


@pytest.mark.parametrize("login", ["wangf", " WangF ", "Wang.Fang@example.org"])
def test_by_name_or_e_mail(client, wang, login):
    answer = sign_in(client, login)
    assert answer.status_code == 302
    assert is_signed_in(client)
    assert audited()[-1] == "account:sign_in"
    assert db.session.get_one(User, wang.id).signed_in_at is not None


def test_by_mobile_number_which_is_nowhere_kept_in_clear(client, app):
    with atomic():
        user = actions.sign_up(
            display_name="李强", contact="138 0000 0000", password=PASSWORD, by=SYSTEM
        )
    row = db.session.execute(
        db.text("SELECT login, phone FROM user_account WHERE id = :id"), {"id": user.id}
    ).one()
    assert "13800000000" not in "".join(row)
    assert sign_in(client, "+86 13800000000").status_code == 302
    assert is_signed_in(client)


def test_unknown_name_and_wrong_password_look_the_same(client, wang, frozen):
    frozen("2026-03-02 09:00")

    def page(login):
        answer = sign_in(client, login, "not it at all")
        assert answer.status_code == 422
        return words_of(answer, login)

    assert WRONG in page("wangf")
    assert page("wangf") == page("nobodyf")
    assert audited()[-3:] == ["account:sign_in_failed"] * 3


def test_a_closed_account_looks_like_a_wrong_password(client, wang):
    with atomic():
        closing.ask(wang, current=PASSWORD, by=Actor(user=wang))
        closing.close(wang, by=SYSTEM)
    answer = sign_in(client)
    assert answer.status_code == 422
    assert WRONG in answer.text


def test_no_account_costs_a_hash_and_has_no_password(app):
    passwords.matches(None, "warm up")
    before = passwords._hash_of_nobody.cache_info().hits
    assert not passwords.matches(None, passwords.NOBODY)
    assert passwords._hash_of_nobody.cache_info().hits == before + 1


def test_a_megabyte_of_password_is_not_hashed(client, wang):
    assert sign_in(client, "wangf", "x" * 1_000_000).status_code == 422
    assert not passwords.matches(wang.password_hash, PASSWORD + "x" * 1000)


def test_empty_fields_are_told_beside_the_field(client):
    answer = client.post("/sign-in", data={"login": "", "password": ""})
    assert answer.status_code == 422
    assert answer.text.count("field--wrong") == 2


class TestWayBack:
    def test_leads_back_to_the_page_that_asked(self, client, wang):
        answer = client.get("/account?tab=2")
        assert answer.headers["Location"].endswith("/sign-in")
        assert sign_in(client).headers["Location"] == "/account?tab=2"

    @pytest.mark.parametrize(
        "target", ["//evil.example/", "/\\evil.example", "https://evil.example", "javascript:x"]
    )
    def test_never_leaves_the_site(self, client, wang, target):
        with client.session_transaction() as kept:
            kept["next"] = target
        assert sign_in(client).headers["Location"] == DESK

    @pytest.mark.parametrize("name", ["next", "url", "back", "redirect"])
    def test_an_address_in_the_link_is_not_followed(self, client, wang, name):
        form = {"login": "wangf", "password": PASSWORD, name: "//evil.example/"}
        answer = client.post(f"/sign-in?{name}=//evil.example/", data=form)
        assert answer.headers["Location"] == DESK

    def test_a_referrer_with_two_slashes_is_not_followed(self, client, wang):
        client.post("/account", headers={"Referer": "http://localhost//evil.example/"})
        assert sign_in(client).headers["Location"] == DESK

    def test_is_used_once(self, client, wang):
        client.get("/account?tab=2")
        sign_in(client)
        client.post("/sign-out")
        assert sign_in(client).headers["Location"] == DESK


class TestSession:
    def test_a_planted_session_gains_nothing(self, app, client, wang):
        """Session fixation: what a browser held before signing in is worth nothing after it."""
        client.get("/sign-in")
        with client.session_transaction() as planted:
            planted["csrf_token"] = "known to the attacker"
            planted["acting"] = 99
            planted["cart"] = "stuffed"
        attacker = app.test_client()
        with attacker.session_transaction() as copied, client.session_transaction() as planted:
            copied.update(planted)
        sign_in(client)
        with client.session_transaction() as now:
            assert now.get("csrf_token") != "known to the attacker"
            assert "cart" not in now
            assert "acting" not in now
        assert is_signed_in(client)
        assert not is_signed_in(attacker)

    def test_language_and_text_size_survive(self, client, wang):
        client.get("/sign-in?lang=en&large_text=1")
        sign_in(client)
        with client.session_transaction() as now:
            assert (now["lang"], now["large_text"]) == ("en", True)

    def test_signing_out_needs_a_post_and_ends_the_session(self, client, wang):
        sign_in(client)
        assert client.get("/sign-out").status_code == 405
        assert is_signed_in(client)
        client.post("/sign-out")
        assert not is_signed_in(client)
        with client.session_transaction() as now:
            assert "_user_id" not in now

    def test_sign_out_everywhere_reaches_the_other_device(self, app, client, wang):
        other = app.test_client()
        sign_in(client)
        sign_in(other)
        client.post("/account/sign-out-everywhere")
        assert not is_signed_in(other)
        assert not is_signed_in(client)
        assert "account:sign_out_everywhere" in audited()

    def test_a_new_password_ends_the_other_sessions_but_not_this_one(self, app, client, wang):
        other = app.test_client()
        sign_in(client)
        sign_in(other)
        new = "ginkgo leaves in october"
        form = {"current": PASSWORD, "password": new, "again": new}
        assert client.post("/account/password", data=form).status_code == 302
        assert is_signed_in(client)
        assert not is_signed_in(other)
        assert sign_in(other).status_code == 422
        assert sign_in(other, password=new).status_code == 302

    def test_a_forged_user_key_is_nobody(self, client, wang):
        for key in (f"{wang.id}", f"{wang.id}:", f"{wang.id}:0", "x:y", "", "-1:0", "9" * 40 + ":"):
            with client.session_transaction() as forged:
                forged["_user_id"] = key
            assert not is_signed_in(client), key


class TestIdleStaff:
    @pytest.fixture
    def officer(self, wang):
        with atomic():
            bureau = actions.create_body(kind=BodyKind.BUREAU, name="社会组织管理局", by=SYSTEM)
            actions.grant_membership(
                wang, bureau, Role.EXAMINER, from_on=date(2020, 1, 1), by=SYSTEM
            )
        return wang

    def test_are_signed_out_after_half_an_hour(self, client, officer, frozen):
        frozen("2026-03-02 09:00")
        sign_in(client)
        frozen("2026-03-02 09:29")
        assert is_signed_in(client)
        frozen("2026-03-02 09:58")
        assert is_signed_in(client)
        frozen("2026-03-02 10:29")
        assert not is_signed_in(client)

    def test_acting_for_themselves_does_not_help(self, client, officer, frozen):
        frozen("2026-03-02 09:00")
        sign_in(client)
        client.post("/acting", data={"body_id": "0"})
        frozen("2026-03-02 09:31")
        assert not is_signed_in(client)

    def test_come_back_to_the_page_they_were_on(self, client, officer, frozen):
        frozen("2026-03-02 09:00")
        sign_in(client)
        frozen("2026-03-02 10:00")
        client.get("/account?tab=3")
        assert sign_in(client).headers["Location"] == "/account?tab=3"

    def test_applicants_stay(self, client, wang, frozen):
        frozen("2026-03-02 09:00")
        sign_in(client)
        frozen("2026-03-02 17:00")
        assert is_signed_in(client)


class TestForgedPosts:
    @pytest.fixture
    def guarded(self, app):
        app.config["WTF_CSRF_ENABLED"] = True
        yield
        app.config["WTF_CSRF_ENABLED"] = False

    @pytest.mark.parametrize(
        "path",
        [
            "/sign-in",
            "/sign-up",
            "/sign-out",
            "/acting",
            "/account",
            "/account/password",
            "/account/sign-out-everywhere",
            "/language",
            "/large-text",
        ],
    )
    def test_without_the_token_nothing_happens(self, as_, wang, guarded, path):
        visitor = as_(wang)
        before = wang.session_stamp
        answer = visitor.post(path, data={"login": "wangf", "password": PASSWORD, "body_id": "0"})
        assert answer.status_code == 400
        assert db.session.get_one(User, wang.id).session_stamp == before
        assert is_signed_in(visitor)


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(client, wang):
    cookie = sign_in(client).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_pages_of_a_person_are_not_stored(client, wang):
    sign_in(client)
    assert client.get("/account").headers["Cache-Control"] == "no-store"

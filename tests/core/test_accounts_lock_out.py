"""How often one may try to sign in, counted for all web processes together."""

import http.client
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

from core.accounts import SYSTEM, actions, throttle
from core.accounts.jobs import forget_sign_in_attempts
from core.accounts.models import SignInThrottle
from core.accounts.policy import ACCOUNT_ATTEMPTS, ADDRESS_ATTEMPTS, limit
from core.accounts.sign_in import locked_until, refuse_reset, subject_of
from core.db import atomic, db
from tests.core.test_accounts_sign_in import PASSWORD, audited, sign_in, wang, words_of

__all__ = ["wang"]


class TestLockOut:
    def test_five_failures_lock_even_the_right_password(self, client, wang, frozen):
        frozen("2026-03-02 09:00")
        for _attempt in range(5):
            assert sign_in(client, password="wrong one").status_code == 422
        answer = sign_in(client)
        assert answer.status_code == 429
        assert "2 March 2026, 09:01" in answer.text
        assert audited()[-1] == "account:sign_in_locked"
        frozen("2026-03-02 09:01:01")
        assert sign_in(client).status_code == 302

    def test_the_wait_grows(self, client, wang, frozen):
        for at, status in [
            *[("2026-03-02 09:00:00", 422)] * 5,
            ("2026-03-02 09:00:59", 429),
            ("2026-03-02 09:01:00", 422),
            ("2026-03-02 09:02:59", 429),
            ("2026-03-02 09:03:00", 422),
            ("2026-03-02 09:06:59", 429),
        ]:
            frozen(at)
            assert sign_in(client, password="wrong one").status_code == status, at

    def test_an_account_that_is_not_there_is_locked_too(self, client, wang, frozen):
        frozen("2026-03-02 09:00")
        pages = []
        for login in ("wangf", "nobodyf"):
            for _attempt in range(5):
                sign_in(client, login, "wrong one")
            answer = sign_in(client, login, "wrong one")
            pages.append(words_of(answer, login))
            assert answer.status_code == 429
        assert pages[0] == pages[1]

    def test_one_count_however_an_account_is_written(self, app, client, frozen):
        """Spaces inside a number, the e-mail address: still the same account, so the same lock."""
        frozen("2026-03-02 09:00")
        with atomic():
            li = actions.sign_up(
                display_name="李强", contact="13800000000", password=PASSWORD, by=SYSTEM
            )
            actions.change_contact(
                li, display_name="李强", email="li@example.org", phone="13800000000", by=SYSTEM
            )
        ways = ["13800000000", "138 0000 0000", "1-3800000000", "+86 13800000000", "LI@example.org"]
        for n, way in enumerate(ways):
            elsewhere = {"REMOTE_ADDR": f"198.51.100.{n}"}
            assert sign_in(client, way, "wrong", environ_base=elsewhere).status_code == 422, way
        for way in (*ways, "13 800000000"):
            assert sign_in(client, way).status_code == 429, way
        assert locked_until(li) is not None
        asked = [
            refuse_reset(way, f"198.51.100.{n}") for n, way in enumerate([*ways, "13 800000000"])
        ]
        assert [until is not None for until in asked] == [False] * 5 + [True]

    def test_a_session_alone_cannot_guess_the_password(self, as_, client, wang, frozen):
        frozen("2026-03-02 09:00")
        visitor, new = as_(wang), "ginkgo leaves in october"
        for current in [*["wrong one"] * 5, PASSWORD]:
            form = {"current": current, "password": new, "again": new}
            assert visitor.post("/account/password", data=form).status_code == 422
        assert audited().count("account:password_wrong") == 5
        assert sign_in(client).status_code == 429
        frozen("2026-03-02 09:01:01")
        form = {"current": PASSWORD, "password": new, "again": new}
        assert visitor.post("/account/password", data=form).status_code == 302

    def test_success_forgets_the_failures_of_the_account(self, client, wang):
        for _attempt in range(4):
            sign_in(client, password="wrong one")
        sign_in(client)
        client.post("/sign-out")
        for _attempt in range(4):
            assert sign_in(client, password="wrong one").status_code == 422

    def test_a_day_forgets_them(self, client, wang, frozen):
        frozen("2026-03-02 09:00")
        for _attempt in range(4):
            sign_in(client, password="wrong one")
        frozen("2026-03-03 09:01")
        for _attempt in range(4):
            assert sign_in(client, password="wrong one").status_code == 422

    def test_one_address_trying_many_accounts_is_locked(self, client, wang):
        for n in range(30):
            assert sign_in(client, f"guess{n}", "wrong one").status_code == 422
        assert sign_in(client).status_code == 429
        elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
        assert sign_in(client, environ_base=elsewhere).status_code == 302

    def test_ones_own_account_does_not_wash_an_address_clean(self, client, wang):
        for n in range(29):
            sign_in(client, f"guess{n}", "wrong one")
        sign_in(client)
        client.post("/sign-out")
        assert sign_in(client, "guess30", "wrong one").status_code == 422
        assert sign_in(client).status_code == 429

    def test_what_was_typed_as_a_name_is_not_kept(self, client):
        sign_in(client, "oops-my-password", "x")
        kept = db.session.scalars(db.select(SignInThrottle.subject)).all()
        assert len(kept) == 2
        assert not any("oops" in subject for subject in kept)

    def test_a_success_leaves_a_lock_that_somebody_else_earned(self, app, frozen):
        frozen("2026-03-02 09:00")
        allowed = limit(ACCOUNT_ATTEMPTS)
        with atomic():
            tickets = [throttle.take("address:x", allowed) for _attempt in range(5)]
            assert tickets[4].lock is not None
            throttle.give_back(tickets[0])
            assert throttle.take("address:x", allowed).refused_until == tickets[4].lock

    def test_old_counts_are_swept(self, app, frozen):
        frozen("2026-03-02 09:00")
        with atomic():
            throttle.take("address:old", limit(ADDRESS_ATTEMPTS))
        frozen("2026-03-04 09:00")
        with atomic():
            throttle.take("address:new", limit(ADDRESS_ATTEMPTS))
        assert forget_sign_in_attempts() == "1 counts deleted"
        assert db.session.scalars(db.select(SignInThrottle.subject)).all() == ["address:new"]

    def test_two_processes_and_many_attempts_at_once_share_one_count(self, live_server, wang):
        """Forty guesses at the same moment: five are looked at, the others are refused."""

        def guess(n):
            return posted(live_server.url, {"login": "wangf", "password": f"guess number {n}"})

        with ThreadPoolExecutor(10) as crowd:
            answers = sorted(crowd.map(guess, range(40)))
        assert answers == [422] * 5 + [429] * 35
        db.session.rollback()
        assert audited().count("account:sign_in_failed") == 5
        assert db.session.get_one(SignInThrottle, subject_of("wangf")).failures == 5


def posted(url, fields):
    """Open the sign-in page in a browser of its own, send the form, return the status."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request("GET", "/sign-in")
        answer = connection.getresponse()
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.read().decode())
        assert found
        cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        body = urlencode({**fields, "csrf_token": found[1]})
        head = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        connection.request("POST", "/sign-in", body, head)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()

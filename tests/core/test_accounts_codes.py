"""One-time codes: setting up, the second step, what is used once, and what staff cannot avoid."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date, timedelta

import pytest

from core import policy
from core.accounts import SYSTEM, Actor, BodyKind, Role, actions, codes
from core.accounts.codes import RecoveryCode, SecondFactor
from core.accounts.models import User
from core.accounts.sign_in import unlock
from core.db import atomic, db
from core.errors import RuleBroken
from core.policy.models import PolicyValue
from tests.core.test_accounts_sign_in import audited, is_signed_in, sign_in, wang
from tests.pages import go

__all__ = ["wang"]


def turn_on(user):
    """Turn codes on for a person and return their recovery codes."""
    with atomic():
        factor = codes.begin(user, by=Actor(user=user))
        return codes.confirm(
            user, code=codes.code_now(factor, ahead=timedelta(seconds=-30)), by=Actor(user=user)
        )


def shown(user):
    """Return the code that the person's telephone shows now."""
    return codes.code_now(db.session.get_one(SecondFactor, user.id))


def enter(visitor, code):
    return visitor.post("/sign-in/code?lang=en", data={"code": code})


@pytest.fixture
def coded(wang, frozen):
    frozen("2026-03-02 09:00")
    wang.recovery = turn_on(wang)
    return wang


class TestSettingUp:
    def test_by_scanning_entering_and_keeping(self, as_, wang, frozen):
        frozen("2026-03-02 09:00")
        visitor = as_(wang)
        page = go(visitor, "/account/codes").submit("/begin")
        assert '<div class="square-code"><svg' in page.answer.text
        assert "otpauth" not in page.text
        secret = db.session.get_one(SecondFactor, wang.id).secret
        assert secret in page.text
        page = page.submit("/confirm", code=shown(wang))
        papers = re.findall(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}", page.text)
        assert len(papers) == len(set(papers)) == codes.RECOVERY_CODES
        assert is_signed_in(visitor)
        assert "account:codes_on" in audited()
        stored = db.session.scalars(db.select(RecoveryCode.digest)).all()
        assert not {text.replace("-", "") for text in papers} & set(stored)

    def test_recovery_codes_are_shown_once(self, as_, wang, frozen):
        frozen("2026-03-02 09:00")
        visitor = as_(wang)
        page = go(visitor, "/account/codes").submit("/begin")
        sent = {"code": shown(wang), "once": "form-1"}
        first = visitor.post("/account/codes/confirm", data=sent)
        assert "recovery-codes" in first.text
        again = visitor.post("/account/codes/confirm", data=sent)
        assert again.status_code == 200
        assert "recovery-codes" not in again.text
        assert page.status == 200

    def test_a_wrong_first_code_turns_nothing_on(self, as_, wang):
        visitor = as_(wang)
        page = go(visitor, "/account/codes").submit("/begin")
        page = page.submit("/confirm", code="000000x")
        assert page.status == 422
        assert codes.factor_of(wang) is None
        assert audited()[-1] == "account:code_wrong"

    def test_the_secret_is_not_readable_in_the_database(self, coded):
        kept = db.session.execute(db.text("SELECT secret FROM second_factor")).scalar_one()
        assert db.session.get_one(SecondFactor, coded.id).secret not in kept

    def test_turning_on_ends_the_other_sessions(self, as_, wang, frozen):
        frozen("2026-03-02 09:00")
        other, mine = as_(wang), as_(wang)
        page = go(mine, "/account/codes").submit("/begin")
        page.submit("/confirm", code=shown(wang))
        assert is_signed_in(mine)
        assert not is_signed_in(other)


class TestSecondStep:
    def test_the_password_alone_opens_nothing(self, client, coded):
        answer = sign_in(client)
        assert answer.headers["Location"].endswith("/sign-in/code")
        assert not is_signed_in(client)
        assert "account:sign_in" not in audited()
        assert enter(client, shown(coded)).status_code == 302
        assert is_signed_in(client)
        assert audited()[-1] == "account:sign_in"

    def test_without_the_password_there_is_no_second_step(self, client, coded):
        assert client.get("/sign-in/code").status_code == 302
        assert enter(client, shown(coded)).headers["Location"].endswith("/sign-in")
        assert not is_signed_in(client)

    @pytest.mark.parametrize("code", ["000000", "", "12345", "abc def", "９９９９９９"])
    def test_a_wrong_code_is_refused(self, client, coded, code):
        sign_in(client)
        assert enter(client, code).status_code == 422
        assert not is_signed_in(client)

    def test_one_code_works_once(self, app, client, coded):
        sign_in(client)
        code = shown(coded)
        enter(client, code)
        thief = app.test_client()
        sign_in(thief)
        answer = enter(thief, code)
        assert answer.status_code == 422
        assert "used already" in answer.text
        assert not is_signed_in(thief)
        assert audited()[-1] == "account:code_reused"

    @pytest.mark.parametrize(("seconds", "status"), [(-60, 422), (0, 302), (30, 302), (61, 422)])
    def test_clocks_may_differ_by_half_a_minute(self, client, coded, seconds, status):
        sign_in(client)
        factor = db.session.get_one(SecondFactor, coded.id)
        code = codes.code_now(factor, ahead=timedelta(seconds=seconds))
        assert enter(client, code).status_code == status

    def test_full_width_digits_and_a_gap_are_the_same_code(self, client, coded):
        sign_in(client)
        code = shown(coded)
        wide = f"{code[:3]} {code[3:]}".translate({ord("0") + n: ord("０") + n for n in range(10)})
        assert enter(client, wide).status_code == 302

    def test_five_wrong_codes_lock_the_step_and_the_wait_grows(self, client, coded, frozen):
        sign_in(client)
        for at, code, status in [
            *[("2026-03-02 09:00:00", "000000", 422)] * 5,
            ("2026-03-02 09:00:59", None, 429),
            ("2026-03-02 09:01:01", "000000", 422),
            ("2026-03-02 09:02:59", None, 429),
        ]:
            frozen(at)
            assert enter(client, code or shown(coded)).status_code == status, at
        assert audited()[-1] == "account:code_locked"

    def test_the_password_is_forgotten_after_ten_minutes(self, client, coded, frozen):
        sign_in(client)
        frozen("2026-03-02 09:10:01")
        assert enter(client, shown(coded)).headers["Location"].endswith("/sign-in")

    def test_a_new_password_ends_the_half_way(self, client, coded):
        sign_in(client)
        with atomic():
            actions.set_password(coded, password="a new sentence 7", by=SYSTEM)
        assert enter(client, shown(coded)).headers["Location"].endswith("/sign-in")

    def test_of_many_at_the_same_moment_one_gets_in(self, app, coded):
        """The same code in eight hands at once: the database lets one use it up."""
        code, number = shown(coded), coded.id
        db.session.rollback()

        def use(_n):
            with app.app_context():
                try:
                    with atomic():
                        user = db.session.get_one(User, number)
                        codes.accept(user, code, by=Actor(user=user))
                except RuleBroken:
                    return False
                else:
                    return True
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(8) as crowd:
            clocks = [copy_context() for _n in range(8)]  # each with this test's time
            done = crowd.map(lambda here: here.run(use, 0), clocks)
            assert sorted(done) == [False] * 7 + [True]


class TestRecoveryCodes:
    def test_each_works_once(self, app, client, coded):
        sign_in(client)
        paper = coded.recovery[3]
        assert enter(client, paper.lower().replace("-", " ")).status_code == 302
        assert is_signed_in(client)
        thief = app.test_client()
        sign_in(thief)
        answer = enter(thief, paper)
        assert answer.status_code == 422
        assert "each works once" in answer.text
        assert audited()[-1] == "account:recovery_code_reused"
        assert codes.count_recovery_codes(coded) == codes.RECOVERY_CODES - 1

    def test_one_of_somebody_else_is_worth_nothing(self, client, coded):
        with atomic():
            other = actions.create_user(
                login="zhao", display_name="赵", password="a new sentence 7", by=SYSTEM
            )
        theirs = turn_on(other)[0]
        sign_in(client)
        assert enter(client, theirs).status_code == 422
        assert audited()[-1] == "account:code_wrong"

    def test_new_ones_replace_the_old_and_ask_for_a_code(self, as_, coded, frozen):
        visitor = as_(coded)
        page = go(visitor, "/account/codes").submit("/recovery", code="000000")
        assert page.status == 422
        page = page.submit("/recovery", code=shown(coded))
        assert coded.recovery[0] not in page.text
        with pytest.raises(RuleBroken), atomic():
            codes.accept(coded, coded.recovery[0], by=Actor(user=coded))

    def test_turning_off_asks_for_a_code(self, as_, coded):
        visitor = as_(coded)
        assert go(visitor, "/account/codes").submit("/off", code="000000").status == 422
        assert codes.factor_of(coded) is not None
        go(visitor, "/account/codes").submit("/off", code=coded.recovery[0])
        assert codes.factor_of(coded) is None
        assert audited()[-1] == "account:codes_off"

    @pytest.mark.parametrize("button", ["off", "recovery"])
    def test_a_session_alone_cannot_guess_the_code(self, as_, client, coded, frozen, button):
        visitor = as_(coded)
        for _guess in range(5):
            assert go(visitor, "/account/codes").submit(f"/{button}", code="000000").status == 422
        page = go(visitor, "/account/codes").submit(f"/{button}", code=coded.recovery[0])
        assert codes.factor_of(coded) is not None
        assert codes.count_recovery_codes(coded) == codes.RECOVERY_CODES
        assert "次数过多" in page.text
        sign_in(client)
        assert enter(client, shown(coded)).status_code == 429
        with atomic():
            assert unlock("wangf")
        assert enter(client, shown(coded)).status_code == 302

    def test_the_office_takes_a_lost_telephone_away(self, app, coded):
        done = app.test_cli_runner().invoke(args=["accounts", "codes-off", "wangf"])
        assert done.exit_code == 0, done.output
        assert codes.factor_of(coded) is None


class TestStaff:
    @pytest.fixture
    def officer(self, wang):
        with atomic():
            bureau = actions.create_body(kind=BodyKind.BUREAU, name="社会组织管理局", by=SYSTEM)
            since = date(2020, 1, 1)
            actions.grant_membership(wang, bureau, Role.EXAMINER, from_on=since, by=SYSTEM)
        return wang

    @pytest.fixture
    def strict(self, app, officer):
        """The district asks staff for codes here too."""
        with atomic():
            other = actions.create_user(
                login="boss", display_name="杨帆", password="a new sentence 7", by=SYSTEM
            )
            db.session.add(
                PolicyValue(
                    key="accounts.staff_codes", value="always", effective_from=date(2020, 1, 1),
                    source="等保", reason="等保", proposed_by_id=officer.id,
                    confirmed_by_id=other.id, confirmed_at=officer.created_at,
                )
            )  # fmt: skip
        assert policy.value(policy.declaration("accounts.staff_codes")) == "always"
        return officer

    def test_are_led_to_set_them_up_and_back(self, client, strict, frozen):
        frozen("2026-03-02 09:00")
        sign_in(client)
        answer = client.get("/worklist")
        assert answer.headers["Location"].endswith("/account/codes")
        page = go(client, "/account/codes?lang=en")
        assert "Staff sign in with one-time codes" in page.text
        page = page.submit("/begin").submit("/confirm", code=shown(strict))
        assert page.link("I have kept them").path == "/worklist"

    def test_acting_for_themselves_does_not_help(self, client, strict):
        sign_in(client)
        client.post("/acting", data={"body_id": "0"})
        assert client.get("/cases/").headers["Location"].endswith("/account/codes")

    def test_cannot_turn_them_off(self, client, strict, frozen):
        frozen("2026-03-02 09:00")
        turn_on(strict)
        sign_in(client)
        enter(client, shown(strict))
        frozen("2026-03-02 09:01")
        answer = client.post("/account/codes/off", data={"code": shown(strict)})
        assert answer.status_code == 403
        assert codes.factor_of(strict) is not None

    def test_a_session_from_before_has_to_show_one(self, as_, strict):
        visitor = as_(strict)
        turn_on(strict)
        assert visitor.get("/worklist").headers["Location"].endswith("/sign-in")
        assert not is_signed_in(visitor)

    def test_applicants_are_not_asked(self, as_, strict, app):
        with atomic():
            other = actions.create_user(
                login="zhao", display_name="赵", password="a new sentence 7", by=SYSTEM
            )
        assert as_(other).get("/cases/").status_code == 200

    def test_on_a_trial_they_are_free_to(self, as_, officer):
        assert as_(officer).get("/worklist").status_code == 200

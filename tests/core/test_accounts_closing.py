"""An account is closed because its person asks: what is in the way, who does it, what is erased."""

import threading
from datetime import timedelta

import pytest

from core import clock
from core.accounts import SYSTEM, Role, actions, closing, stops
from core.accounts.actor import acting_for
from core.accounts.jobs import close_accounts
from core.accounts.models import Membership, User
from core.db import atomic, db
from core.errors import DomainError, NotAllowed, RuleBroken, WrongState
from core.messages.models import Message
from core.privacy import retention
from tests.core.test_accounts_grants import admins, bureau, chen, choir, joined
from tests.core.test_accounts_sign_in import PASSWORD, audited, sign_in
from tests.journeys.test_filing import applied
from tests.pages import go

__all__ = ["admins", "bureau", "chen", "choir"]


def ask(user):
    with atomic():
        return closing.ask(user, current=PASSWORD, by=acting_for(user, 0))


def now(user):
    db.session.expire_all()
    return db.session.get_one(User, user.id)


def test_asked_for_with_the_password_taken_back_and_done_by_the_office(
    as_, client, admins, chen, mail_server
):
    mine, office = as_(chen), as_(admins[0])
    page = go(mine, "/account?lang=en")
    assert page.submit("/account/closing", current="wrong one").status == 422
    page.submit("/account/closing", current=PASSWORD)
    assert "陈静" in go(office, "/people?lang=en&state=closing").text
    assert "陈静" in "".join(db.session.scalars(db.select(Message.subject)))
    go(mine, "/account?lang=en").submit("/closing/back")
    assert now(chen).closing_asked_at is None
    assert "陈静" not in go(office, "/people?lang=en&state=closing").text

    with pytest.raises(WrongState), atomic():
        closing.close(now(chen), by=admins[0])
    ask(now(chen))
    with pytest.raises(NotAllowed), atomic():
        closing.close(now(chen), by=acting_for(now(chen), 0))
    page = go(office, f"/people/{chen.id}?lang=en").submit(f"/people/{chen.id}/close")
    assert "is closed" in page.text
    assert now(chen).closed
    assert audited()[-1] == "account:close"
    assert sign_in(client, "chen").status_code == 422
    assert mine.get("/account").status_code == 302


def test_the_time_closes_it_where_nothing_is_open(app, choir, chen, frozen):
    frozen("2036-03-02 09:00")
    joined(choir, chen, Role.OWNER)
    for user in (chen, choir.user):
        ask(user)
    frozen("2036-03-16 08:59")
    assert close_accounts() == "0 accounts closed"
    frozen("2036-03-16 09:01")
    assert close_accounts() == "1 accounts closed"
    assert [now(user).closed for user in (choir.user, chen)] == [True, False]
    assert "account:close_refused" in audited()


def test_what_is_open_is_named_and_forbids_it(town, as_):
    mine = as_(town.choir)
    number = next(word for word in applied(mine).text.split() if word.startswith("BA-"))
    page = mine.get("/account?lang=en").text
    assert f"case {number} is still open" in page
    answer = mine.post("/account/closing?lang=en", data={"current": "open-district-2026"})
    assert answer.status_code == 422
    assert number in answer.text
    with pytest.raises(RuleBroken, match="岗位尚未结束"), atomic():
        closing.ask(town.intake.user, current="open-district-2026", by=town.intake)


def test_the_last_owner_hands_over_first(choir):
    with pytest.raises(RuleBroken, match="锦绣合唱队"):
        ask(choir.user)
    assert audited()[-1] != "account:closing_asked"


def test_addresses_of_sign_in_are_erased_and_stopped_accounts_are_not(admins, chen, frozen):
    frozen("2036-03-02 09:00")
    with atomic():
        li = actions.sign_up(
            display_name="李四光", contact="lisi@example.com", password=PASSWORD, by=SYSTEM
        )
        zhao = actions.sign_up(
            display_name="赵六", contact="13800000006", password=PASSWORD, by=SYSTEM
        )
        stops.stop(chen, reason="账号疑被盗用", by=admins[0])
    for user in (li, zhao):
        ask(user)
        with atomic():
            closing.close(user, by=SYSTEM)
    frozen(clock.now() + timedelta(days=366))
    assert retention.sweep()["closed_accounts"] == 2
    assert retention.sweep()["closed_accounts"] == 0
    for user, name in ((li, "李四光"), (zhao, "赵六")):
        kept = now(user)
        assert (kept.email, kept.phone, kept.display_name) == (None, None, name)
        assert kept.login.startswith("erased:")
    assert now(chen).email == "chen@example.org"
    with atomic():  # the address is free again
        actions.sign_up(
            display_name="李四", contact="lisi@example.com", password=PASSWORD, by=SYSTEM
        )


def test_of_two_last_owners_one_remains(app, choir, chen):
    """Each removes the other, or leaves, at the same moment."""
    joined(choir, chen, Role.OWNER)
    owners = db.session.scalars(
        db.select(Membership).where(Membership.body_id == choir.body_id).order_by(Membership.id)
    ).all()
    ids, body_id = [(it.id, it.user_id) for it in owners], choir.body_id
    gate, said = threading.Barrier(2), []

    def leave(membership_id, user_id):
        with app.app_context():
            gate.wait()
            try:
                with atomic():
                    actor = acting_for(db.session.get_one(User, user_id), body_id)
                    actions.leave(db.session.get_one(Membership, membership_id), by=actor)
                said.append("left")
            except DomainError:
                said.append("refused")
            finally:
                db.session.remove()

    crowd = [threading.Thread(target=leave, args=it) for it in ids]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    assert sorted(said) == ["left", "refused"]

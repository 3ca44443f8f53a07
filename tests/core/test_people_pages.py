"""A person's page: who they are where, what they hold; stopping an account and letting it in."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError, NoResultFound

from core import clock
from core.accounts import SYSTEM, Role, actions, stops
from core.accounts.actor import acting_for
from core.accounts.models import Membership, User
from core.accounts.policy import ACCOUNT_ATTEMPTS, limit
from core.accounts.sign_in import subject_of
from core.accounts.stops import AccountStop
from core.accounts.throttle import take
from core.audit.models import AuditEntry
from core.bodies import actions as bodies
from core.db import atomic, db
from core.errors import NotAllowed, RuleBroken, WrongState
from tests.core.test_accounts_grants import admins, bureau, chen, person
from tests.core.test_accounts_sign_in import sign_in
from tests.pages import go
from tests.statements import statements

__all__ = ["admins", "bureau", "chen"]
WHY = {"reason": "账号疑被盗用"}


def stop(user, by, **words):
    with atomic():
        return stops.stop(user, **{**WHY, **words}, by=by)


def now(user):
    db.session.expire_all()
    return db.session.get_one(User, user.id)


def noted(action):
    query = db.select(AuditEntry.note).where(AuditEntry.action == action)
    return list(db.session.scalars(query))


def test_a_person_is_found_by_name_sign_in_name_body_and_state(as_, admins, bureau, chen):
    with atomic():
        actions.grant_membership(chen, bureau, Role.EXAMINER, by=SYSTEM)
    wu = as_(admins[0])
    for asked in ("q=陈静", "q=chen", "body=社会组织", "state=open", "role=examiner"):
        assert "陈静" in wu.get(f"/people?{asked}").text, asked
    for asked in ("q=nobody", "body=财政局", "state=stopped", "role=custodian"):
        assert "陈静" not in wu.get(f"/people?{asked}").text, asked
    page = go(wu, "/people?lang=en&q=chen").link("陈静")
    assert "c***@example.org" in page.text
    assert "chen@example.org" not in page.text
    assert bureau.name in page.text


def test_the_page_says_until_when_an_account_is_locked(as_, admins, chen):
    with atomic():
        for _attempt in range(limit(ACCOUNT_ATTEMPTS).free):
            take(subject_of("chen"), limit(ACCOUNT_ATTEMPTS))
    page = go(as_(admins[0]), f"/people/{chen.id}?lang=en")
    assert "locked until" in page.text


def test_an_account_is_stopped_at_once_and_let_in_by_two(as_, client, admins, bureau, chen):
    with atomic():
        actions.grant_membership(chen, bureau, Role.EXAMINER, by=SYSTEM)
    sign_in(client, "chen")
    assert client.get("/account").status_code == 200
    wu, feng = as_(admins[0]), as_(admins[1])
    here = f"/people/{chen.id}?lang=en"

    page = go(wu, here).submit("/stop", reason="")
    assert "Please give the reason." in page.text
    page.submit("/stop", **WHY)
    assert client.get("/account").status_code == 302
    sign_in(client, "chen")
    assert client.get("/account").status_code == 302
    assert noted("account:stop") == [WHY["reason"]]

    page = go(wu, here).submit("/ask-in", reason="已更换密码")
    assert "A second person has to confirm" in page.text
    refused = wu.post(f"/people/{chen.id}/let-in", data={})
    assert refused.status_code == 422
    assert now(chen).closed
    assert "陈静" in feng.get("/people?state=asked").text
    go(feng, here).submit("/let-in")
    assert not now(chen).closed
    sign_in(client, "chen")
    assert client.get("/account").status_code == 200
    assert WHY["reason"] in feng.get(here).text  # what was stays to be read


def test_what_was_asked_can_be_refused_and_asked_again(as_, admins, chen):
    stop(chen, admins[0])
    for _time in range(2):
        go(as_(admins[0]), f"/people/{chen.id}?lang=en").submit("/ask-in", reason="误报")
        page = go(as_(admins[1]), f"/people/{chen.id}?lang=en")
        page.submit("/keep-out", reason="尚未查清")
    assert now(chen).closed
    assert noted("account:keep_out") == ["尚未查清"] * 2


def test_nobody_stops_themselves_nor_the_last_administrator(admins, bureau, chen):
    with atomic():
        head = person("head", "杨帆")
        actions.grant_membership(head, bureau, Role.BUREAU_HEAD, by=SYSTEM)
    head_acting = actions_of(head, bureau)
    with pytest.raises(NotAllowed):
        stop(admins[0].user, admins[0])
    for admin in admins[1:]:
        stop(admin.user, admins[0])
    with pytest.raises(RuleBroken):
        stop(now(admins[0].user), head_acting)
    with pytest.raises(NotAllowed):
        stop(now(chen), actions_of(chen, None))
    with pytest.raises(WrongState):
        stop(now(admins[1].user), head_acting)
    # Of two administrators one is stopped: the bureau's head is the second person.
    stopped = stops.open_stop(now(admins[1].user))
    assert stopped is not None
    with atomic():
        asked = stops.ask_in(stopped, **WHY, by=admins[0])
    with atomic():
        stops.let_in(asked, by=head_acting)
    assert not now(admins[1].user).closed


def actions_of(user, body):
    return acting_for(user, body.id if body else None)


def test_the_database_lets_nobody_in_by_one_person(admins, chen):
    stop(chen, admins[0])
    one = admins[0].user_id
    changes = {"asked_by_id": one, "asked_at": clock.now(), "let_in_by_id": one}
    with pytest.raises(IntegrityError), atomic():
        db.session.execute(db.update(AccountStop).values(**changes, let_in_at=clock.now()))


def test_sessions_of_somebody_else_end(as_, client, admins, chen):
    sign_in(client, "chen")
    page = go(as_(admins[0]), f"/people/{chen.id}?lang=en").submit("/end-sessions")
    assert "is signed out everywhere" in page.text
    assert client.get("/account").status_code == 302
    assert not now(chen).closed


def test_a_post_ends_from_the_page_of_the_person(as_, admins, bureau, chen):
    with atomic():
        actions.grant_membership(chen, bureau, Role.EXAMINER, by=SYSTEM)
    page = go(as_(admins[0]), f"/people/{chen.id}?lang=en").link("End this post")
    page = page.submit("?person=1", last_day=clock.today().isoformat())
    assert page.path.startswith(f"/people/{chen.id}")
    held = db.session.scalars(db.select(Membership).where(Membership.user_id == chen.id)).one()
    assert held.to_on == clock.today()


def test_a_role_is_begun_from_the_page_of_the_person(as_, admins, chen):
    page = go(as_(admins[0]), f"/people/{chen.id}?lang=en").link("Give a role")
    assert 'value="chen"' in page.answer.text


def test_readers_change_nothing(as_, town):
    reader = as_(town.auditor)
    other = town.examiner.user_id
    page = reader.get(f"/people/{other}?lang=en")
    assert page.status_code == 200
    assert "/stop" not in page.text
    assert reader.post(f"/people/{other}/stop", data=WHY).status_code == 403
    assert as_(town.examiner).get(f"/people/{other}").status_code in (403, 404)


@pytest.mark.engines("sqlite", "postgresql")
def test_administrators_who_stop_each_other_at_once_leave_one(app, admins, bureau):
    office, ids = bureau.id, [it.user_id for it in admins]
    db.session.rollback()

    def stop_the_next(place):
        with app.app_context():
            try:
                with atomic():
                    by = acting_for(db.session.get_one(User, ids[place]), office)
                    other = db.session.get_one(User, ids[(place + 1) % len(ids)])
                    stops.stop(other, **WHY, by=by)
            except (RuleBroken, WrongState):
                return False
            else:
                return True
            finally:
                db.session.remove()

    with ThreadPoolExecutor(3) as crowd:
        assert list(crowd.map(stop_the_next, range(3))).count(False) >= 1
    db.session.expire_all()
    assert len(stops.administrators_left()) >= 1


@pytest.mark.engines("sqlite", "postgresql")
def test_administrators_who_end_each_others_post_at_once_leave_one(app, admins, bureau):
    office, ids = bureau.id, [it.user_id for it in admins]
    db.session.rollback()
    gate = threading.Barrier(len(ids))

    def end_the_next(place):
        with app.app_context():
            gate.wait()
            try:
                with atomic():
                    by = acting_for(db.session.get_one(User, ids[place]), office)
                    other = ids[(place + 1) % len(ids)]
                    post = db.session.scalars(
                        db.select(Membership).where(Membership.user_id == other)
                    ).one()
                    bodies.end_membership(post, last_day=clock.today() - timedelta(days=1), by=by)
            except (RuleBroken, WrongState, NotAllowed, NoResultFound):
                return
            finally:
                db.session.remove()

    with ThreadPoolExecutor(3) as crowd:
        list(crowd.map(end_the_next, range(3)))
    db.session.expire_all()
    assert len(stops.administrators_left()) >= 1


@pytest.mark.engines("sqlite")
def test_a_download_costs_the_same_for_one_person_and_for_many(as_, admins):
    costs, wu = [], as_(admins[0])
    for _round in range(2):
        with statements() as asked:
            lines = wu.get("/people.csv").text.splitlines()
        costs.append(len(asked))
        with atomic():
            for name in ("甲一", "乙二", "丙三", "丁四"):
                person(f"more{len(lines)}{name}", name)
    assert costs[0] == costs[1]

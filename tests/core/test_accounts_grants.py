"""Roles are given by two administrators; invitations, and the hand-over of an organization."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from core import clock
from core.accounts import SYSTEM, Actor, Body, BodyKind, Membership, Role, actions, queries
from core.accounts import grants as asking
from core.accounts.actor import acting_for
from core.accounts.grants import RoleRequest
from core.accounts.handover import OwnershipOffer
from core.accounts.invitations import Invitation
from core.accounts.models import User
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.errors import NotAllowed, WrongState
from core.messages.outbox import deliver_due
from registry.organizations.kinds import Track
from registry.organizations.models import Organization
from tests.core.test_accounts_sign_in import PASSWORD, audited, sign_in
from tests.pages import go

NEW = "ginkgo leaves in october"


def person(login, name):
    return actions.create_user(
        login=login, display_name=name, password=PASSWORD, email=f"{login}@example.org", by=SYSTEM
    )


@pytest.fixture
def bureau(app):
    with atomic():
        return actions.create_body(kind=BodyKind.BUREAU, name="社会组织管理局", by=SYSTEM)


@pytest.fixture
def admins(bureau):
    """Return three administrators as they act."""
    with atomic():
        found = [person(f"admin{n}", name) for n, name in enumerate(("吴刚", "冯雪", "韩冰"))]
        for user in found:
            actions.grant_membership(user, bureau, Role.ADMINISTRATOR, by=SYSTEM)
    return [acting_for(user, bureau.id) for user in found]


@pytest.fixture
def chen(app):
    with atomic():
        return person("chen", "陈静")


def fill(visitor, bureau, **changes):
    entered = {
        "person": "chen", "body_id": str(bureau.id), "role": "examiner",
        "from_on": clock.today().isoformat(), "reason": "新任审查员", **changes,
    }  # fmt: skip
    return go(visitor, "/roles/new?lang=en").submit(**entered)


def roles_of(login):
    return {m.role for m in queries.list_memberships(queries.get_user(login))}


def note_of(action):
    query = db.select(AuditEntry.note).where(AuditEntry.action == action)
    return db.session.scalars(query.order_by(AuditEntry.id.desc())).first()


class TestTwoAdministrators:
    def test_one_asks_another_confirms(self, as_, admins, bureau, chen):
        page = fill(as_(admins[0]), bureau)
        assert "A second administrator has to confirm" in page.text
        assert roles_of("chen") == set()
        other = as_(admins[1])
        assert "陈静" in go(other, "/roles").text
        go(other, page.path).submit("/confirm")
        assert roles_of("chen") == {Role.EXAMINER}
        assert audited()[-3:] == ["role:request", "role:confirm", "membership:grant"]

    def test_nobody_asks_for_themselves(self, as_, admins, bureau):
        page = fill(as_(admins[0]), bureau, person="admin0")
        assert page.status == 422
        assert "Nobody can give a role to themselves." in page.text
        assert audited()[-1] == "role:refused"
        assert note_of("role:refused")
        assert roles_of("admin0") == {Role.ADMINISTRATOR}

    def test_nobody_confirms_what_they_asked_for(self, as_, admins, bureau, chen):
        mine = as_(admins[0])
        page = fill(mine, bureau)
        answer = mine.post(f"{page.path}/confirm?lang=en")
        assert answer.status_code == 422
        assert "second administrator" in answer.text
        assert audited()[-1] == "role:refused"
        assert roles_of("chen") == set()

    def test_nobody_confirms_a_role_of_their_own(self, as_, admins, bureau):
        page = fill(as_(admins[0]), bureau, person="admin1", role="approver")
        answer = as_(admins[1]).post(f"{page.path}/confirm")
        assert answer.status_code == 403
        assert audited()[-1] == "role:refused"
        as_(admins[2]).post(f"{page.path}/confirm")
        assert roles_of("admin1") == {Role.ADMINISTRATOR, Role.APPROVER}

    def test_a_refusal_keeps_its_reason(self, as_, admins, bureau, chen):
        page = fill(as_(admins[0]), bureau)
        go(as_(admins[1]), page.path).submit("/refuse", answer="尚未报到")
        decided = go(as_(admins[0]), "/roles?show=decided").link("陈静")
        assert "尚未报到" in decided.text
        assert as_(admins[1]).post(f"{page.path}/confirm").status_code == 409
        assert roles_of("chen") == set()

    def test_the_same_role_is_asked_for_once(self, as_, admins, bureau, chen):
        fill(as_(admins[0]), bureau)
        assert fill(as_(admins[1]), bureau).status == 422

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("person", "nobody"),
            ("role", "owner"),
            ("from_on", "2020-01-01"),
            ("to_on", "2020-01-01"),
        ],
    )
    def test_mistakes_are_told_beside_the_field(self, as_, admins, bureau, chen, field, value):
        page = fill(as_(admins[0]), bureau, **{field: value})
        assert page.status == 422
        assert f'id="{field}-error"' in page.answer.text

    def test_a_role_held_already_is_not_asked_for(self, as_, admins, bureau):
        page = fill(as_(admins[0]), bureau, person="admin1", role="administrator")
        assert "holds this role already" in page.text

    def test_only_administrators_see_any_of_it(self, as_, admins, bureau, chen):
        page = fill(as_(admins[0]), bureau)
        assert as_(chen).get("/roles").status_code == 403
        assert as_(chen).get(page.path).status_code == 403

    def test_no_action_makes_staff_on_one_word(self, admins, bureau, chen):
        with pytest.raises(NotAllowed), atomic():
            actions.grant_membership(chen, bureau, Role.EXAMINER, by=admins[0])

    def test_the_list_is_exported(self, as_, admins, bureau, chen):
        fill(as_(admins[0]), bureau)
        assert "陈静" in as_(admins[1]).get("/roles/export.csv").text

    @pytest.mark.parametrize(
        "wrong",
        [
            {"user": 0},
            {"user": 1, "decided": 1, "granted": True},
            {"user": 2, "decided": 0, "granted": True},
            {"user": 2, "granted": True},
        ],
    )
    def test_the_database_asks_for_two_people_too(self, admins, bureau, wrong):
        numbers = [admin.user_id for admin in admins]
        decided = wrong.get("decided")
        with pytest.raises(IntegrityError), atomic():
            db.session.add(
                RoleRequest(
                    user_id=numbers[wrong["user"]], display_name="x", body_id=bureau.id,
                    role=Role.APPROVER, from_on=clock.today(), reason="x",
                    requested_by_id=numbers[0],
                    decided_by_id=None if decided is None else numbers[decided],
                    decided_at=None if decided is None else clock.now(),
                    granted=wrong.get("granted"),
                )
            )  # fmt: skip

    @pytest.mark.engines("sqlite", "postgresql")
    def test_two_who_decide_at_once_decide_once(self, app, as_, admins, bureau, chen):
        page = fill(as_(admins[0]), bureau)
        number, deciders = int(page.path.rsplit("/", 1)[1]), [a.user_id for a in admins[1:]] * 3
        office, newcomer = bureau.id, chen.id
        db.session.rollback()

        def decide(user_id):
            with app.app_context():
                try:
                    with atomic():
                        by = acting_for(db.session.get_one(User, user_id), office)
                        asking.confirm_role(db.session.get_one(RoleRequest, number), by=by)
                except WrongState:
                    return False
                else:
                    return True
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(6) as crowd:
            assert sorted(crowd.map(decide, deciders)) == [False] * 5 + [True]
        assert db.session.scalar(
            db.select(db.func.count()).select_from(Membership).where(Membership.user_id == newcomer)
        ) == 1  # fmt: skip


def link_in(mail_server, address):
    deliver_due()
    text = mail_server.to(address)[-1].get_body(("plain",)).get_content()
    found = re.search(r"(/invitations/\S+)", text)
    assert found, text
    return found[1]


class TestStaffByInvitation:
    def test_is_invited_only_when_two_agree(self, as_, client, admins, bureau, mail_server):
        page = fill(as_(admins[0]), bureau, person="lin@example.org", display_name="林森")
        deliver_due()
        assert not mail_server.to("lin@example.org")
        go(as_(admins[1]), page.path).submit("/confirm")
        path = link_in(mail_server, "lin@example.org")
        page = go(client, path)
        assert "社会组织管理局" in page.text
        page = page.submit(display_name="林森", password=NEW, again=NEW, notice_read="y")
        assert page.path == "/sign-in"
        assert roles_of("lin@example.org") == {Role.EXAMINER}
        assert queries.get_user("lin@example.org").confirmed_at is not None
        assert sign_in(client, "lin@example.org", NEW).status_code == 302

    def test_who_agreed_cannot_take_it(self, as_, admins, bureau, mail_server):
        page = fill(as_(admins[0]), bureau, person="lin@example.org", display_name="林森")
        go(as_(admins[1]), page.path).submit("/confirm")
        path = link_in(mail_server, "lin@example.org")
        for admin in admins[:2]:
            assert as_(admin).post(path).status_code == 403
            assert audited()[-1] == "role:refused"
            assert roles_of(admin.user.login) == {Role.ADMINISTRATOR}

    def test_the_database_wants_the_request(self, admins, bureau):
        with pytest.raises(IntegrityError), atomic():
            db.session.add(
                Invitation(
                    body_id=bureau.id, role=Role.APPROVER, address="x@example.org",
                    display_name="x", digest="0" * 64, invited_by_id=admins[0].user_id,
                    expires_at=clock.now(),
                )
            )  # fmt: skip


@pytest.fixture
def choir(app):
    """Return an organization's owner as they act for it."""
    with atomic():
        owner = person("li", "李秀英")
        body = Organization(
            name="锦绣合唱队", track=Track.FILED, filing_number="BA-1", authority="510104"
        )
        db.session.add(body)
        db.session.flush()
        actions.grant_membership(owner, body, Role.OWNER, by=SYSTEM)
    return acting_for(owner, body.id)


def joined(choir, user, role=Role.HANDLER):
    with atomic():
        actions.grant_membership(user, db.session.get_one(Body, choir.body_id), role, by=choir)


class TestMembers:
    def test_are_invited_and_accept_with_their_account(self, as_, client, choir, chen, mail_server):
        page = go(as_(choir), "/account/organization?lang=en")
        page = page.submit(
            "/organization/invitations", display_name="陈静", address="chen@example.org"
        )
        assert "invited at chen@example.org" in page.text
        path = link_in(mail_server, "chen@example.org")
        assert client.get(path).status_code == 200
        sent = {"login": "chen", "password": PASSWORD}
        assert client.post("/sign-in", data=sent).headers["Location"] == path
        page = go(client, path).submit("")
        assert page.path == "/account/memberships"
        assert roles_of("chen") == {Role.HANDLER}

    def test_a_link_works_once_and_until_its_day(
        self, as_, client, choir, chen, mail_server, frozen
    ):
        frozen("2036-03-02 09:00")
        sent = {"display_name": "陈静", "address": "chen@example.org", "role": "handler"}
        as_(choir).post("/account/organization/invitations", data=sent)
        path = link_in(mail_server, "chen@example.org")
        frozen("2036-03-09 09:00:01")
        assert as_(chen).post(path).status_code == 409
        assert audited()[-1] == "account:link_expired"
        frozen("2036-03-09 08:59")
        assert as_(chen).post(path).status_code == 302
        assert as_(chen).post(f"{path}?lang=en").status_code == 409
        assert audited()[-1] == "account:link_reused"

    def test_a_withdrawn_one_opens_nothing(self, as_, choir, chen, mail_server):
        visitor = as_(choir)
        sent = {"display_name": "陈静", "address": "chen@example.org", "role": "handler"}
        visitor.post("/account/organization/invitations", data=sent)
        path = link_in(mail_server, "chen@example.org")
        go(visitor, "/account/organization").submit("/withdraw")
        assert as_(chen).post(path).status_code == 409
        assert roles_of("chen") == set()

    def test_handlers_invite_nobody(self, as_, choir, chen):
        joined(choir, chen)
        handler = acting_for(chen, choir.body_id)
        assert as_(handler).get("/account/organization").status_code == 200
        sent = {"display_name": "x", "address": "x@example.org", "role": "owner"}
        assert as_(handler).post("/account/organization/invitations", data=sent).status_code == 403

    def test_an_owner_ends_a_membership(self, as_, choir, chen):
        joined(choir, chen)
        member = next(m for m in queries.list_memberships(chen))
        go(as_(choir), "/account/organization").submit(f"/{member.id}/end")
        db.session.expire_all()
        assert roles_of("chen") == set()

    def test_the_last_owner_cannot_leave(self, as_, choir):
        page = go(as_(choir), "/account/memberships?lang=en").submit("/end")
        assert page.status == 422
        assert "last owner" in page.text

    def test_of_a_foreign_body_are_not_there(self, as_, choir, chen):
        (member,) = queries.list_memberships(choir.user)
        assert as_(chen).post(f"/account/memberships/{member.id}/end").status_code == 404


class TestHandOver:
    @pytest.fixture
    def offered(self, as_, choir, chen):
        joined(choir, chen)
        page = go(as_(choir), "/account/organization?lang=en")
        page = page.submit("/organization/offer", to_id=str(chen.id), stay="y")
        assert "offered to 陈静" in page.text
        return db.session.scalars(db.select(OwnershipOffer)).one()

    def test_is_offered_and_accepted(self, as_, choir, chen, offered):
        assert roles_of("li") == {Role.OWNER}
        page = go(as_(chen), "/account/memberships?lang=en").submit("/accept")
        assert "You own the account" in page.text
        assert roles_of("chen") == {Role.OWNER}
        assert roles_of("li") == {Role.HANDLER}
        assert "ownership:accept" in audited()

    def test_declined_or_taken_back_changes_nothing(self, as_, choir, chen, offered):
        go(as_(chen), "/account/memberships").submit("/decline")
        assert roles_of("li") == {Role.OWNER}
        assert as_(chen).post(f"/account/offers/{offered.id}/accept").status_code == 409
        assert audited()[-1] == "ownership:refused"

    def test_only_who_it_was_offered_to_accepts(self, as_, choir, offered, app):
        assert as_(choir).post(f"/account/offers/{offered.id}/accept").status_code == 403
        with atomic():
            stranger = person("zhao", "赵")
        assert as_(stranger).post(f"/account/offers/{offered.id}/accept").status_code == 404

    def test_expires(self, as_, choir, chen, offered, frozen):
        frozen(clock.now() + (offered.expires_at - offered.offered_at))
        assert as_(chen).post(f"/account/offers/{offered.id}/accept").status_code == 409
        assert roles_of("li") == {Role.OWNER}

    def test_is_worth_nothing_once_the_giver_is_no_owner(self, as_, choir, chen, offered):
        (member,) = queries.list_memberships(choir.user)
        with atomic():
            actions.end_membership(db.session.merge(member), by=SYSTEM)
        assert as_(chen).post(f"/account/offers/{offered.id}/accept").status_code == 409

    def test_there_is_one_open_offer(self, choir, chen, offered):
        with pytest.raises(IntegrityError), atomic():
            db.session.add(
                OwnershipOffer(
                    body_id=choir.body_id, from_id=choir.user_id, to_id=chen.id,
                    expires_at=clock.now(),
                )
            )  # fmt: skip

    def test_only_to_a_member(self, as_, choir, chen):
        joined(choir, chen)
        answer = as_(choir).post("/account/organization/offer", data={"to_id": str(choir.user_id)})
        assert answer.status_code == 422


def test_system_grants_stay_possible_for_the_first_administrators(bureau, chen):
    with atomic():
        actions.grant_membership(chen, bureau, Role.ADMINISTRATOR, by=SYSTEM)
    assert Actor(user=chen).user_id == chen.id
    assert roles_of("chen") == {Role.ADMINISTRATOR}

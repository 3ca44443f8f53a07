"""The pages on which a role is asked for and confirmed say who somebody is and what follows."""

from core.accounts import SYSTEM, BodyKind, Role, actions
from core.accounts.grants import RoleRequest
from core.accounts.places import ROLES_IN
from core.db import atomic, db
from tests.core.test_accounts_grants import admins, bureau, chen, fill
from tests.pages import go

__all__ = ["admins", "bureau", "chen"]


def test_nothing_is_chosen_before_somebody_chooses(as_, admins, bureau, chen):
    page = fill(as_(admins[0]), bureau, body_id="", role="")
    assert page.text.count("Please choose one.") >= 2
    fresh = go(as_(admins[0]), "/roles/new").root
    chosen = [it.get("value") for it in fresh.iter("option") if it.get("selected") is not None]
    assert not any(chosen)


def test_the_second_one_sees_what_the_person_is_already(as_, admins, bureau, chen):
    with atomic():
        actions.grant_membership(chen, bureau, Role.INTAKE, by=SYSTEM)
    fill(as_(admins[0]), bureau)
    asked = db.session.scalars(db.select(RoleRequest)).one()
    text = " ".join(go(as_(admins[1]), f"/roles/{asked.id}").text.split())
    assert f"{bureau.name} {Role.INTAKE.label}" in text


def test_an_invitation_is_not_called_a_role(as_, admins, bureau):
    fill(as_(admins[0]), bureau, person="new@example.org", display_name="林森")
    asked = db.session.scalars(db.select(RoleRequest)).one()
    page = go(as_(admins[1]), f"/roles/{asked.id}?lang=en").submit("/confirm")
    assert "An invitation has been sent." in page.text


def test_a_role_that_a_kind_of_body_has_not_is_refused_beside_it(as_, admins, chen):
    with atomic():
        committee = actions.create_body(
            kind=BodyKind.COMMUNITY_COMMITTEE, name="督院街社区居民委员会", by=SYSTEM
        )
    page = fill(as_(admins[0]), committee, role="approver")
    assert page.status == 422
    assert "Nobody can be Approver at this body (Residents' committee)" in page.text
    assert "督院街社区居民委员会" in page.text
    page = fill(as_(admins[0]), committee, role="community_officer")
    assert "waits for a second administrator" in page.text


def test_every_role_exists_somewhere():
    assert frozenset().union(*ROLES_IN.values()) == frozenset(Role)
    assert set(ROLES_IN) == set(BodyKind)


def test_the_second_one_is_warned_of_another_role_in_the_same_body(as_, admins, bureau, chen):
    fill(as_(admins[0]), bureau)
    asked = db.session.scalars(db.select(RoleRequest)).one()
    warning = "The person holds another role in this body"
    assert warning not in go(as_(admins[1]), f"/roles/{asked.id}?lang=en").text
    with atomic():
        actions.grant_membership(chen, bureau, Role.INTAKE, by=SYSTEM)
    page = go(as_(admins[1]), f"/roles/{asked.id}?lang=en")
    assert warning in page.text
    assert f"陈静 is already Intake officer at {bureau.name}." in page.text

"""The pages on which a role is asked for and confirmed say who somebody is and what follows."""

from core.accounts import SYSTEM, Role, actions
from core.accounts.grants import RoleRequest
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

"""What the record of actions calls people, bodies, roles and what changed about them."""

from core import audit
from core.accounts.actor import Actor
from core.accounts.grants import RoleRequest
from core.accounts.handover import OwnershipOffer
from core.accounts.identity import IdentityLink
from core.accounts.invitations import Invitation
from core.accounts.models import Body, Membership, UserSession
from core.accounts.roles import Role
from core.i18n import _, _l

LAST_DAY = audit.Field(_l("Last day"), audit.day)
SEAT = {
    "user_id": audit.Field(_l("Person"), audit.person),
    "body_id": audit.Field(_l("Body"), audit.body),
    "role": audit.Field(_l("Role"), audit.one_of(Role)),
    "granted": audit.Field(_l("Confirmed")),
    "to_on": LAST_DAY,
}
CONTACT = {"display_name": _l("Name"), "email": _l("E-mail"), "phone": _l("Phone")}


def declare() -> None:
    """Say it; called once, when the application is put together."""
    for thing in ("membership", "role", "invitation"):
        audit.name_fields(thing, SEAT)
    audit.name_fields("body", {"name": audit.Field(_l("Name"))})
    audit.name_fields("ownership", {"owner": audit.Field(_l("Owner"), audit.person)})
    audit.name_notes({"account:change_contact": _contact})
    audit.name_records(
        "UserSession",
        audit.rows(UserSession, lambda it: it.user.display_name, load=[UserSession.user]),
    )
    audit.name_records(
        "IdentityLink",
        audit.rows(IdentityLink, lambda it: it.user.display_name, load=[IdentityLink.user]),
    )
    audit.name_records(
        "Membership",
        audit.rows(
            Membership,
            lambda it: _seat(it.user.display_name, it.body, it.role),
            load=[Membership.user, Membership.body],
        ),
    )
    audit.name_records(
        "Invitation",
        audit.rows(
            Invitation,
            lambda it: _seat(it.display_name, it.body, it.role),
            load=[Invitation.body],
        ),
    )
    audit.name_records(
        "RoleRequest",
        audit.rows(
            RoleRequest,
            lambda it: _seat(it.display_name, it.body, it.role),
            _request_page,
            load=[RoleRequest.body],
        ),
    )
    audit.name_records(
        "OwnershipOffer",
        audit.rows(OwnershipOffer, lambda it: it.body.name, load=[OwnershipOffer.body]),
    )


def _seat(name: str, body: Body, role: Role) -> str:
    return _("%(name)s, %(role)s at %(body)s", name=name, role=role.label, body=body.name)


def _request_page(request: RoleRequest, actor: Actor) -> str:
    return f"/roles/{request.id}" if actor.holds(Role.ADMINISTRATOR) else ""


def _contact(note: str) -> str:
    return _(", ").join(str(CONTACT.get(name, name)) for name in note.split(", "))

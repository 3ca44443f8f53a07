"""Invitations by mail: to staff after two administrators agreed, to members by the owner."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import audit, clock, i18n, messages, policy
from core.accounts import actions, queries
from core.accounts.actor import Actor
from core.accounts.links import digest_of, new_token
from core.accounts.models import Body, User
from core.accounts.notices import INVITATION
from core.accounts.policy import INVITATION_DAYS
from core.accounts.roles import APPLICANT_ROLES, Role
from core.accounts.rules import email_of
from core.db import Encrypted, Model, db, enum_column
from core.errors import NotAllowed, NotFound, RuleBroken, WrongState
from core.i18n import _


class Invitation(Model):
    """A place in a body that waits for whoever reads mail at an address."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role, "invited_role"))
    address: Mapped[str] = mapped_column(Encrypted)
    display_name: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("role_request.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    withdrawn_at: Mapped[datetime | None]
    body: Mapped[Body] = relationship()
    invited_by: Mapped[User] = relationship(foreign_keys=[invited_by_id])

    __table_args__ = (
        CheckConstraint(
            "(accepted_at IS NULL) = (accepted_by_id IS NULL)", name="accepted_by_someone"
        ),
        CheckConstraint("accepted_at IS NULL OR withdrawn_at IS NULL", name="accepted_or_not"),
        CheckConstraint("accepted_by_id <> invited_by_id", name="not_to_oneself"),
        # Nobody becomes staff by the word of one person.
        CheckConstraint(
            "role IN ('owner', 'handler') OR request_id IS NOT NULL", name="staff_are_confirmed"
        ),
    )

    @property
    def is_open(self) -> bool:
        ended = self.accepted_at is not None or self.withdrawn_at is not None
        return not ended and self.expires_at > clock.now()


def invite(
    body: Body, role: Role, *, address: str, display_name: str, request_id: int | None = None,
    by: Actor,
) -> Invitation:  # fmt: skip
    """Send an invitation. Who may is the caller's to decide."""
    assert by.user_id is not None
    days = policy.value(INVITATION_DAYS)
    token, now = new_token(), clock.now()
    invitation = Invitation(
        body_id=body.id,
        role=role,
        address=address,
        display_name=display_name,
        digest=digest_of(token),
        invited_by_id=by.user_id,
        request_id=request_id,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    db.session.add(invitation)
    db.session.flush()
    facts = {
        "name": display_name, "by": by.name, "body": body.name, "role": role.label, "days": days,
    }  # fmt: skip
    locale = i18n.LOCALES[0]
    messages.write_to(address, INVITATION.key, facts, link=f"/invitations/{token}", locale=locale)
    audit.record(
        "invitation:send", invitation, by=by,
        changes={"body_id": [None, body.id], "role": [None, role.value]},
    )  # fmt: skip
    return invitation


def invite_member(
    body: Body, *, address: str, display_name: str, role: str, by: Actor
) -> Invitation:
    """Let an owner invite somebody into their organization. Raises RuleBroken at the field."""
    if by.body_id != body.id or not by.holds(Role.OWNER):
        raise NotAllowed(_("Only an owner of the organization invites people into it."))
    mail = email_of(address)
    if mail is None:
        raise RuleBroken(_("Please enter a complete e-mail address."), "address")
    if Role(role) not in APPLICANT_ROLES:
        raise RuleBroken(_("This role does not exist in this body."), "role")
    if any(each.address == mail for each in open_invitations(body)):
        raise RuleBroken(_("There is an open invitation to this address already."), "address")
    return invite(body, Role(role), address=mail, display_name=display_name.strip(), by=by)


def open_invitations(body: Body) -> list[Invitation]:
    """Return the invitations into a body that can still be accepted, newest first."""
    found = db.session.scalars(
        db.select(Invitation)
        .where(
            Invitation.body_id == body.id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
        .order_by(Invitation.id.desc())
        .limit(100)
    )
    return list(found)


def open_invitation(token: str, *, by: Actor) -> Invitation:
    """Return the invitation of `token` while it can be accepted.

    Raises NotFound or WrongState, both on record.
    """
    found: Invitation | None = db.session.scalar(
        db.select(Invitation).where(Invitation.digest == digest_of(token))
    )
    if found is None:
        words = _("This link is not complete. Please copy it whole from the message.")
        raise audit.refused(NotFound(words), "account:link_unknown", by=by)
    if found.accepted_at is not None:
        words = _("This invitation has been accepted already.")
        raise audit.refused(WrongState(words), "account:link_reused", found, by=by)
    if found.withdrawn_at is not None:
        words = _("This invitation has been withdrawn.")
        raise audit.refused(WrongState(words), "account:link_expired", found, by=by)
    if found.expires_at <= clock.now():
        words = _("This invitation has expired. Please ask for a new one.")
        raise audit.refused(WrongState(words), "account:link_expired", found, by=by)
    return found


def accept_as_new(token: str, *, display_name: str, password: str, by: Actor) -> User:
    """Open an account for the invited address and take the place that waits for it."""
    invitation = open_invitation(token, by=by)
    if queries.user_by_login(invitation.address) is not None:
        words = _("This address has an account already. Please sign in and open the link again.")
        raise RuleBroken(words)
    user = actions.create_user(
        login=invitation.address,
        display_name=display_name,
        password=password,
        email=invitation.address,
        locale=i18n.choose_locale(),
        by=by,
    )
    _accept(invitation, user)
    return user


def accept_as_oneself(token: str, *, by: Actor) -> User:
    """Take the place with the account one is signed in with."""
    assert by.user is not None
    invitation = open_invitation(token, by=by)
    _accept(invitation, by.user)
    return by.user


def withdraw(invitation: Invitation, *, by: Actor) -> Invitation:
    """Take an invitation back. Raises WrongState where it has been answered."""
    db.session.refresh(invitation, with_for_update=True)
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        raise WrongState(_("This invitation has been answered already."))
    invitation.withdrawn_at = clock.now()
    audit.record("invitation:withdraw", invitation, by=by)
    return invitation


def access_invitation(invitation_id: int, actor: Actor) -> Invitation:
    """Return an invitation into the body whose owner acts. Raises NotFound."""
    found = db.session.get(Invitation, invitation_id)
    if found is None or found.body_id != actor.body_id or not actor.holds(Role.OWNER):
        raise NotFound(_("There is no such invitation."))
    return found


def _accept(invitation: Invitation, user: User) -> None:
    """Use the invitation up and enter the membership: of two at the same moment one gets in."""
    from core.accounts.grants import RoleRequest

    by = Actor(user=user)
    asked = db.session.get(RoleRequest, invitation.request_id) if invitation.request_id else None
    agreed = {invitation.invited_by_id} | (
        {asked.requested_by_id, asked.decided_by_id or 0} if asked else set()
    )
    if user.id in agreed:
        words = _("Nobody can give a role to themselves.")
        raise audit.refused(NotAllowed(words), "role:refused", invitation, by=by)
    used = db.session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .values(accepted_at=clock.now(), accepted_by_id=user.id),
        execution_options={"preserve_rowcount": True},
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        words = _("This invitation has been accepted already.")
        raise audit.refused(WrongState(words), "account:link_reused", invitation, by=by)
    if asked is not None:
        asked.user_id = user.id
    today = clock.today()
    actions.enter_membership(
        user, invitation.body, invitation.role,
        from_on=max(asked.from_on, today) if asked else today,
        to_on=asked.to_on if asked else None, by=by,
    )  # fmt: skip
    audit.record("invitation:accept", invitation, by=by)

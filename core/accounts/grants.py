"""Roles are given by two administrators: one asks, another confirms, and never for themselves."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from core import audit, clock, constraints, messages
from core.accounts import actions, invitations, queries
from core.accounts.actor import Actor
from core.accounts.models import Body, Membership, User
from core.accounts.notices import ROLE_DECIDED, ROLE_REQUESTED
from core.accounts.places import ROLES_IN, kinds_with
from core.accounts.roles import Role
from core.accounts.rules import email_of
from core.db import Encrypted, Model, db, enum_column
from core.errors import DomainError, NotAllowed, NotFound, RuleBroken, WrongState
from core.i18n import _, _l
from core.paging import Order, Page, page_of


class RoleRequest(Model):
    """A role that one administrator asked for and another decides on.

    The person has an account (`user_id`), or will be invited at `address` once it is confirmed.
    """

    __tablename__ = "role_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    address: Mapped[str | None] = mapped_column(Encrypted)
    display_name: Mapped[str] = mapped_column(String(100))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    role: Mapped[Role] = mapped_column(enum_column(Role, "requested_role"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    body: Mapped[Body] = relationship()
    requested_by: Mapped[User] = relationship(foreign_keys=[requested_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    __table_args__ = (
        CheckConstraint("user_id IS NULL OR user_id <> requested_by_id", name="for_somebody_else"),
        CheckConstraint(
            "user_id IS NULL OR decided_by_id IS NULL OR user_id <> decided_by_id",
            name="not_by_oneself",
        ),
        CheckConstraint(
            "granted IS NULL OR NOT granted OR decided_by_id <> requested_by_id",
            name="second_person",
        ),
        CheckConstraint(
            "(granted IS NULL) = (decided_by_id IS NULL) AND (granted IS NULL) = (decided_at IS NULL)",
            name="decided_by_someone",
        ),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="request_period"),
        Index(
            "uq_role_request_open", "user_id", "body_id", "role", unique=True,
            sqlite_where=text("granted IS NULL"), postgresql_where=text("granted IS NULL"),
        ),
        Index(None, "granted", "id"),
    )  # fmt: skip

    @property
    def is_open(self) -> bool:
        return self.granted is None


for index in (
    "uq_role_request_open",
    "uq_role_request_user_id_body_id_role",
):  # as each engine says
    constraints.explain(
        index, _l("This role has been asked for already and waits for a second administrator.")
    )

NEWEST = Order((RoleRequest.id,))
SELF = _l("Nobody can give a role to themselves.")
SECOND = _l("A second administrator has to confirm what you asked for.")


def request_role(
    *, person: str, display_name: str, body_id: int, role: str, from_on: date,
    to_on: date | None, reason: str, by: Actor,
) -> RoleRequest:  # fmt: skip
    """Ask for a role for a person with an account, or for an address that will be invited.

    Nothing changes until another administrator confirms. Raises RuleBroken at the field.
    """
    asker = _administrator(by)
    user = queries.user_by_login(person)
    if user is not None and user.id == asker.id:
        raise audit.refused(RuleBroken(SELF, "person"), "role:refused", user, by=by)
    if user is None and (email_of(person) is None or not display_name.strip()):
        words = _("There is no account of this name. To invite somebody, enter an e-mail address and their name.")  # fmt: skip
        raise RuleBroken(words, "person")
    body, wanted = db.session.get(Body, body_id), Role(role)
    if body is None:
        raise RuleBroken(_("Please choose one."), "body_id")
    if wanted not in ROLES_IN[body.kind]:
        words = _(
            "Nobody can be %(role)s at this body (%(kind)s). The role exists at: %(kinds)s.",
            role=wanted.label,
            kind=body.kind.label,
            kinds=_(", ").join(kind.label for kind in kinds_with(wanted)),
        )
        raise RuleBroken(words, "role")
    if from_on < clock.today() or (to_on is not None and to_on < from_on):
        words = _("A role can hold from today on at the earliest, and ends after it begins.")
        raise RuleBroken(words, "to_on" if to_on and to_on < from_on else "from_on")
    if user is not None and _holds(user, body, wanted):
        raise RuleBroken(_("The person holds this role already."), "role")
    made = RoleRequest(
        user_id=user.id if user else None,
        address=None if user else email_of(person),
        display_name=user.display_name if user else display_name.strip(),
        body_id=body.id,
        role=wanted,
        from_on=from_on,
        to_on=to_on,
        reason=reason.strip(),
        requested_by_id=asker.id,
    )
    db.session.add(made)
    db.session.flush()
    audit.record("role:request", made, by=by, changes=_spoken(made), note=made.reason)
    others = [admin for admin in administrators() if admin.id not in (asker.id, made.user_id)]
    facts = {"name": made.display_name, "role": wanted.label, "body": body.name}
    messages.send(others, ROLE_REQUESTED.key, facts, link=f"/roles/{made.id}")
    return made


def confirm_role(request: RoleRequest, *, by: Actor) -> RoleRequest:
    """Give the role that somebody else asked for; who has no account is invited by mail."""
    decider = _decider(request, by)
    if request.requested_by_id == decider.id:
        raise audit.refused(RuleBroken(SECOND), "role:refused", request, by=by)
    _decide(request, decider, granted=True)
    audit.record("role:confirm", request, by=by, changes=_spoken(request), note=request.reason)
    if request.user is not None:
        actions.enter_membership(
            request.user, request.body, request.role,
            from_on=max(request.from_on, clock.today()), to_on=request.to_on, by=by,
        )  # fmt: skip
        _tell(request)
    else:
        invitations.invite(
            request.body, request.role, address=request.address or "",
            display_name=request.display_name, request_id=request.id, by=by,
        )  # fmt: skip
    return request


def refuse_role(request: RoleRequest, *, answer: str, by: Actor) -> RoleRequest:
    """Refuse a request, or take back one's own. Nothing changes but its end."""
    decider = _decider(request, by)
    _decide(request, decider, granted=False, answer=answer.strip())
    audit.record("role:refuse", request, by=by, changes=_spoken(request), note=request.answer)
    _tell(request)
    return request


def administrators() -> list[User]:
    """Return the system administrators of today."""
    today = clock.today()
    held = db.session.scalars(
        db.select(Membership)
        .where(Membership.role == Role.ADMINISTRATOR)
        .options(joinedload(Membership.user))
    )
    found = {m.user_id: m.user for m in held if m.holds_on(today) and not m.user.closed}
    return list(found.values())


def list_requests(
    *, open_ones: bool, after: str | None = None, size: int = 20
) -> Page[RoleRequest]:
    """Return a page of requests, the newest first."""
    return page_of(query_requests(open_ones=open_ones), NEWEST, size=size, after=after)


def query_requests(*, open_ones: bool) -> Any:
    """Return the query of the requests that wait, or of those that were decided."""
    named = (RoleRequest.body, RoleRequest.requested_by, RoleRequest.decided_by)
    query = db.select(RoleRequest).options(*(joinedload(part) for part in named))
    waits = RoleRequest.granted.is_(None)
    return query.where(waits if open_ones else ~waits)


def count_open(actor: Actor) -> int | None:
    """Return how many requests wait for this administrator, or None."""
    if not actor.holds(Role.ADMINISTRATOR):
        return None
    waiting = db.select(db.func.count()).select_from(RoleRequest)
    theirs = (RoleRequest.granted.is_(None), RoleRequest.requested_by_id != actor.user_id)
    return db.session.scalar(waiting.where(*theirs)) or None


def access_request(request_id: int, actor: Actor) -> RoleRequest:
    """Return a request, for administrators. Raises NotFound."""
    found = db.session.get(RoleRequest, request_id)
    if found is None or not actor.holds(Role.ADMINISTRATOR):
        raise NotFound(_("There is no such request."))
    return found


def _administrator(by: Actor) -> User:
    if not by.holds(Role.ADMINISTRATOR) or by.user is None:
        raise NotAllowed(_("Only system administrators ask for roles and confirm them."))
    return by.user


def _decider(request: RoleRequest, by: Actor) -> User:
    """Return who decides, with the request locked. Raises what forbids it, on record."""
    decider = _administrator(by)
    db.session.refresh(request, with_for_update=True)
    refused: DomainError | None = None
    if not request.is_open:
        refused = WrongState(_("Somebody else was faster: this request has been decided."))
    elif request.user_id == decider.id:
        refused = NotAllowed(SELF)
    if refused is not None:
        raise audit.refused(refused, "role:refused", request, by=by)
    return decider


def _decide(request: RoleRequest, decider: User, *, granted: bool, answer: str = "") -> None:
    request.granted, request.answer = granted, answer
    request.decided_by_id, request.decided_at = decider.id, clock.now()
    db.session.flush()


def _holds(user: User, body: Body, role: Role) -> bool:
    held = db.session.scalars(
        db.select(Membership).where(
            Membership.user_id == user.id, Membership.body_id == body.id, Membership.role == role
        )
    )
    return any(membership.holds_on(clock.today()) for membership in held)


def _tell(request: RoleRequest) -> None:
    outcome = _l("It was confirmed.") if request.granted else _l("It was not confirmed.")
    facts = {
        "name": request.display_name,
        "role": request.role.label,
        "body": request.body.name,
        "outcome": outcome,
    }
    messages.send([request.requested_by], ROLE_DECIDED.key, facts, link=f"/roles/{request.id}")


def _spoken(request: RoleRequest) -> dict[str, Any]:
    return {
        "user_id": [None, request.user_id],
        "body_id": [None, request.body_id],
        "role": [None, request.role.value],
        "granted": [None, request.granted],
    }

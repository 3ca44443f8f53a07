"""Who is acting now, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g, has_request_context, session
from flask_login import current_user
from sqlalchemy.orm import joinedload

from core import clock
from core.accounts.models import Body, Membership, User
from core.accounts.roles import STAFF_ROLES, Role
from core.db import db
from core.memory import remembered


@dataclass(frozen=True, eq=False)
class Actor:
    """A person acting for one body (or for themselves, `body` None) with the roles held there.

    `user` None and `machine` False is the anonymous public; `machine` is the system itself.
    `member_of` are the ids of all bodies the person belongs to, whomever they act for now.
    """

    user: User | None = None
    body: Body | None = None
    roles: frozenset[Role] = frozenset()
    member_of: frozenset[int] = frozenset()
    machine: bool = False

    @property
    def user_id(self) -> int | None:
        return self.user.id if self.user else None

    @property
    def body_id(self) -> int | None:
        return self.body.id if self.body else None

    @property
    def is_signed_in(self) -> bool:
        return self.user is not None

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & STAFF_ROLES)

    @property
    def name(self) -> str:
        """The person's name for the record; the system calls itself so."""
        if self.user is not None:
            return self.user.display_name
        return "system" if self.machine else "public"

    def holds(self, *roles: Role) -> bool:
        """Return whether the person acts in any of `roles` now."""
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor(machine=True)
PUBLIC = Actor()


def choices_for(user: User) -> list[Actor]:
    """Return every way `user` may act today: themselves first, then body by body."""
    today = clock.today()
    held = remembered(Membership, ("held", user.id), lambda: _held(user.id))
    roles: dict[int, set[Role]] = {}
    bodies: dict[int, Body] = {}
    for membership in held:
        if membership.holds_on(today):
            roles.setdefault(membership.body_id, set()).add(membership.role)
            bodies[membership.body_id] = membership.body
    everywhere = frozenset(bodies)
    acting = [Actor(user=user, member_of=everywhere)]
    acting += [
        Actor(user, body, frozenset(roles[body_id]), everywhere) for body_id, body in bodies.items()
    ]
    return acting


def _held(user_id: int) -> Sequence[Membership]:
    return db.session.scalars(
        db.select(Membership)
        .where(Membership.user_id == user_id)
        .options(joinedload(Membership.body))
        .order_by(Membership.id)
    ).all()


def acting_for(user: User, body_id: int | None) -> Actor:
    """Return `user` acting for the body `body_id`, or as they do by default.

    Staff start at their desk, in the first body they belong to; a person of no body as themselves.
    """
    choices = choices_for(user)
    for actor in choices:
        if actor.body_id == body_id and (body_id is not None or len(choices) == 1):
            return actor
    return choices[1] if body_id is None and len(choices) > 1 else choices[0]


def current_actor() -> Actor:
    """Return who acts in this request; outside of one, the system."""
    if not has_request_context():
        return SYSTEM
    if "actor" not in g:
        g.actor = _of_this_request()
    return g.actor  # type: ignore[no-any-return]


def _of_this_request() -> Actor:
    if not current_user.is_authenticated:
        return PUBLIC
    user: User = current_user._get_current_object()
    wanted = session.get("acting")
    if wanted == 0:
        return choices_for(user)[0]
    return acting_for(user, wanted)

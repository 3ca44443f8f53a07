"""Reads of people, bodies and memberships."""

from collections.abc import Sequence

from sqlalchemy.orm import joinedload

from core import clock, crypto
from core.accounts.actor import Actor
from core.accounts.models import Body, BodyKind, Membership, User, UserSession
from core.accounts.roles import Role
from core.accounts.rules import email_of, folded, mobile_of
from core.db import db
from core.errors import NotFound
from core.i18n import _


def login_for(typed: str) -> str:
    """Return how a sign-in name is kept: a mobile number only as its fingerprint."""
    mobile = mobile_of(typed)
    return f"mobile:{crypto.blind_index(mobile)}" if mobile else folded(typed)


def logins_for(typed: str) -> list[str]:
    """Return every way a sign-in name may be kept: until a key is rotated, by either key."""
    mobile = mobile_of(typed)
    if mobile is None:
        return [folded(typed)]
    return [f"mobile:{index}" for index in crypto.blind_indexes(mobile)]


def user_by_login(typed: str) -> User | None:
    """Return whom a sign-in name, mobile number or e-mail address belongs to, or None.

    A sign-in name goes before an equal e-mail address; an address of two people is nobody's.
    """
    user: User | None = db.session.scalar(db.select(User).where(User.login.in_(logins_for(typed))))
    if user is not None:
        return user
    address = email_of(typed)
    if address is None:
        return None
    found: Sequence[User] = db.session.scalars(
        db.select(User).where(User.email == address).limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def is_email_taken(address: str, *, besides: User | None = None) -> bool:
    """Return whether someone else uses `address`, to sign in or to be written to."""
    others = db.select(User.id).where((User.email == address) | (User.login == address))
    if besides is not None:
        others = others.where(User.id != besides.id)
    return db.session.scalar(others.limit(1)) is not None


def get_user(typed: str) -> User:
    """Return the user of a sign-in name. Raises NotFound."""
    user = user_by_login(typed)
    if user is None:
        raise NotFound(_("There is no account of this name."))
    return user


def get_body(name: str) -> Body:
    """Return the office (no organization) called `name`. Raises NotFound."""
    body: Body | None = db.session.scalar(
        db.select(Body).where(Body.name == name).order_by(Body.id).limit(1)
    )
    if body is None:
        raise NotFound(_("There is no body of this name."))
    return body


def list_memberships(user: User) -> list[Membership]:
    """Return all memberships of `user`, present and past, with their bodies, newest first."""
    held = (
        db.select(Membership)
        .where(Membership.user_id == user.id)
        .options(joinedload(Membership.body))
        .order_by(Membership.from_on.desc(), Membership.id.desc())
    )
    return list(db.session.scalars(held))


def list_members(body: Body) -> list[Membership]:
    """Return who acts for `body` today, owners first."""
    held = db.session.scalars(
        db.select(Membership)
        .where(Membership.body_id == body.id)
        .options(joinedload(Membership.user), joinedload(Membership.body))
        .order_by(Membership.id)
    )
    today = clock.today()
    now_held = [m for m in held if m.holds_on(today) and not m.user.closed]
    return sorted(now_held, key=lambda m: m.role is not Role.OWNER)


def hold_members(body: Body) -> None:
    """Let nobody else enter or leave `body` until the transaction ends; read who is in it anew."""
    held = db.select(Body.id).where(Body.id == body.id).with_for_update(key_share=True)
    db.session.execute(held)
    db.session.scalars(
        db.select(Membership)
        .where(Membership.body_id == body.id)
        .options(joinedload(Membership.user))
        .execution_options(populate_existing=True)
    ).all()


def is_last_owner(membership: Membership) -> bool:
    """Return whether nobody else owns the account of the body today."""
    return not any(
        it.role is Role.OWNER and it.user_id != membership.user_id
        for it in list_members(membership.body)
    )


def access_membership(membership_id: int, actor: Actor) -> Membership:
    """Return a membership of one's own, or in the organization one acts for as its owner."""
    found = db.session.get(Membership, membership_id)
    mine = found is not None and found.user_id == actor.user_id
    owned = found is not None and found.body_id == actor.body_id and actor.holds(Role.OWNER)
    if found is None or not (mine or owned) or not found.holds_on(clock.today()):
        raise NotFound(_("There is no such membership."))
    return found


def list_sessions(user: User) -> list[UserSession]:
    """Return the browsers in which `user` is signed in, the one last used first."""
    held = (
        db.select(UserSession)
        .where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
        .order_by(UserSession.seen_at.desc(), UserSession.id.desc())
        .limit(100)
    )
    return list(db.session.scalars(held))


def access_session(session_id: int, actor: Actor) -> UserSession:
    """Return a session of the actor's own. Raises NotFound."""
    found = db.session.get(UserSession, session_id)
    if found is None or found.user_id != actor.user_id:
        raise NotFound(_("There is no such session."))
    return found


def named_bodies() -> list[tuple[BodyKind, int, str]]:
    """Return every body with its kind and name, kind by kind, organizations last, for a choice."""
    place = {kind: number for number, kind in enumerate(BodyKind)}
    rows = db.session.execute(db.select(Body.kind, Body.id, Body.name).order_by(Body.name, Body.id))
    return sorted((tuple(row) for row in rows), key=lambda row: place[row[0]])

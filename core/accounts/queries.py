"""Reads of people, bodies and memberships."""

from collections.abc import Sequence

from sqlalchemy.orm import joinedload

from core import crypto
from core.accounts.actor import Actor
from core.accounts.models import Body, Membership, User, UserSession
from core.accounts.rules import email_of, folded, mobile_of
from core.db import db
from core.errors import NotFound
from core.i18n import _


def login_for(typed: str) -> str:
    """Return how a sign-in name is kept: a mobile number only as its fingerprint."""
    mobile = mobile_of(typed)
    return f"mobile:{crypto.blind_index(mobile)}" if mobile else folded(typed)


def user_by_login(typed: str) -> User | None:
    """Return whom a sign-in name, mobile number or e-mail address belongs to, or None.

    A sign-in name goes before an equal e-mail address; an address of two people is nobody's.
    """
    user: User | None = db.session.scalar(db.select(User).where(User.login == login_for(typed)))
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

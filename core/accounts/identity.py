"""Sign-in through the city's identity platform (OpenID Connect), where one is configured.

An identity is the issuer and its subject, as its signed token says; addresses and names in the
token decide nothing. It opens the account that a signed-in person has linked to it, no other.
"""

from datetime import datetime
from types import ModuleType
from typing import cast

from flask import Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import audit, clock, constraints
from core.accounts.actor import PUBLIC, Actor
from core.accounts.models import User
from core.config import Settings, settings
from core.db import Model, db
from core.errors import NotFound, RuleBroken
from core.i18n import _, _l


class IdentityLink(Model):
    """A person's identity at the platform, linked to their account by themselves."""

    __tablename__ = "identity_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(300))
    linked_at: Mapped[datetime] = mapped_column(default=clock.now)
    used_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()

    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        UniqueConstraint("user_id", "issuer"),
    )


TAKEN = _l("This identity is linked to another account already.")
constraints.explain("uq_identity_link_issuer_subject", TAKEN)
constraints.explain(
    "uq_identity_link_user_id_issuer", _l("This account is linked to an identity already.")
)


def is_offered() -> bool:
    """Return whether this installation knows an identity platform."""
    return bool(settings().OIDC_ISSUER and settings().OIDC_CLIENT_ID)


def send_away(callback: str) -> ResponseReturnValue:
    """Return the way to the platform; it answers at `callback`. Raises NotFound where none is."""
    return cast(ResponseReturnValue, _platform().send_away(callback))


def who_came_back() -> tuple[str, str]:
    """Return issuer and subject of the verified token that the platform sent with this request.

    Signature, issuer, audience, nonce, state and time are checked. Raises RuleBroken, on record.
    """
    return cast(tuple[str, str], _platform().who_came_back())


def _platform() -> ModuleType:
    """Return the way to the platform; loaded only where there is one, for it takes much memory."""
    if not is_offered():
        raise NotFound(_("No identity platform is configured."))
    from core.accounts import platform

    return platform


def user_of(issuer: str, subject: str) -> User | None:
    """Return whose account is linked to an identity, or None. Call it in a transaction."""
    link: IdentityLink | None = db.session.scalar(
        db.select(IdentityLink).where(
            IdentityLink.issuer == issuer, IdentityLink.subject == subject
        )
    )
    if link is None or link.user.closed:
        audit.record("account:identity_unknown", by=PUBLIC)
        return None
    link.used_at = clock.now()
    return link.user


def link_identity(issuer: str, subject: str, *, by: Actor) -> IdentityLink:
    """Link an identity to the account one is signed in with. Raises RuleBroken where it is taken."""
    assert by.user_id is not None
    made = IdentityLink(user_id=by.user_id, issuer=issuer, subject=subject)
    taken = db.session.scalar(
        db.select(IdentityLink).where(
            IdentityLink.issuer == issuer, IdentityLink.subject == subject
        )
    )
    if taken is not None:
        raise audit.refused(RuleBroken(TAKEN), "account:identity_refused", by.user, by=by)
    db.session.add(made)
    db.session.flush()
    audit.record("account:identity_linked", made, by=by)
    return made


def unlink_identity(user: User, *, by: Actor) -> User:
    """Let the platform open this account no more."""
    for link in db.session.scalars(db.select(IdentityLink).where(IdentityLink.user_id == user.id)):
        audit.record("account:identity_unlinked", link, by=by)
        db.session.delete(link)
    return user


def identity_of(user: User) -> IdentityLink | None:
    """Return the identity linked to an account, or None."""
    query = db.select(IdentityLink).where(IdentityLink.user_id == user.id)
    found: IdentityLink | None = db.session.scalar(query)
    return found


def init_app(app: Flask, settings: Settings) -> None:
    """Register the platform; nothing is asked of it before somebody signs in through it."""
    if settings.OIDC_ISSUER:
        from core.accounts import platform

        platform.register(app, settings)

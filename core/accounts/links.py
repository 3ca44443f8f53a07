"""Links that are sent to a person, work once and not for long: a new password, a confirmation."""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import audit, clock, messages, policy
from core.accounts import actions, queries
from core.accounts.actor import Actor
from core.accounts.models import User
from core.accounts.notices import ADDRESS_CONFIRMATION, PASSWORD_CHANGED, PASSWORD_RESET
from core.accounts.policy import CONFIRMATION_HOURS, RESET_MINUTES
from core.config import settings
from core.db import Encrypted, Model, db, enum_column
from core.errors import NotFound, WrongState
from core.i18n import _


class LinkKind(StrEnum):
    """What a link is good for."""

    RESET = "reset"
    CONFIRMATION = "confirmation"


class MailedLink(Model):
    """A link that was sent: only its digest is kept. `address` is where it went."""

    __tablename__ = "mailed_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LinkKind] = mapped_column(enum_column(LinkKind, "link_kind"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    address: Mapped[str] = mapped_column(Encrypted)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()


def new_token() -> str:
    """Return 256 random bits as they stand in an address."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def send_reset(login: str, *, by: Actor) -> None:
    """Send a link for a new password to whom `login` belongs to; say nothing if it is nobody."""
    user = queries.user_by_login(login)
    if user is None or user.closed or reached_at(user) is None:
        audit.record("account:reset_unknown", by=by)
        return
    minutes = policy.value(RESET_MINUTES)
    token = _issue(LinkKind.RESET, user, timedelta(minutes=minutes))
    messages.send([user], PASSWORD_RESET.key, {"minutes": minutes}, link=f"/password-reset/{token}")
    audit.record("account:reset_sent", user, by=by)


def send_confirmation(user: User, *, by: Actor) -> bool:
    """Send a link that confirms the person's address; return whether there is a way to them.

    Raises WrongState where it has been confirmed.
    """
    if user.confirmed_at is not None:
        raise WrongState(_("Your address has been confirmed already."))
    if reached_at(user) is None:
        return False
    hours = policy.value(CONFIRMATION_HOURS)
    token = _issue(LinkKind.CONFIRMATION, user, timedelta(hours=hours))
    messages.send(
        [user], ADDRESS_CONFIRMATION.key, {"hours": hours}, link=f"/confirm-address/{token}"
    )
    audit.record("account:confirmation_sent", user, by=by)
    return True


def change_contact(user: User, *, display_name: str, email: str, phone: str, by: Actor) -> User:
    """Change how `user` is called and reached; a new address is sent a link to confirm it."""
    actions.change_contact(user, display_name=display_name, email=email, phone=phone, by=by)
    if user.confirmed_at is None:
        send_confirmation(user, by=by)
    return user


def sign_up(*, display_name: str, contact: str, password: str, by: Actor) -> User:
    """Return a new account of an applicant, whose address is sent a link to confirm it."""
    user = actions.sign_up(display_name=display_name, contact=contact, password=password, by=by)
    send_confirmation(user, by=Actor(user=user))
    return user


def reached_at(user: User) -> str | None:
    """Return the address or number that secret words reach `user` at, or None."""
    return user.email or (user.phone if settings().SMS_URL else None)


def open_link(token: str, kind: LinkKind, *, by: Actor) -> MailedLink:
    """Return the link of `token` while it can be used.

    Raises NotFound for an unknown one, WrongState for one that was used, replaced or has expired;
    both stand on record.
    """
    found: MailedLink | None = db.session.scalar(
        db.select(MailedLink).where(MailedLink.digest == digest_of(token), MailedLink.kind == kind)
    )
    if found is None:
        words = _("This link is not complete. Please copy it whole from the message.")
        raise audit.refused(NotFound(words), "account:link_unknown", by=by)
    if found.used_at is not None:
        words = _("This link has been used, or a newer one has been sent since. Each works once.")
        raise audit.refused(WrongState(words), "account:link_reused", found.user, by=by)
    if found.expires_at <= clock.now():
        words = _("This link has expired. Please ask for a new one.")
        raise audit.refused(WrongState(words), "account:link_expired", found.user, by=by)
    return found


def reset_password(token: str, *, password: str, by: Actor) -> User:
    """Use up a link: a new password, and every session of the person ends. Codes stay on."""
    link = _use(token, LinkKind.RESET, by)
    user = actions.set_password(link.user, password=password, by=by)
    if link.address == user.email and user.confirmed_at is None:
        user.confirmed_at = clock.now()  # whoever read the link reads the address
    messages.send([user], PASSWORD_CHANGED.key, {"at": clock.now()})
    return user


def confirm_address(token: str, *, by: Actor) -> User:
    """Use up a link: the address it went to is the person's. Raises WrongState for an old one."""
    link = _use(token, LinkKind.CONFIRMATION, by)
    if link.address != reached_at(link.user):
        words = _("The address has been changed since. Please use the newest link.")
        raise audit.refused(WrongState(words), "account:link_expired", link.user, by=by)
    link.user.confirmed_at = clock.now()
    audit.record("account:address_confirmed", link.user, by=by)
    return link.user


def has_confirmed(token: str) -> bool:
    """Return whether the link of `token` was used, and its address is the person's since."""
    found: MailedLink | None = db.session.scalar(
        db.select(MailedLink).where(
            MailedLink.digest == digest_of(token), MailedLink.kind == LinkKind.CONFIRMATION
        )
    )
    if found is None or found.used_at is None:
        return False
    return found.user.confirmed_at is not None and found.address == reached_at(found.user)


def _issue(kind: LinkKind, user: User, lasts: timedelta) -> str:
    """Make a link and return its token; links of the same kind before it are worth nothing."""
    token, now = new_token(), clock.now()
    db.session.execute(
        update(MailedLink)
        .where(MailedLink.user_id == user.id, MailedLink.kind == kind, MailedLink.used_at.is_(None))
        .values(used_at=now)
    )
    db.session.add(
        MailedLink(
            kind=kind,
            user_id=user.id,
            address=reached_at(user) or "",
            digest=digest_of(token),
            created_at=now,
            expires_at=now + lasts,
        )
    )
    db.session.flush()
    return token


def _use(token: str, kind: LinkKind, by: Actor) -> MailedLink:
    """Return the link, used up now: of two at the same moment one is refused."""
    link = open_link(token, kind, by=by)
    used = db.session.execute(
        update(MailedLink)
        .where(MailedLink.id == link.id, MailedLink.used_at.is_(None))
        .values(used_at=clock.now()),
        execution_options={"preserve_rowcount": True},
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        words = _("This link has been used, or a newer one has been sent since. Each works once.")
        raise audit.refused(WrongState(words), "account:link_reused", link.user, by=by)
    return link

"""What core itself keeps of people, and for how long."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select, update

from core.accounts.grants import RoleRequest
from core.accounts.invitations import Invitation
from core.accounts.links import MailedLink
from core.accounts.models import User, UserSession
from core.accounts.stops import AccountStop
from core.db import db
from core.i18n import _l
from core.messages.models import Delivery, DeliveryStatus, Message
from core.notices.models import Objection
from core.privacy import policy
from core.privacy.retention import Retention, keep_for

#: What stands where an address was: nothing that leads to a person.
ERASED = ""


def _done(statement: Any) -> int:
    result = db.session.execute(
        statement, execution_options={"synchronize_session": False, "preserve_rowcount": True}
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def forget_sessions(before: datetime) -> int:
    """Delete sessions that ended, or were last used, before a moment."""
    gone = or_(UserSession.ended_at < before, UserSession.seen_at < before)
    return _done(delete(UserSession).where(gone))


def forget_links(before: datetime) -> int:
    """Delete links that ended before a moment, and whom invitations and requests for roles named.

    Of requests only those for somebody without an account carry an address.
    """
    links = _done(delete(MailedLink).where(MailedLink.expires_at < before))
    over = and_(Invitation.expires_at < before, Invitation.display_name != ERASED)
    asked = and_(RoleRequest.decided_at < before, RoleRequest.address.is_not(None))
    return (
        links
        + _done(update(Invitation).where(over).values(address=ERASED, display_name=ERASED))
        + _done(update(RoleRequest).where(asked).values(address=None, display_name=ERASED))
    )


def forget_letters(before: datetime) -> int:
    """Erase the addresses of letters that went, perhaps went, or died before a moment.

    Of letters to people without an account the text goes too: nobody else has it to read.
    """
    over = (DeliveryStatus.SENT, DeliveryStatus.UNCERTAIN, DeliveryStatus.DEAD)
    due = and_(Delivery.status.in_(over), Delivery.next_at < before, Delivery.erased.is_(False))
    outside = and_(
        Message.recipient_id.is_(None), Message.created_at < before, Message.text != ERASED
    )
    texts = _done(update(Message).where(outside).values(text=ERASED))
    return texts + _done(update(Delivery).where(due).values(address=ERASED, erased=True))


def forget_contacts(before: datetime) -> int:
    """Erase how people were reached whose accounts were closed before a moment.

    A sign-in name that is an address or number gives way to a mark that nobody can guess, so that
    the address is free again. Whose account was stopped may come back, so nothing of it goes.
    """
    stopped = select(AccountStop.user_id).where(AccountStop.let_in_at.is_(None))
    reached = or_(User.login.contains("@"), User.login.startswith("mobile:"))
    left = or_(User.email.is_not(None), User.phone.is_not(None), reached)
    found = db.session.scalars(
        select(User).where(
            User.closed.is_(True), User.closed_at < before, User.id.not_in(stopped), left
        )
    ).all()
    for user in found:
        user.email, user.phone = None, None
        if "@" in user.login or user.login.startswith("mobile:"):
            user.login = f"erased:{secrets.token_hex(16)}"
    return len(found)


def forget_objectors(before: datetime) -> int:
    """Erase who raised objections that were answered before a moment; what was said stays."""
    due = and_(Objection.answered_at < before, Objection.erased.is_(False))
    return _done(update(Objection).where(due).values(name=ERASED, contact=ERASED, erased=True))


DELETED = _l("Deleted")
ERASED_WORDS = _l("The person is erased, the record stays")
keep_for(
    Retention(
        "sessions", _l("From where and with what device people signed in"), policy.LOGS, DELETED,
        policy.SESSIONS, forget_sessions,
    ),
    Retention(
        "links",
        _l("Links and invitations that were mailed, and requests for roles of people without an account"),
        policy.LAW, DELETED,
        policy.LINKS, forget_links,
    ),
    Retention(
        "letters",
        _l("Addresses that letters went to, and the text of letters to people without an account"),
        policy.LOGS, ERASED_WORDS,
        policy.LETTERS, forget_letters,
    ),
    Retention(
        "closed_accounts",
        _l("E-mail, telephone and address of sign-in of closed accounts; the name stays in the files of cases"),
        policy.LAW,
        ERASED_WORDS, policy.CLOSED, forget_contacts,
    ),
    Retention(
        "objectors", _l("Name and contact of who raised an objection"), policy.LAW,
        ERASED_WORDS, policy.OBJECTORS, forget_objectors,
    ),
    Retention(
        "case_files", _l("Applications that were submitted, with their papers"),
        _l("Archives Law: files of registration are kept for good"), _l("Kept for good"),
    ),
    Retention(
        "audit", _l("Record of actions"),
        _l("Cybersecurity Law: at least six months; here for good, so that the chain stays whole"),
        _l("Kept for good"),
    ),
)  # fmt: skip

"""One mail each morning for those who asked for it: how much is unread."""

from datetime import timedelta

from core import clock
from core.accounts.models import User
from core.db import atomic, db
from core.i18n import _l
from core.messages.models import Channel, Delivery, MailWish, Message, MessageWish
from core.messages.queries import count_unread_of
from core.messages.wording import MessageTemplate, worded

DIGEST = MessageTemplate(
    key="messages.digest",
    subject=_l("%(count)s unread messages"),
    body=_l("Since yesterday %(count)s messages have come that you have not read:\n%(subjects)s"),
    label=_l("Once a day, to those who want one mail a day"),
)
SHOWN = 20


def send_digests() -> int:
    """Write to everyone who wants one mail a day and has unread messages of the last day.

    Returns how many were written. Each person is one transaction.
    """
    people = db.session.scalars(
        db.select(MessageWish.user_id).where(MessageWish.mail == MailWish.DAILY)
    ).all()
    return sum(_digest(user_id) for user_id in people)


def _digest(user_id: int) -> bool:
    since = clock.now() - timedelta(days=1)
    with atomic():
        user = db.session.get_one(User, user_id)
        count = count_unread_of(user_id, since)
        if user.closed or not user.email or not count or _has_one(user_id, since):
            return False
        subjects = db.session.scalars(
            db.select(Message.subject)
            .where(Message.recipient_id == user_id, Message.in_inbox, Message.read_at.is_(None))
            .where(Message.created_at > since)
            .order_by(Message.created_at, Message.id)
            .limit(SHOWN)
        )
        listed = "\n".join(f"· {subject}" for subject in subjects)
        words = worded(DIGEST.key, {"count": count, "subjects": listed}, user.locale)
        message = Message(
            recipient=user,
            template=DIGEST.key,
            locale=user.locale,
            subject=words.subject,
            text=words.text,
            link="/messages",
            in_inbox=False,
        )
        message.deliveries.append(Delivery(channel=Channel.MAIL, address=user.email))
        db.session.add(message)
        return True


def _has_one(user_id: int, since: object) -> bool:
    """Return whether today's digest was written already: the job may be repeated."""
    written = db.select(Message.id).where(
        Message.recipient_id == user_id,
        Message.template == DIGEST.key,
        Message.created_at > since,
    )
    return db.session.scalar(written.limit(1)) is not None

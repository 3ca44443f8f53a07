"""Write messages, mark them read, choose what comes by mail."""

from collections.abc import Iterable, Mapping
from typing import Any

from core import clock
from core.accounts.actor import Actor
from core.accounts.models import User
from core.audit import record
from core.config import settings
from core.db import db
from core.errors import WrongState
from core.i18n import LOCALES, _
from core.messages.models import (
    Channel,
    Delivery,
    DeliveryStatus,
    MailWish,
    Message,
    MessageWish,
)
from core.messages.wording import templates, worded


def send(
    recipients: Iterable[User],
    key: str,
    params: Mapping[str, Any] | None = None,
    *,
    link: str = "",
    case_id: int | None = None,
    body_id: int | None = None,
    mail: bool = True,
) -> list[Message]:
    """Write the message `key` to each recipient once, in their language; mail follows the commit.

    `params` fill the words: days, moments and sums as people write them, lazy strings in the
    recipient's language. `link` is a path of this site, which opens to them where they act for
    the body `body_id`; None where that does not matter. Without `mail` it stands in the inbox
    alone. Closed accounts get nothing.
    Raises KeyError for an unknown message or a missing parameter.
    """
    secret = templates[key].secret
    people = {user.id: user for user in recipients if not user.closed}
    written = []
    for user in people.values():
        words = worded(key, params or {}, user.locale)
        message = Message(
            recipient=user,
            template=key,
            locale=user.locale,
            subject=words.subject,
            text=words.text,
            link=link,
            case_id=case_id,
            body_id=body_id,
            in_inbox=not secret,
        )
        wish = wish_of(user)
        if mail and user.email and (secret or wish.mail is MailWish.EACH):
            message.deliveries.append(Delivery(channel=Channel.MAIL, address=user.email))
        by_sms = not user.email if secret else wish.sms  # a secret goes one way only
        if mail and user.phone and by_sms and settings().SMS_URL:
            message.deliveries.append(Delivery(channel=Channel.SMS, address=user.phone))
        db.session.add(message)
        written.append(message)
    db.session.flush()
    return written


def write_to(
    address: str,
    key: str,
    params: Mapping[str, Any] | None = None,
    *,
    link: str = "",
    locale: str = LOCALES[0],
    channel: Channel = Channel.MAIL,
) -> Message:
    """Write the message `key` to an address or number, whether or not it has an account."""
    words = worded(key, params or {}, locale)
    message = Message(
        template=key,
        locale=locale,
        subject=words.subject,
        text=words.text,
        link=link,
        in_inbox=False,
    )
    message.deliveries.append(Delivery(channel=channel, address=address))
    db.session.add(message)
    db.session.flush()
    return message


def wish_of(user: User) -> MessageWish:
    """Return what `user` wants by mail and on the telephone."""
    wish = db.session.get(MessageWish, user.id) if user.id is not None else None
    return wish or MessageWish(mail=MailWish.EACH, sms=False)


def mark_read(message: Message, *, by: Actor) -> Message:
    """Note that its recipient has read a message; the first time counts."""
    message.read_at = message.read_at or clock.now()
    return message


def mark_all_read(*, by: Actor) -> None:
    """Note that a person has read everything that came until now."""
    db.session.execute(
        db.update(Message)
        .where(Message.recipient_id == by.user_id, Message.read_at.is_(None))
        .values(read_at=clock.now())
    )


def choose(*, mail: str, by: Actor, sms: bool = False) -> MessageWish:
    """Note what a person wants by mail, and whether on the telephone, from now on."""
    wish = db.session.get(MessageWish, by.user_id) or MessageWish(user_id=by.user_id)
    wish.mail, wish.sms = MailWish(mail), sms
    db.session.add(wish)
    return wish


def send_again(delivery: Delivery, *, by: Actor) -> Delivery:
    """Put a delivery that died, or may have died, in line once more.

    Raises WrongState where it is still on its way, or its words have been erased.
    """
    if delivery.status not in (DeliveryStatus.DEAD, DeliveryStatus.UNCERTAIN):
        raise WrongState(_("This mail is on its way already."))
    if not delivery.message.text or delivery.erased:
        raise WrongState(_("The words of this mail have been erased. Let the person ask anew."))
    record(
        "message:send_again",
        delivery,
        by=by,
        changes={"status": [delivery.status, DeliveryStatus.WAITING]},
        case_id=delivery.message.case_id,
    )
    delivery.status, delivery.attempts, delivery.error = DeliveryStatus.WAITING, 0, ""
    delivery.next_at = clock.now()
    return delivery

"""Read the inbox, and see what did not arrive."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select

from core import clock
from core.accounts.actor import Actor, choices_for
from core.accounts.models import Body
from core.db import db
from core.errors import NotFound
from core.i18n import _
from core.messages.models import Delivery, DeliveryStatus, Message
from core.paging import Order, Page, page_of

NEWEST = Order((Message.created_at, Message.id))
NEWEST_DELIVERY = Order((Delivery.id,))
LOST = (DeliveryStatus.DEAD, DeliveryStatus.UNCERTAIN)


def list_inbox(actor: Actor, *, unread: bool, after: str | None, size: int = 20) -> Page[Message]:
    """Return a page of a person's messages, newest first."""
    mine = db.select(Message).where(Message.recipient_id == actor.user_id, Message.in_inbox)
    mine = mine.options(db.joinedload(Message.body))
    if unread:
        mine = mine.where(Message.read_at.is_(None))
    return page_of(mine, NEWEST, size=size, after=after)


def count_unread(actor: Actor) -> int:
    """Return how many messages a person has not read; 0 for the public."""
    return 0 if actor.user_id is None else count_unread_of(actor.user_id)


def count_unread_of(user_id: int, since: datetime | None = None) -> int:
    """Return how many messages, of those since a moment, a person has not read."""
    return int(db.session.scalar(counting_unread(user_id, since)) or 0)


def counting_unread(user_id: int, since: datetime | None = None) -> Select[int]:
    """Return the SELECT of how many messages, of those since a moment, a person has not read."""
    unread: Select[int] = db.select(db.func.count(Message.id)).where(
        Message.recipient_id == user_id, Message.read_at.is_(None), Message.in_inbox
    )
    return unread if since is None else unread.where(Message.created_at > since)


def messages_on_case(case_id: int, actor: Actor, most: int = 20) -> list[Message]:
    """Return what was sent to a person on a case, newest first, at most `most`."""
    mine = db.select(Message).where(
        Message.case_id == case_id, Message.recipient_id == actor.user_id, Message.in_inbox
    )
    newest_first = mine.order_by(Message.created_at.desc(), Message.id.desc())
    return list(db.session.scalars(newest_first.limit(most)))


def access_message(message_id: int, actor: Actor) -> Message:
    """Return a message of the person's own inbox. Raises NotFound for anybody else's."""
    message = db.session.get(Message, message_id)
    if message is None or not message.in_inbox or message.recipient_id != actor.user_id:
        raise NotFound(_("There is no such message."))
    return message


def other_body(message: Message, actor: Actor) -> Body | None:
    """Return the body to act for before following a message, where the person acts for another.

    None also where they do not belong to it any more: then it opens nothing that they cannot see.
    """
    if actor.user is None or message.body_id in (None, actor.body_id):
        return None
    ways = choices_for(actor.user)
    return next((way.body for way in ways if way.body_id == message.body_id), None)


def access_delivery(delivery_id: int) -> Delivery:
    """Return a delivery, for the administrator. Raises NotFound."""
    delivery = db.session.get(Delivery, delivery_id)
    if delivery is None:
        raise NotFound(_("There is no such message."))
    return delivery


def list_undelivered(*, after: str | None, size: int = 50) -> Page[Delivery]:
    """Return a page of the dead letters and of those that may have arrived, newest first."""
    lost = db.select(Delivery).where(Delivery.status.in_(LOST)).options(*_with_message())
    return page_of(lost, NEWEST_DELIVERY, size=size, after=after)


def list_all_mail(*, after: str | None, size: int = 50) -> Page[Delivery]:
    """Return a page of everything that was to be mailed: for the development page."""
    return page_of(
        db.select(Delivery).options(*_with_message()), NEWEST_DELIVERY, size=size, after=after
    )


def _with_message() -> tuple[Any, ...]:
    joined = db.joinedload(Delivery.message)
    return (joined, joined.joinedload(Message.recipient))


def depths() -> dict[str, int]:
    """Return how many deliveries are not over yet, by status, for the metrics."""
    counted = db.session.execute(
        db.select(Delivery.status, db.func.count())
        .where(Delivery.status != DeliveryStatus.SENT)
        .group_by(Delivery.status)
    )
    found: dict[str, int] = {status.value: count for status, count in counted}
    return {s.value: found.get(s.value, 0) for s in DeliveryStatus if s is not DeliveryStatus.SENT}


def oldest_waiting() -> timedelta:
    """Return for how long the oldest due mail has been waiting; zero when none is."""
    oldest: datetime | None = db.session.scalar(
        db.select(db.func.min(Delivery.next_at)).where(
            Delivery.status.in_((DeliveryStatus.WAITING, DeliveryStatus.FAILED))
        )
    )
    return max(clock.now() - oldest, timedelta()) if oldest else timedelta()

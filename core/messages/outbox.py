"""Empty the outbox: claim a row, send it, note what became of it; never send one twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import update

from core import clock
from core.config import settings
from core.db import atomic, db
from core.messages.gateway import Gateway
from core.messages.letters import letter_of
from core.messages.models import Channel, Delivery, DeliveryStatus
from core.messages.post import Answer, Fate, PostOffice
from core.messages.wording import templates

#: A message written and ready to go.
Sending = Callable[[], Answer]

#: After the n-th failure a letter waits for the n-th of these; after the last it is dead.
PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 24 * 60, 24 * 60)
)
#: A sender silent for longer than this has died.
LEASE = timedelta(minutes=10)
OPEN = (DeliveryStatus.WAITING, DeliveryStatus.FAILED)


def deliver_due(at_most: int = 500) -> int:
    """Send what is due and return how many messages were taken by mail server and gateway.

    A channel without its setting (MAIL_URL, SMS_URL) sends nothing: what goes by it is kept, and
    shown on the development page.
    """
    doubt_the_silent()
    taken = 0
    if settings().MAIL_URL:
        with PostOffice(settings().MAIL_URL) as office:
            taken += _empty(Channel.MAIL, lambda d: partial(office.send, letter_of(d)), at_most)
    if settings().SMS_URL:
        gateway = Gateway(settings().SMS_URL)
        taken += _empty(Channel.SMS, gateway.prepared, at_most)
    return taken


def _empty(channel: Channel, prepare: Callable[[Delivery], Sending], at_most: int) -> int:
    taken = 0
    for _n in range(at_most):
        delivery_id = claim_next(channel)
        if delivery_id is None:
            break
        answer = _send(delivery_id, prepare)
        settle(delivery_id, answer)
        taken += answer.fate is Fate.TAKEN
        if answer.server_is_away:
            break  # the others need not fail one by one
    return taken


def _send(delivery_id: int, prepare: Callable[[Delivery], Sending]) -> Answer:
    """Write the message while the database is read, then send it with no transaction open."""
    try:
        sending = prepare(db.session.get_one(Delivery, delivery_id))
    except (ValueError, LookupError) as unwritable:
        # An address no mail can carry must not hold up the letters behind it.
        return Answer(Fate.NEVER, f"cannot be written: {unwritable}"[:500])
    finally:
        db.session.rollback()
    return sending()


def doubt_the_silent() -> int:
    """Mark letters whose sender died between claim and answer; return how many."""
    with atomic():
        doubted = db.session.execute(
            update(Delivery)
            .where(
                Delivery.status == DeliveryStatus.SENDING,
                Delivery.claimed_at <= clock.now() - LEASE,
            )
            .values(
                status=DeliveryStatus.UNCERTAIN, error="the sender ended before the server answered"
            )
        )
        return int(doubted.rowcount)  # type: ignore[attr-defined]


def claim_next(channel: Channel = Channel.MAIL) -> int | None:
    """Take the next due delivery for this process and return its id; None when nothing is due."""
    while True:
        with atomic():
            at = clock.now()
            due: int | None = db.session.scalar(
                db.select(Delivery.id)
                .where(
                    Delivery.channel == channel,
                    Delivery.status.in_(OPEN),
                    Delivery.next_at <= at,
                )
                .order_by(Delivery.next_at, Delivery.id)
                .limit(1)
            )
            if due is None or _claim(due, at):
                return due
        # Somebody else was faster: look for the next one.


def _claim(delivery_id: int, at: datetime) -> bool:
    claimed = db.session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.status.in_(OPEN))
        .values(status=DeliveryStatus.SENDING, claimed_at=at, attempts=Delivery.attempts + 1),
        execution_options={"synchronize_session": False},
    )
    return bool(claimed.rowcount)  # type: ignore[attr-defined]


def settle(delivery_id: int, answer: Answer) -> None:
    """Note what became of a claimed letter, and when it is to be tried again."""
    with atomic():
        delivery = db.session.get_one(Delivery, delivery_id)
        if delivery.status is not DeliveryStatus.SENDING:
            return  # doubted meanwhile: a person decides
        at = clock.now()
        delivery.error = answer.words
        if answer.fate is Fate.TAKEN:
            delivery.status, delivery.sent_at = DeliveryStatus.SENT, at
        elif answer.fate is Fate.UNKNOWN:
            delivery.status = DeliveryStatus.UNCERTAIN
        elif answer.fate is Fate.NEVER or delivery.attempts > len(PAUSES):
            delivery.status = DeliveryStatus.DEAD
        else:
            delivery.status = DeliveryStatus.FAILED
            delivery.next_at = at + PAUSES[delivery.attempts - 1]
        template = templates.get(delivery.message.template)  # None once it has been retired
        if template and template.secret and delivery.status is not DeliveryStatus.FAILED:
            delivery.message.text = delivery.message.link = ""

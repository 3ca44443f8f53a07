"""Counts attempts per subject in the database, so that all web processes see one count.

An attempt is counted before it is looked at, and taken back when it succeeds: however many
arrive at once, no more than the free ones are ever tried.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from core import clock, i18n
from core.accounts.models import SignInThrottle
from core.accounts.rules import lock_length
from core.db import db, insert_once
from core.errors import DomainError, RuleBroken
from core.i18n import _


@dataclass(frozen=True)
class Limit:
    """How many attempts are free, how the wait grows after them, when they are forgotten."""

    free: int
    first: timedelta
    longest: timedelta
    forgotten_after: timedelta


@dataclass(frozen=True)
class Ticket:
    """One attempt: refused until a moment, or counted, perhaps with a lock for those after it."""

    subject: str
    refused_until: datetime | None = None
    lock: datetime | None = None


class TooMany(RuleBroken):
    """Nothing is tried until a moment: too many attempts failed before."""

    def __init__(self, until: datetime, field: str | None = None) -> None:
        super().__init__(too_many(until), field)
        self.until = until


def too_many(until: datetime) -> str:
    """Return why nothing is tried now, and until when."""
    return _(
        "Too many attempts. Please try again after %(time)s, Beijing time.",
        time=i18n.moment(until),
    )


def subject_of(kind: str, text: str) -> str:
    """Return the key to count under: `text` may be a mistyped password, so it is not kept."""
    return f"{kind}:{hashlib.sha256(text.encode()).hexdigest()}"


def subject_of_user(kind: str, user_id: int) -> str:
    """Return the key to count under what is tried at one account."""
    return f"{kind}:user-{user_id}"


def take(subject: str, limit: Limit) -> Ticket:
    """Count an attempt in the running transaction, or refuse it.

    An attempt during a lock is refused and not counted, so that the lock does end.
    """
    row = _begun(subject)
    if row.locked_until is not None and row.locked_until > clock.now():
        return Ticket(subject, refused_until=row.locked_until)
    return _count(row, limit)


@contextmanager
def counted(subject: str, limit: Limit, *, field: str) -> Iterator[None]:
    """Count what is tried inside: each refusal is one failure, a success forgets them all.

    For what is tried within a larger transaction. Raises TooMany, naming `field`, while `subject`
    is locked. Those who try at the same moment wait for each other; a refusal undoes their
    transaction, so it is counted after it, like its note in the record of actions.
    """
    row = _begun(subject)
    if row.locked_until is not None and row.locked_until > clock.now():
        raise TooMany(row.locked_until, field)
    try:
        yield
    except DomainError as refused:
        note = refused.on_record

        def count() -> None:
            _count(_begun(subject), limit)
            if note is not None:
                note()

        refused.on_record = count
        raise
    forget(subject)


def _begun(subject: str) -> SignInThrottle:
    insert_once(SignInThrottle, subject=subject, failures=0, failed_at=clock.now())
    row = _row(subject)
    assert row is not None
    return row


def _count(row: SignInThrottle, limit: Limit) -> Ticket:
    now = clock.now()
    if now - row.failed_at > limit.forgotten_after:
        row.failures = 0
    row.failures += 1
    row.failed_at = now
    wait = lock_length(row.failures, limit.free, limit.first, limit.longest)
    row.locked_until = now + wait if wait else None
    return Ticket(row.subject, lock=row.locked_until)


def lock_is_first(ticket: Ticket, limit: Limit) -> bool:
    """Return whether `ticket` set the first lock in a row: the moment to tell somebody."""
    row = _row(ticket.subject)
    return ticket.lock is not None and row is not None and row.failures == limit.free


def give_back(ticket: Ticket) -> None:
    """Take back the count of an attempt that succeeded, and the lock that it set itself."""
    row = _row(ticket.subject)
    if row is not None:
        row.failures = max(row.failures - 1, 0)
        if row.locked_until == ticket.lock:
            row.locked_until = None


def locked_until(subjects: Iterable[str]) -> datetime | None:
    """Return until when any of `subjects` is locked, the longest of them; None where none is."""
    locks = db.session.scalars(
        db.select(SignInThrottle.locked_until).where(SignInThrottle.subject.in_(subjects))
    )
    now = clock.now()
    return max((it for it in locks if it is not None and it > now), default=None)


def forget(subject: str) -> bool:
    """Forget everything counted for `subject`; return whether there was anything."""
    row = _row(subject)
    if row is None:
        return False
    db.session.delete(row)
    return True


def forget_before(moment: datetime) -> int:
    """Delete the counts whose last attempt was before `moment`; return how many."""
    done = db.session.execute(delete(SignInThrottle).where(SignInThrottle.failed_at < moment))
    return int(done.rowcount)  # type: ignore[attr-defined]


def _row(subject: str) -> SignInThrottle | None:
    """Return the count of `subject` as it is now, held until the transaction ends."""
    return db.session.get(SignInThrottle, subject, with_for_update=True, populate_existing=True)

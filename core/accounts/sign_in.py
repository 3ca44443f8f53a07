"""Signing in: a name and a password, then a code; each counted, so that guessing takes for ever."""

from dataclasses import dataclass
from datetime import datetime

from core import audit, clock, messages
from core.accounts import codes, notices, passwords, queries, throttle
from core.accounts.actor import PUBLIC, Actor
from core.accounts.models import User
from core.accounts.policy import (
    ACCOUNT_ATTEMPTS,
    ADDRESS_ATTEMPTS,
    RESET_ATTEMPTS,
    SIGN_UPS,
    limit,
)
from core.db import atomic
from core.errors import RuleBroken


@dataclass(frozen=True)
class Attempt:
    """What came of a sign-in: a user, or a lock until a moment, or neither.

    `wants_code`: the password was right and a one-time code is asked for next. `refused` says
    why a code was not taken.
    """

    user: User | None = None
    locked_until: datetime | None = None
    wants_code: bool = False
    refused: str = ""


def attempt(login: str, password: str, address: str) -> Attempt:
    """Check a name and a password, count the attempt, and put the outcome on record.

    Counting and recording are short transactions of their own; the slow hash is between them, so
    that nobody waits for it. A wrong name costs and says the same as a wrong password.
    """
    with atomic():
        tickets = [
            throttle.take(subject_of(login), limit(ACCOUNT_ATTEMPTS)),
            throttle.take(address_of(address), limit(ADDRESS_ATTEMPTS)),
        ]
        locks = [ticket.refused_until for ticket in tickets if ticket.refused_until]
        if locks:
            _give_back(tickets)
            audit.record("account:sign_in_locked", queries.user_by_login(login), by=PUBLIC)
            return Attempt(locked_until=max(locks))
    user = queries.user_by_login(login)
    right = passwords.matches(user.password_hash if user else None, password)
    with atomic():
        if user is None or not right or user.closed:
            audit.record("account:sign_in_failed", user, by=PUBLIC)
            _warn(user, tickets[0])
            return Attempt()
        throttle.forget(tickets[0].subject)
        throttle.give_back(tickets[1])
        if passwords.is_outdated(user.password_hash):
            user.password_hash = passwords.hashed(password)
        if codes.factor_of(user) is not None:
            audit.record("account:password_right", user, by=Actor(user=user))
            return Attempt(user=user, wants_code=True)
        user.signed_in_at = clock.now()
        audit.record("account:sign_in", user, by=Actor(user=user))
    return Attempt(user=user)


def _warn(user: User | None, ticket: throttle.Ticket) -> None:
    """Tell the owner of an account when it is locked for the first time in a row."""
    first = throttle.lock_is_first(ticket, limit(ACCOUNT_ATTEMPTS))
    if user is not None and not user.closed and first:
        messages.send([user], notices.ACCOUNT_LOCKED.key, {"until": ticket.lock})


def attempt_code(user: User, typed: str, address: str) -> Attempt:
    """Check the code that follows a right password; counted apart from passwords, and as slowly."""
    by = Actor(user=user)
    with atomic():
        ticket = throttle.take(address_of(address), limit(ADDRESS_ATTEMPTS))
        if ticket.refused_until is not None:
            audit.record("account:code_locked", user, by=by)
            return Attempt(locked_until=ticket.refused_until)
    try:
        with atomic():
            codes.accept(user, typed, by=by)
            throttle.give_back(ticket)
            user.signed_in_at = clock.now()
            audit.record("account:sign_in", user, by=by)
    except throttle.TooMany as locked:
        with atomic():
            throttle.give_back(ticket)
            audit.record("account:code_locked", user, by=by)
        return Attempt(locked_until=locked.until)
    except RuleBroken as refused:
        audit.keep_refusal(refused)
        return Attempt(refused=str(refused))
    return Attempt(user=user)


def refuse_reset(login: str, address: str) -> datetime | None:
    """Count a request for a link; return until when none is sent, or None."""
    with atomic():
        tickets = [
            throttle.take(_subject("reset", login), limit(RESET_ATTEMPTS)),
            throttle.take(throttle.subject_of("reset-from", address), limit(RESET_ATTEMPTS)),
        ]
        locks = [ticket.refused_until for ticket in tickets if ticket.refused_until]
        if locks:
            _give_back(tickets)
        return max(locks) if locks else None


def refuse_sign_up(address: str) -> datetime | None:
    """Count a sign-up from `address`; return until when none are taken from there, or None."""
    with atomic():
        subject = throttle.subject_of("sign-up", address)
        return throttle.take(subject, limit(SIGN_UPS)).refused_until


def subject_of(login: str) -> str:
    """Return the key under which attempts at the account that `login` names are counted.

    One count for name, e-mail address and number of an account, in whatever way they are written.
    """
    return _subject(passwords.KIND, login)


def _subject(kind: str, typed: str) -> str:
    user = queries.user_by_login(typed)
    if user is not None:
        return throttle.subject_of_user(kind, user.id)
    return throttle.subject_of(kind, queries.login_for(typed))


def unlock(login: str) -> bool:
    """Let the account that `login` names try again; return whether anything was counted."""
    user, subjects = queries.user_by_login(login), [subject_of(login)]
    if user is not None:
        subjects.append(codes.subject_of(user))
    return sum(throttle.forget(subject) for subject in subjects) > 0


def locked_until(user: User) -> datetime | None:
    """Return until when `user` cannot sign in after failed attempts, or None."""
    return throttle.locked_until([passwords.subject_of(user), codes.subject_of(user)])


def address_of(address: str) -> str:
    """Return the key under which attempts from `address` (core.limits.caller) are counted."""
    return throttle.subject_of("address", address)


def _give_back(tickets: list[throttle.Ticket]) -> None:
    for ticket in tickets:
        if ticket.refused_until is None:
            throttle.give_back(ticket)

"""Signing in and out: the session, the lock-out, and the end of an idle one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from flask import Flask, flash, g, request, session, url_for
from flask_login import LoginManager, login_user, logout_user

from core import audit, clock, i18n, policy
from core.access import OPEN_ENDPOINTS
from core.accounts import passwords, queries, throttle
from core.accounts.actor import PUBLIC, Actor, current_actor
from core.accounts.models import User
from core.accounts.policy import ACCOUNT_ATTEMPTS, ADDRESS_ATTEMPTS, SIGN_UPS, STAFF_IDLE, limit
from core.accounts.rules import folded, own_path
from core.db import atomic, db
from core.i18n import _
from core.ui import navigation

#: What a session keeps when its owner changes: choices, and where they wanted to go.
KEPT = ("lang", "large_text", "next")

#: How often an active session of staff notes that it is active.
NOTE_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Attempt:
    """What came of a sign-in: a user, or a lock until a moment, or neither."""

    user: User | None = None
    locked_until: datetime | None = None


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
            return Attempt()
        throttle.forget(tickets[0].subject)
        throttle.give_back(tickets[1])
        if passwords.is_outdated(user.password_hash):
            user.password_hash = passwords.hashed(password)
        user.signed_in_at = clock.now()
        audit.record("account:sign_in", user, by=Actor(user=user))
    return Attempt(user=user)


def refuse_sign_up(address: str) -> datetime | None:
    """Count a sign-up from `address`; return until when none are taken from there, or None."""
    with atomic():
        subject = throttle.subject_of("sign-up", address)
        return throttle.take(subject, limit(SIGN_UPS)).refused_until


def subject_of(login: str) -> str:
    """Return the key under which attempts at the account `login` are counted."""
    return throttle.subject_of("account", folded(login))


def address_of(address: str) -> str:
    """Return the key under which attempts from `address` (core.limits.caller) are counted."""
    return throttle.subject_of("address", address)


def _give_back(tickets: list[throttle.Ticket]) -> None:
    for ticket in tickets:
        if ticket.refused_until is None:
            throttle.give_back(ticket)


def start_session(user: User) -> None:
    """Start a session of `user`. Whatever an earlier one of this browser held is gone."""
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)
    session.setdefault("lang", user.locale)
    if user.large_text:
        session.setdefault("large_text", True)
    session["seen_at"] = int(clock.now().timestamp())
    login_user(user)
    forget_actor()


def end_session() -> None:
    """End this browser's session; language and text size stay."""
    kept = {name: session[name] for name in KEPT if name in session and name != "next"}
    logout_user()
    session.clear()
    session.update(kept)
    forget_actor()


def forget_actor() -> None:
    """Let the rest of this request ask anew who acts, and for whom."""
    g.pop("actor", None)


def landing() -> str:
    """Return where a person goes who has just signed in: where they wanted to, else their desk."""
    wanted = own_path(session.pop("next", None))
    if wanted is not None:
        return wanted
    area = "officer" if current_actor().is_staff else "applicant"
    entries = navigation(area)
    return str(entries[0]["url"]) if entries else url_for("accounts.account")


def remember_locale(locale: str) -> None:
    """Keep the chosen language for this session, and for the messages a person is sent."""
    if locale not in i18n.LOCALES:
        return
    session["lang"] = locale
    user = current_actor().user
    if user is not None and user.locale != locale:
        with atomic():
            user.locale = locale


def remember_large_text(on: bool) -> None:
    """Keep the chosen size of text for this session, and with the account of who is signed in."""
    session["large_text"] = on
    user = current_actor().user
    if user is not None and user.large_text is not on:
        with atomic():
            user.large_text = on


def _load(key: str) -> User | None:
    number, _separator, stamp = key.partition(":")
    known = number.isdecimal() and len(number) < 19
    user = db.session.get(User, int(number)) if known else None
    if user is None or user.closed or not compare_digest(stamp, user.session_stamp):
        return None
    return user


def _end_idle() -> None:
    """Sign staff out who have not asked for a page for too long."""
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return
    if not current_actor().is_staff and "desk" not in session:
        return
    now = clock.now()
    seen = datetime.fromtimestamp(session.get("seen_at", now.timestamp()), UTC)
    if now - seen > timedelta(minutes=policy.value(STAFF_IDLE)):
        end_session()
        flash(_("You were away for a while, so you have been signed out. Please sign in again."))
    elif "desk" not in session or now - seen >= NOTE_EVERY:
        session["desk"] = True
        session["seen_at"] = int(now.timestamp())


def _keep_choices() -> None:
    """Keep the language and the text size that a link of the header asked for."""
    locale, large = request.args.get("lang"), request.args.get("large_text")
    if locale in i18n.LOCALES and session.get("lang") != locale:
        session["lang"] = locale
    if large in {"0", "1"}:
        session["large_text"] = large == "1"


def init_app(app: Flask) -> None:
    app.before_request(_keep_choices)
    manager = LoginManager(app)
    manager.user_loader(_load)
    app.before_request(_end_idle)

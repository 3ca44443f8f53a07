"""An account is closed because its person asks for it: by the office, or by itself after a time."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete

from core import audit, clock, messages, policy
from core.accounts import actions, passwords, queries, stops
from core.accounts.actor import SYSTEM, Actor
from core.accounts.identity import IdentityLink
from core.accounts.models import User
from core.accounts.notices import ACCOUNT_CLOSED, CLOSING_ASKED
from core.accounts.policy import CLOSING_DAYS
from core.accounts.roles import STAFF_ROLES, Role
from core.db import atomic, db
from core.errors import NotAllowed, RuleBroken, WrongState
from core.i18n import _

#: What answers, in words, what of a person has to end before the account can.
Hindrances = Callable[[User], Iterable[str]]
_asked: list[Hindrances] = []


def hindered_by(hindrances: Hindrances) -> None:
    """Have `hindrances(user)` asked before an account is closed: one sentence for each thing."""
    if hindrances not in _asked:
        _asked.append(hindrances)


def in_the_way(user: User) -> list[str]:
    """Return what forbids to close the account now, a sentence each; nothing where it may be."""
    return [*_posts(user), *(words for ask in _asked for words in ask(user))]


def ask(user: User, *, current: str, by: Actor) -> User:
    """Ask that one's own account be closed. Raises RuleBroken at "current", or for what is open."""
    passwords.accept(user, current, by=by)
    _hold(user)
    _refuse_hindered(user, by)
    if user.closing_asked_at is None:
        user.closing_asked_at = clock.now()
        audit.record("account:closing_asked", user, by=by)
        facts = {"name": user.display_name, "until": closes_by(user)}
        messages.send(stops.stoppers(), CLOSING_ASKED.key, facts, link=f"/people/{user.id}")
    return user


def take_back(user: User, *, by: Actor) -> User:
    """Keep the account after all. Raises WrongState where nobody asked to close it."""
    _hold(user)
    if user.closing_asked_at is None or user.closed:
        raise WrongState(_("Nobody has asked for this, or it was taken back."))
    user.closing_asked_at = None
    audit.record("account:closing_taken_back", user, by=by)
    return user


def close(user: User, *, by: Actor) -> User:
    """Close an account whose person asked for it. What they did stays on record.

    Raises NotAllowed for who may not, WrongState where nobody asked, RuleBroken for what is open.
    """
    if not by.machine and not by.holds(*stops.STOPPERS):
        words = _("Only the bureau head and system administrators close accounts.")
        raise audit.refused(NotAllowed(words), "account:close_refused", user, by=by)
    _hold(user)
    if user.closing_asked_at is None or user.closed:
        raise WrongState(_("Nobody has asked for this, or it was taken back."))
    _refuse_hindered(user, by)
    if user.email and user.confirmed_at:
        messages.write_to(user.email, ACCOUNT_CLOSED.key, {}, locale=user.locale)
    user.closed, user.closed_at = True, clock.now()
    db.session.execute(delete(IdentityLink).where(IdentityLink.user_id == user.id))
    actions.end_all_sessions(user)
    audit.record("account:close", user, by=by)
    return user


def closes_by(user: User) -> datetime | None:
    """Return when the account closes by itself; None where nobody asked for it."""
    if user.closing_asked_at is None:
        return None
    return user.closing_asked_at + timedelta(days=policy.value(CLOSING_DAYS))


def close_due() -> int:
    """Close every account whose time has come and where nothing is open; return how many."""
    before = clock.now() - timedelta(days=policy.value(CLOSING_DAYS))
    due = db.select(User.id).where(User.closing_asked_at <= before, User.closed.is_(False))
    done = 0
    for user_id in db.session.scalars(due.order_by(User.id)).all():
        try:
            with atomic():
                close(db.session.get_one(User, user_id), by=SYSTEM)
            done += 1
        except (RuleBroken, WrongState) as refused:  # it is open to the office, and asked again
            audit.keep_refusal(refused)
    return done


def _posts(user: User) -> Iterable[str]:
    today = clock.today()
    for held in queries.list_memberships(user):
        if held.to_on is not None and held.to_on < today:
            continue
        facts = {"role": held.role.label, "body": held.body.name}
        if held.role in STAFF_ROLES:
            yield _("the post of %(role)s at %(body)s has to end first", **facts)
        elif held.role is Role.OWNER and queries.is_last_owner(held):
            yield _("nobody else owns the account of %(body)s: hand it over first", **facts)


def _refuse_hindered(user: User, by: Actor) -> None:
    found = in_the_way(user)
    if found:
        words = _("The account cannot be closed yet: %(what)s.", what=_("; ").join(found))
        raise audit.refused(RuleBroken(words), "account:close_refused", user, by=by)


def _hold(user: User) -> None:
    """Hold the account and what it owns, so that of two last owners only one closes."""
    for held in sorted(queries.list_memberships(user), key=lambda it: it.body_id):
        if held.role is Role.OWNER:
            queries.hold_members(held.body)
    db.session.refresh(user, with_for_update={"of": User})

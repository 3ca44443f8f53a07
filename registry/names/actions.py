"""Reserving names: for a while, renewed as often as policy says, ended by its holder or by time."""

from datetime import timedelta

from core import audit, clock, messages, policy
from core.accounts import SYSTEM, Actor
from core.db import db
from core.errors import NotAllowed, RuleBroken, WrongState
from core.i18n import _
from core.search import bare
from registry.names import checking, holding, queries
from registry.names.kinds import Ending
from registry.names.models import NameReservation
from registry.names.near import core_of
from registry.names.notices import ENDED, ENDS_SOON
from registry.names.parts import sound_of
from registry.names.policy import HELD_AT_ONCE, REMINDER_DAYS, RENEWALS, RESERVATION_DAYS
from registry.organizations.kinds import OrganizationType


def reserve(*, name: str, type: OrganizationType, by: Actor) -> NameReservation:
    """Hold a name for the acting person. Raises RuleBroken("name") with the first rule against it.

    The database refuses a name that somebody else holds in the same moment.
    """
    if by.user_id is None:
        raise NotAllowed(_("Please sign in to reserve a name."))
    written = name.strip()
    # Read before the rules look: who takes the name after that is met by the constraint alone.
    held = queries.held_reservation(written)
    proposed = checking.Proposed(written, type, holder_id=by.user_id)
    for finding in checking.findings_of(proposed):
        if finding.blocking:
            told = _("%(words)s (%(source)s)", words=finding.text, source=finding.source)
            raise RuleBroken(told, field="name")
    if held is not None and held.holder_id == by.user_id:
        return held
    most = policy.value(HELD_AT_ONCE.key)
    if queries.count_held(by.user_id) >= most:
        words = _("You may hold %(n)d names at once. Give one up first.", n=most)
        raise RuleBroken(words, field="name")
    core = core_of(written, type)
    reservation = NameReservation(
        name=written,
        held_name=bare(written),
        core=core,
        sound=sound_of(core)[0],
        type=type,
        holder_id=by.user_id,
        expires_on=clock.today() + timedelta(days=policy.value(RESERVATION_DAYS.key)),
    )
    db.session.add(reservation)
    db.session.flush()
    changes = {"name": [None, written], "expires_on": [None, str(reservation.expires_on)]}
    audit.record("name:reserve", reservation, by=by, changes=changes)
    return reservation


def renew(reservation: NameReservation, *, by: Actor) -> NameReservation:
    """Hold a name for the same time again, counted from its end. Raises RuleBroken or WrongState."""
    _own(reservation, by)
    if reservation.ended_at is not None or reservation.expires_on is None:
        raise WrongState(_("This reservation cannot be renewed any more."))
    if reservation.renewals >= policy.value(RENEWALS.key):
        raise RuleBroken(_("A reservation is renewed %(n)d times at most.", n=policy.value(RENEWALS.key)))  # fmt: skip
    before = reservation.expires_on
    reservation.expires_on = before + timedelta(days=policy.value(RESERVATION_DAYS.key))
    reservation.renewals += 1
    reservation.reminded_at = None
    changes = {"expires_on": [str(before), str(reservation.expires_on)]}
    audit.record("name:renew", reservation, by=by, changes=changes)
    return reservation


def release(reservation: NameReservation, *, by: Actor) -> NameReservation:
    """Give a name up. Raises WrongState where it is held for an application or ended already."""
    _own(reservation, by)
    if reservation.ended_at is not None:
        raise WrongState(_("This reservation has ended already."))
    if reservation.case_id is not None:
        raise WrongState(_("The name is held for your application; it is free when that ends."))
    holding.let_go(reservation, Ending.RELEASED, by=by)
    return reservation


def _own(reservation: NameReservation, by: Actor) -> None:
    if by.user_id is None or reservation.holder_id != by.user_id:
        raise NotAllowed(_("This name is reserved by somebody else."))


def end_expired() -> int:
    """End the reservations whose last day is over, tell their holders, and count them."""
    query = db.select(NameReservation).where(
        NameReservation.ended_at.is_(None), NameReservation.expires_on < clock.today()
    )
    over = db.session.scalars(query.with_for_update()).all()
    for it in over:
        holding.let_go(it, Ending.EXPIRED, by=SYSTEM)
        messages.send([it.holder], ENDED.key, {"name": it.name}, link="/names/reservations")
    return len(over)


def remind() -> int:
    """Tell those whose reservation ends soon, each once, and count them."""
    soon = clock.today() + timedelta(days=policy.value(REMINDER_DAYS.key))
    query = db.select(NameReservation).where(
        NameReservation.ended_at.is_(None),
        NameReservation.expires_on <= soon,
        NameReservation.reminded_at.is_(None),
    )
    ending = db.session.scalars(query.with_for_update()).all()
    for it in ending:
        assert it.expires_on is not None
        facts = {
            "name": it.name,
            "last": it.expires_on,
            "day": it.expires_on + timedelta(days=1),
        }
        messages.send([it.holder], ENDS_SOON.key, facts, link="/names/reservations")
        it.reminded_at = clock.now()
    return len(ending)

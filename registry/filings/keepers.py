"""Who looks after which filed groups: each street after its own, on the map of today."""

from collections.abc import Collection

from sqlalchemy import ColumnElement

from core import clock, divisions
from core.accounts import Actor, Role
from core.divisions import Division, Level
from core.divisions.offices import divisions_of
from registry.organizations.models import Organization


def places_for(actor: Actor) -> list[Division]:
    """Return the streets whose groups `actor` looks after: an officer's own, else all of today."""
    if actor.holds(Role.STREET_OFFICER) and actor.body_id is not None:
        return divisions_of("filing", actor.body_id)
    return divisions.streets()


def lies_in(places: Collection[Division]) -> ColumnElement[bool]:
    """Return the condition of lying in one of these streets, or in one that went into them."""
    if any(it.level is Level.DISTRICT for it in places):
        return Organization.id.is_not(None)
    ids = {it.id for it in places}
    today = divisions.shown_on(clock.today())
    return Organization.street_id.in_(
        [was for was, now in today.items() if now is not None and now.id in ids]
    )

"""Names after a reform of the map: a name must be alone in the street that its street went into."""

from datetime import date
from typing import Any, cast

from sqlalchemy import CursorResult, Table, select, update

from core import divisions
from core.accounts import Actor
from core.db import db
from core.divisions import Division, Level
from registry.names.models import NameKey
from registry.organizations.models import Organization
from registry.organizations.places import authority_in

_ORGANIZATION = cast(Table, Organization.__table__)


def follow(old: Division, new: Division, on: date, by: Actor) -> None:
    """After one division went into another: the names of a street are those of the next one."""
    if old.level is Level.STREET:
        rehome()


def rehome() -> int:
    """Bring every name to the street that its street goes into; return how many moved.

    Of two living groups of one name, the one that comes second stays where it was: both keep their
    names, and nobody else is given them.
    """
    moved = 0
    for old_id, new in divisions.shown_on(date.max).items():
        if new is not None and new.id != old_id:
            moved += _move(f"street:{old_id}", authority_in(new))
    return moved


def _move(old: str, new: str) -> int:
    o, other = _ORGANIZATION.c, _ORGANIZATION.alias()
    taken = select(other.c.id).where(other.c.authority == new, other.c.living_name == o.living_name)
    done = cast(
        CursorResult[Any],
        db.session.execute(
            update(_ORGANIZATION).where(o.authority == old, ~taken.exists()).values(authority=new)
        ),
    )
    if done.rowcount:
        there = select(o.id).where(o.authority == new)
        db.session.execute(
            update(NameKey)
            .where(NameKey.place == old, NameKey.organization_id.in_(there))
            .values(place=new)
            .execution_options(synchronize_session=False)
        )
    return done.rowcount

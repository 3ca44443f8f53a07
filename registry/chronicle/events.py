"""Reads: what happened on the register in a time."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from core import clock
from core.db import db
from registry.chronicle import spans
from registry.chronicle.spans import Happening, version
from registry.organizations.kinds import Track
from registry.organizations.question import COUNTED


@dataclass(frozen=True)
class Event:
    """One happening: what, on which day, to whom, and the facts from then on."""

    kind: Happening
    on: date
    version_id: int
    organization_id: int
    facts: dict[str, Any]

    @property
    def number(self) -> str:
        return str(self.facts.get("unified_code") or self.facts.get("filing_number") or "")


@dataclass(frozen=True)
class Wanted:
    """Which happenings are asked for; both days are counted."""

    kind: Happening | None = None
    track: Track | None = None
    first: date | None = None
    last: date | None = None


def list_events(
    wanted: Wanted, *, size: int = 20, after: tuple[str, int] | None = None
) -> tuple[list[Event], tuple[str, int] | None]:
    """Return a page of what happened, the latest first, and the key behind which the next begins.

    A key is the day as text and the version's id.
    """
    told = spans.happenings()
    query = select(told.c.kind, told.c.on, told.c.version_id).where(*_wanted(told, wanted))
    if after is not None:
        day, key = after
        earlier = or_(told.c.on < day, (told.c.on == day) & (told.c.version_id < key))
        query = query.where(earlier)
    chosen = query.order_by(told.c.on.desc(), told.c.version_id.desc()).limit(size + 1)
    rows = db.session.execute(chosen).all()
    more, rows = len(rows) > size, rows[:size]
    facts = {
        row.id: row
        for row in db.session.execute(
            select(version.c.id, version.c.organization_id, version.c.facts).where(
                version.c.id.in_([row.version_id for row in rows])
            )
        )
    }
    found = [
        Event(
            Happening(row.kind),
            date.fromisoformat(row.on),
            row.version_id,
            facts[row.version_id].organization_id,
            facts[row.version_id].facts,
        )
        for row in rows
    ]
    return found, (rows[-1].on, rows[-1].version_id) if more else None


def count_events(wanted: Wanted) -> tuple[int, bool]:
    """Return how many happenings were asked for, and whether there are more than are counted."""
    told = spans.happenings()
    some = select(told.c.version_id).where(*_wanted(told, wanted)).limit(COUNTED + 1).subquery()
    counted = db.session.scalar(select(func.count()).select_from(some)) or 0
    return min(counted, COUNTED), counted > COUNTED


def _wanted(told: Any, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kind is not None:
        found.append(told.c.kind == wanted.kind.value)
    if wanted.track is not None:
        found.append(told.c.track == wanted.track.value)
    if wanted.first is not None:
        found.append(told.c.on >= wanted.first.isoformat())
    found.append(told.c.on <= (wanted.last or clock.today()).isoformat())
    return found

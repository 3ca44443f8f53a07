"""Reads: the register as it stood on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from core.db import db
from registry.chronicle import spans
from registry.chronicle.asked import Asked, kinds_of, own_conditions
from registry.chronicle.spans import fact, organization, version
from registry.organizations.kinds import OrganizationStatus
from registry.organizations.models import OrganizationVersion


@dataclass(frozen=True)
class Standing:
    """What the register said of one organization on a day."""

    id: int
    version_id: int
    facts: dict[str, Any]
    status: OrganizationStatus

    @property
    def number(self) -> str:
        return str(self.facts.get("unified_code") or self.facts.get("filing_number") or "")


@dataclass(frozen=True)
class OnDay:
    """A page of the register of a day: rows, the id behind which the next begins, and counts."""

    rows: Sequence[Standing]
    next: int | None
    total: int
    facets: dict[str, dict[Any, int]] = field(default_factory=dict)


def register_on(day: date, asked: Asked, *, size: int = 20, after: int | None = None) -> OnDay:
    """Return what stood on the register on `day`, the latest entries first, behind an id.

    `facets` count by track, type, status and street as if nothing were chosen in that one.
    """
    query = _of_day(day, asked).order_by(version.c.organization_id.desc())
    if after is not None:
        query = query.where(version.c.organization_id < after)
    rows = [_standing(row) for row in db.session.execute(query.limit(size + 1))]
    total, facets = _counts(day, asked)
    more = len(rows) > size
    return OnDay(rows[:size], rows[size - 1].id if more else None, total, facets)


def everything_on(day: date, asked: Asked) -> Select[Any]:
    """Return the query of all that stood on `day`: id, version_id, facts and status."""
    return _of_day(day, asked).order_by(version.c.organization_id.desc())


def count_on(day: date, asked: Asked) -> int:
    """Return how many that were asked for stood on the register on `day`."""
    query = spans.told_on(day).where(*_conditions(day, asked))
    return db.session.scalar(query.add_columns(func.count())) or 0


def standing_on(organization_id: int, day: date) -> OrganizationVersion | None:
    """Return the version that held on `day`, or None where there was none yet."""
    found: OrganizationVersion | None = db.session.scalar(
        db.select(OrganizationVersion)
        .join(OrganizationVersion.organization)
        .where(OrganizationVersion.organization_id == organization_id, spans.holds_on(day))
        .limit(1)
    )
    return found


def first_day() -> date | None:
    """Return the first day on which anything stood on the register."""
    founded, told = db.session.execute(
        select(
            select(func.min(organization.c.founded_on)).scalar_subquery(),
            select(func.min(version.c.valid_from)).scalar_subquery(),
        )
    ).one()
    return min((it for it in (founded, told) if it is not None), default=None)


def _of_day(day: date, asked: Asked) -> Select[Any]:
    columns = (
        version.c.organization_id.label("id"),
        version.c.id.label("version_id"),
        version.c.facts,
        spans.status_on(day).label("status"),
    )
    return spans.told_on(day).add_columns(*columns).where(*_conditions(day, asked))


def _standing(row: Any) -> Standing:
    return Standing(row.id, row.version_id, row.facts, OrganizationStatus(row.status))


def _conditions(day: date, asked: Asked) -> list[ColumnElement[bool]]:
    found = own_conditions(asked, version) + kinds_of(asked, version, spans.status_on(day))
    if asked.living:
        found.append(spans.lives_on(day))
    return found


def _counts(day: date, asked: Asked) -> tuple[int, dict[str, dict[Any, int]]]:
    keys: dict[str, ColumnElement[Any]] = {
        "track": fact("track"),
        "type": fact("type"),
        "status": spans.status_on(day),
        "street": spans.street(),
    }
    kinds = spans.told_on(day).where(*own_conditions(asked, version))
    if asked.living:
        kinds = kinds.where(spans.lives_on(day))
    labelled = [key.label(name) for name, key in keys.items()]
    each = kinds.add_columns(*labelled).subquery()
    query = select(*each.c, func.count().label("hits")).group_by(*each.c)
    wanted = {
        "track": asked.track and {asked.track.value},
        "type": asked.type and {asked.type.value},
        "status": asked.status and {asked.status.value},
        "street": None if asked.streets is None else set(asked.streets),
    }
    total, facets = 0, {name: dict[Any, int]() for name in keys}
    for row in db.session.execute(query):
        misses = [
            n
            for n, chosen in wanted.items()
            if chosen is not None and getattr(row, n) not in chosen
        ]
        if not misses:
            total += row.hits
        for name, counted in facets.items():
            value = getattr(row, name)
            if value is not None and not set(misses) - {name}:
                counted[value] = counted.get(value, 0) + row.hits
    return total, facets

"""Reads: the register as it stood on a day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from core.db import db
from registry.chronicle import spans
from registry.chronicle.asked import Asked, kinds_of, own_conditions
from registry.chronicle.spans import fact, organization, version
from registry.organizations.kinds import OrganizationStatus
from registry.organizations.models import OrganizationVersion
from registry.organizations.question import COUNTED


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
    """A page of the register of a day: rows, and the id behind which the next begins."""

    rows: Sequence[Standing]
    next: int | None
    counted: "Counted"


@dataclass(frozen=True)
class Counted:
    """How many were asked for, and how many there are of each choice of a facet.

    Where `total_is_capped`, there are more; the facets `beyond` count the latest entries only.
    """

    total: int
    total_is_capped: bool
    facets: dict[str, dict[Any, int]]
    beyond: frozenset[str]


#: What is counted beside the list, and by which argument it is chosen.
FACETS = {"track": "track", "type": "type", "status": "status", "street": "streets"}


def register_on(day: date, asked: Asked, *, size: int = 20, after: int | None = None) -> OnDay:
    """Return what stood on the register on `day`, the latest entries first, behind an id.

    Counted is by track, type, status and street, each as if nothing were chosen in it.
    """
    query = _of_day(day, asked).order_by(version.c.organization_id.desc())
    if after is not None:
        query = query.where(version.c.organization_id < after)
    rows = [_standing(row) for row in db.session.execute(query.limit(size + 1))]
    more = len(rows) > size
    return OnDay(rows[:size], rows[size - 1].id if more else None, _counts(day, asked))


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


def _counts(day: date, asked: Asked) -> Counted:
    """Count what was asked for, and each facet as if nothing were chosen in it: of the latest
    entries so many as a list counts, so that no visitor waits for the whole history.
    """
    rows, whole = _hits_by_kind(day, asked)
    total = sum(row.hits for row in rows)
    facets: dict[str, dict[Any, int]] = {}
    beyond = set[str]()
    for name, chosen in FACETS.items():
        counted, all_counted = rows, whole
        if getattr(asked, chosen) is not None:
            unchosen: dict[str, Any] = {chosen: None}
            counted, all_counted = _hits_by_kind(day, replace(asked, **unchosen))
        numbers = Counter[Any]()
        for row in counted:
            if getattr(row, name) is not None:
                numbers[getattr(row, name)] += row.hits
        facets[name] = dict(numbers)
        if not all_counted:
            beyond.add(name)
    return Counted(min(total, COUNTED), not whole, facets, frozenset(beyond))


def _hits_by_kind(day: date, asked: Asked) -> tuple[Sequence[Any], bool]:
    """Return counts by track, type, status and street, and whether every hit is in them."""
    keys: dict[str, Any] = {
        "track": fact("track"),
        "type": fact("type"),
        "status": spans.status_on(day),
        "street": spans.street(),
    }
    latest = (
        spans.told_on(day)
        .add_columns(*(key.label(name) for name, key in keys.items()))
        .where(*_conditions(day, asked))
        .order_by(version.c.organization_id.desc())
        .limit(COUNTED + 1)
        .subquery()
    )
    query = select(*latest.c, func.count().label("hits")).group_by(*latest.c)
    rows = db.session.execute(query).all()
    return rows, sum(row.hits for row in rows) <= COUNTED

"""Reads: versions in the order in which they were written, for feeds and followers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true

from core.db import db
from registry.chronicle.asked import Asked, kinds_of, own_conditions
from registry.chronicle.spans import fact, organization, version

EVERYTHING = Asked()


@dataclass(frozen=True)
class Written:
    """A version as it was written: what it says, and what the one before it said."""

    version_id: int
    organization_id: int
    on: date
    recorded_at: datetime
    source: str
    case_id: int | None
    facts: dict[str, Any]
    before: dict[str, Any] | None

    @property
    def number(self) -> str:
        return str(self.facts.get("unified_code") or self.facts.get("filing_number") or "")


def list_written(
    asked: Asked = EVERYTHING,
    *,
    versions: Collection[int] | None = None,
    before: int | None = None,
    size: int = 50,
) -> list[Written]:
    """Return versions in the order of writing, the latest first: those that fit `asked`, or
    `versions` by id; behind an id where one is given.
    """
    earlier = version.alias("earlier")
    query = (
        select(
            version.c.id,
            version.c.organization_id,
            version.c.valid_from,
            version.c.recorded_at,
            version.c.source,
            version.c.case_id,
            version.c.facts,
            earlier.c.facts.label("before"),
        )
        .join_from(version, organization, organization.c.id == version.c.organization_id)
        .outerjoin(earlier, _is_before(earlier))
        .order_by(version.c.id.desc())
        .limit(size)
    )
    if before is not None:
        query = query.where(version.c.id < before)
    if versions is not None:
        query = query.where(version.c.id.in_(versions))
    else:
        query = query.where(*_fits(asked, version))
    return [
        Written(
            row.id,
            row.organization_id,
            row.valid_from,
            row.recorded_at,
            row.source,
            row.case_id,
            row.facts,
            row.before,
        )
        for row in db.session.execute(query)
    ]


def written_since(asked: Asked, least: int) -> Select[Any]:
    """Return the query of the versions from id `least` on that fit `asked`, or whose predecessor
    did: who follows a search is told of what leaves it as well. Columns: id, recorded_at.
    """
    earlier = version.alias("earlier")
    left = exists(select(earlier.c.id).where(_is_before(earlier), *_fits(asked, earlier)))
    fits = and_(true(), *_fits(asked, version))
    return (
        select(version.c.id, version.c.recorded_at)
        .join_from(version, organization, organization.c.id == version.c.organization_id)
        .where(version.c.id >= least, or_(fits, left))
    )


def first_written_after(moment: datetime) -> int | None:
    """Return the lowest id of the versions written since a moment, or None of none.

    Read from the newest back, so that it costs what was written since.
    """
    least: int | None = None
    while True:
        query = select(version.c.id, version.c.recorded_at).order_by(version.c.id.desc())
        if least is not None:
            query = query.where(version.c.id < least)
        rows = db.session.execute(query.limit(500)).all()
        fresh = [row.id for row in rows if row.recorded_at >= moment]
        if not fresh:
            return least
        least = min(fresh)
        if len(fresh) < len(rows):
            return least


def _is_before(earlier: Any) -> ColumnElement[bool]:
    return and_(
        earlier.c.organization_id == version.c.organization_id,
        earlier.c.number == version.c.number - 1,
    )


def _fits(asked: Asked, row: Any) -> list[ColumnElement[bool]]:
    """Return what facts of a version as it was written fit `asked`."""
    return own_conditions(asked, row) + kinds_of(asked, row, fact("status", row))

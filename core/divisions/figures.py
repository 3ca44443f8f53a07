"""Published figures of a division: population, area, what a report counted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import or_

from core import clock
from core.db import db
from core.divisions.models import Division, DivisionFact


def figure(division: Division, key: str, on: date | None = None) -> Decimal | None:
    """Return the latest figure of `key` ("population", "area_km2" …) known on a day, or None."""
    latest: Decimal | None = db.session.scalar(
        db.select(DivisionFact.value)
        .where(
            DivisionFact.division_id == division.id,
            DivisionFact.key == key,
            or_(DivisionFact.on.is_(None), DivisionFact.on <= (on or clock.today())),
        )
        .order_by(DivisionFact.on.is_(None), DivisionFact.on.desc())
        .limit(1)
    )
    return latest


def figures(division: Division, key: str) -> list[tuple[date | None, Decimal]]:
    """Return every figure of `key` with its day, the earliest first."""
    rows = db.session.execute(
        db.select(DivisionFact.on, DivisionFact.value)
        .where(DivisionFact.division_id == division.id, DivisionFact.key == key)
        .order_by(DivisionFact.on.is_not(None), DivisionFact.on)
    )
    return [(on, value) for on, value in rows]


@dataclass(frozen=True)
class Known:
    """A figure as it was published: its value, the day it is of, and who says so."""

    value: Decimal
    on: date | None
    source: str


def known(key: str, on: date | None = None) -> dict[int, Known]:
    """Return the latest figure of `key` known on a day for every division that has one, by id."""
    rows = db.session.execute(
        db.select(
            DivisionFact.division_id, DivisionFact.value, DivisionFact.on, DivisionFact.source
        )
        .where(
            DivisionFact.key == key,
            or_(DivisionFact.on.is_(None), DivisionFact.on <= (on or clock.today())),
        )
        .order_by(DivisionFact.on.is_not(None), DivisionFact.on)
    )
    return {division_id: Known(value, day, source) for division_id, value, day, source in rows}

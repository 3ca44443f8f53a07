"""Counts of the whole register: live while it is small, stored every few minutes when it is not."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, delete, func, insert, select

from core.db import atomic, db
from core.memory import remembered
from registry.organizations.listing import TABLE
from registry.organizations.models import RegisterTally

#: A register of up to so many entries is counted anew for every page.
MOST_LIVE = 10_000

KINDS = ("track", "type", "status", "street_id")

stored = cast(Table, RegisterTally.__table__)


def counts() -> tuple[Sequence[Any], bool]:
    """Return rows of track, type, status, street_id and hits, and whether they count everything."""
    kept = remembered(RegisterTally, "rows", _stored)
    if kept:
        return kept, True
    rows = remembered(RegisterTally, "live", _live)
    return rows, sum(row.hits for row in rows) < MOST_LIVE


def store() -> int:
    """Count the register and keep the counts, or none of a small one; return its size."""
    kinds = [TABLE.c[name] for name in KINDS]
    query = select(*kinds, func.count().label("hits")).group_by(*kinds)
    counted = [dict(row._mapping) for row in db.session.execute(query)]
    size = sum(int(row["hits"]) for row in counted)
    with atomic():
        db.session.execute(delete(stored))
        if size >= MOST_LIVE:
            db.session.execute(insert(stored), counted)
    return size


def _stored() -> Sequence[Any]:
    return db.session.execute(select(*(stored.c[name] for name in (*KINDS, "hits")))).all()


def _live() -> Sequence[Any]:
    columns = [TABLE.c[name] for name in KINDS]
    latest = select(*columns).order_by(TABLE.c.id.desc()).limit(MOST_LIVE).subquery()
    kinds = [latest.c[name] for name in KINDS]
    query = select(*kinds, func.count().label("hits")).group_by(*kinds)
    return db.session.execute(query).all()

"""The rows of the public list: what it shows of each organization, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Table, select

from core.accounts import Body
from core.db import db
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.organizations.listing import TABLE

_BODY = cast(Table, Body.__table__)
_COLUMNS = (
    "id", "track", "type", "status", "unified_code", "filing_number", "street_id", "founded_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One organization in the list."""

    id: int
    name: str
    track: Track
    type: OrganizationType | None
    status: OrganizationStatus
    unified_code: str | None
    filing_number: str | None
    street_id: int | None
    founded_on: date | None

    @property
    def number(self) -> str:
        return self.unified_code or self.filing_number or ""


def rows_of(ids: Sequence[int]) -> list[Row]:
    """Return the rows of `ids`, in that order."""
    query = (
        select(_BODY.c.name, *(TABLE.c[name] for name in _COLUMNS))
        .join_from(TABLE, _BODY, _BODY.c.id == TABLE.c.id)
        .where(TABLE.c.id.in_(ids))
    )
    found = {row.id: Row(**row._mapping) for row in db.session.execute(query)}
    return [found[key] for key in ids if key in found]

"""The public search of the register: part of a name, a code, a number, initials; filters, counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from unicodedata import normalize

from sqlalchemy import ColumnElement, or_, select

from core import divisions
from core.db import db
from core.errors import RuleBroken
from core.i18n import _
from core.search import fold
from core.search.index import TextIndex
from registry.organizations import codes
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.organizations.listing import TABLE, Conditions, Sort, stretch
from registry.organizations.models import Organization

INDEX = TextIndex("organization_search", TABLE.c.folded_name)

#: Counts are exact up to here; beyond, "1,000+" is said, and facets are of the latest 1,000.
COUNTED = 1000
FACETS = ("track", "type", "status", "street")
_LAST = "\U0010ffff"


def reindex(organization: Organization) -> None:
    """Bring the search index in step with the organization's name, in the same transaction.

    Called after an organization was created or renamed, once it has an id.
    """
    folded = fold(organization.name)
    INDEX.replace(organization.id, organization.folded_name or "", folded)
    organization.folded_name = folded


@dataclass(frozen=True)
class Filters:
    """What the listed organizations have in common; None and "" leave it open.

    `street` is the id or the name of a street.
    """

    track: Track | None = None
    type: OrganizationType | None = None
    status: OrganizationStatus | None = None
    street: int | str | None = None
    founded_from: date | None = None
    founded_to: date | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Raises RuleBroken("street") for a street that the district never had."""
        c = TABLE.c
        wanted = [
            (c.track, self.track),
            (c.type, self.type),
            (c.status, self.status),
            (c.street_id, self.street_id()),
        ]
        conditions = [column == value for column, value in wanted if value is not None]
        if self.founded_from:
            conditions.append(c.founded_on >= self.founded_from)
        if self.founded_to:
            conditions.append(c.founded_on <= self.founded_to)
        return conditions

    def street_id(self) -> int | None:
        if not self.street:
            return None
        if isinstance(self.street, int) or self.street.isdecimal():
            return min(int(self.street), 2**31 - 1)
        found = divisions.find_street(self.street)
        if found is None:
            raise RuleBroken(_("There is no such street."), field="street")
        return found.id


@dataclass(frozen=True)
class Page:
    """One page of the register.

    `total` is exact unless `total_is_capped`; then there are more than that. `facets` counts the
    organizations by track, type, status and street (id), each as if it were not filtered by.
    """

    items: list[Organization]
    next: str | None
    previous: str | None
    total: int
    total_is_capped: bool
    facets: dict[str, dict[Any, int]] = field(default_factory=dict)


def find(
    q: str = "",
    filters: Filters | None = None,
    *,
    sort: Sort = Sort.NEWEST,
    cursor: str | None = None,
    limit: int = 20,
    with_facets: bool = True,
) -> Page:
    """Return the page of the register at `cursor` that matches `q` and `filters`.

    `q` is a part of the name of any length, the beginning of a unified code or of a filing
    number, or the beginning of the name's initials in pinyin. The number of queries depends on
    which filters are set, never on the rows. Raises RuleBroken for a cursor or a street that is
    none.
    """
    filters = filters or Filters()
    asked = _Asked(q)
    newest = asked.newest(filters.conditions())
    where = [*filters.conditions(), *asked.conditions(newest)]
    page = stretch(sort, cursor, limit, where, asked.by_id(filters.conditions()))
    found = {
        it.id: it
        for it in db.session.scalars(select(Organization).where(Organization.id.in_(page.ids)))
    }
    return Page(
        items=[found[key] for key in page.ids if key in found],
        next=page.next,
        previous=page.previous,
        total=min(len(newest), COUNTED),
        total_is_capped=len(newest) > COUNTED,
        facets=_facets(asked, filters, newest) if with_facets else {},
    )


def _facets(asked: "_Asked", filters: Filters, newest: Sequence[Any]) -> dict[str, dict[Any, int]]:
    facets = {}
    for name in FACETS:
        rows = newest
        if getattr(filters, name):
            rows = asked.newest(replace(filters, **{name: None}).conditions())
        column = "street_id" if name == "street" else name
        counted = Counter(getattr(row, column) for row in rows[:COUNTED])
        counted.pop(None, None)
        facets[name] = dict(counted.most_common())
    return facets


class _Asked:
    """What a person typed into the search box, and how to look for it."""

    columns = (TABLE.c.id, TABLE.c.track, TABLE.c.type, TABLE.c.status, TABLE.c.street_id)

    def __init__(self, written: str) -> None:
        self.query = fold(written)
        self.ranges: list[ColumnElement[bool]] = []
        plain = "".join(normalize("NFKC", written).replace("\0", "").split())
        if self.query.isascii() and self.query.isalnum():
            code = codes.clean(written)
            self.ranges.append(_begins(TABLE.c.unified_code, code))
            if not code.isdecimal():
                self.ranges.append(_begins(TABLE.c.name_initials, code))
        if any(character.isdecimal() for character in self.query):
            self.ranges.append(_begins(TABLE.c.filing_number, plain))

    @property
    def by_name_only(self) -> bool:
        return bool(self.query) and not self.ranges

    def newest(self, where: Conditions) -> Sequence[Any]:
        """Return the latest hits, one more than are counted; not all the latest where the query
        may also be a code, a number or initials.
        """
        limit = COUNTED + 1
        if not self.query:
            query = select(*self.columns).where(*where).order_by(TABLE.c.id.desc())
            return db.session.execute(query.limit(limit)).all()
        named = INDEX.hits(self.query, *self.columns, where=where, limit=limit)
        rows = db.session.execute(named).all()
        if not self.ranges:
            return rows
        found = {row.id: row for row in rows}
        for condition in self.ranges:
            query = select(*self.columns).where(condition, *where).limit(limit)
            found |= {row.id: row for row in db.session.execute(query)}
        return sorted(found.values(), key=lambda row: -row.id)[:limit]

    def conditions(self, newest: Sequence[Any]) -> list[ColumnElement[bool]]:
        """Return what to add to the filters so that a scan in any order finds the same."""
        if not self.query:
            return []
        if len(newest) <= COUNTED:
            return [TABLE.c.id.in_([row.id for row in newest])]
        # So many hits lie close together in any order: comparing row by row finds a page soon.
        return [or_(INDEX.contains(self.query), *self.ranges)]

    def by_id(self, where: Conditions) -> Any:
        """Return the quick way through the order of entry, where there is one."""
        if not self.by_name_only:
            return None

        def ids(beyond: int | None, newest_first: bool, limit: int) -> Sequence[int]:
            query = INDEX.hits(
                self.query,
                TABLE.c.id,
                where=where,
                limit=limit,
                beyond=beyond,
                newest_first=newest_first,
            )
            return db.session.scalars(query).all()

        return ids


def _begins(column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Return the condition of beginning with `text`, as a range that an index can read."""
    return (column >= text) & (column < text + _LAST)

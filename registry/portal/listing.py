"""The list of the register: a page of it by key, how many there are, and counts beside filters.

Counts are capped: counting every hit of a common word in a national register takes longer than
anybody waits. What is capped says so.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, func, select

from core.accounts import Body
from core.db import db
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.portal import tally
from registry.portal.filters import Filters
from registry.portal.keyset import Cursor
from registry.portal.question import KEYS, Question, organization

#: A list longer than this says "more than".
MOST_COUNTED = 1000
#: Counts beside filters are of so many of the latest hits at most.
MOST_SAMPLED = 5_000

FACETS = ("track", "type", "status", "street")

body = cast(Table, Body.__table__)


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Count:
    """How many entries a choice has; `at_least` where not all were counted."""

    value: Any
    number: int
    at_least: bool


@dataclass(frozen=True)
class Listing:
    """A page of the list: its rows, the cursors beside it, the total, the counts by facet."""

    rows: Sequence[Row]
    previous: Cursor | None
    next: Cursor | None
    total: int
    total_is_capped: bool
    facets: dict[str, list[Count]]


def find(filters: Filters, *, after: Cursor | None = None, before: Cursor | None = None) -> Listing:
    """Return a page of what `filters` ask for, behind or in front of a cursor."""
    question = Question.of(filters)
    found = question.page(after, before)
    total = _total(question)
    return Listing(
        rows=rows_of([key for key, _value in found.places]),
        previous=found.previous,
        next=found.next,
        total=min(total, MOST_COUNTED),
        total_is_capped=total > MOST_COUNTED,
        facets=_facets(question),
    )


def rows_of(ids: Sequence[int]) -> list[Row]:
    """Return the rows of `ids`, in that order."""
    names = ("id", "track", "type", "status", "unified_code", "filing_number", "street_id")
    columns = [organization.c[name] for name in (*names, "founded_on")]
    query = (
        select(body.c.name, *columns)
        .join_from(organization, body, body.c.id == organization.c.id)
        .where(organization.c.id.in_(ids))
    )
    found = {row.id: Row(**row._mapping) for row in db.session.execute(query)}
    return [found[key] for key in ids if key in found]


def everything(filters: Filters, names: Sequence[str]) -> Select[Any]:
    """Return the query for the name and the columns `names` of all that `filters` ask for."""
    column, falling = KEYS[filters.sort]
    keys = [organization.c.id] if column is None else [column, organization.c.id]
    order: list[ColumnElement[Any]] = [key.desc() if falling else key.asc() for key in keys]
    if column is not None:
        order.insert(0, column.is_(None))
    return (
        select(body.c.name, *(organization.c[name] for name in names))
        .join_from(organization, body, body.c.id == organization.c.id)
        .where(*Question.of(filters).conditions())
        .order_by(*order)
    )


def _total(question: Question) -> int:
    """Return how many there are, but never more than one above what is counted."""
    counted = question.latest([organization.c.id], MOST_COUNTED + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(counted)) or 0


def _facets(question: Question) -> dict[str, list[Count]]:
    """Return the counts of every facet, each as if nothing were chosen in it."""
    as_asked: tuple[Sequence[Any], bool] | None = None
    facets = {}
    for facet in FACETS:
        if getattr(question.filters, facet) is None:
            as_asked = as_asked or _hits_by_kind(question)
            facets[facet] = _counts(facet, *as_asked)
        else:
            unchosen: dict[str, Any] = {facet: None}
            wider = Question(replace(question.filters, **unchosen), question.exact)
            facets[facet] = _counts(facet, *_hits_by_kind(wider))
    return facets


def _counts(facet: str, rows: Sequence[Any], whole: bool) -> list[Count]:
    numbers: Counter[Any] = Counter()
    for row in rows:
        value = row.street_id if facet == "street" else getattr(row, facet)
        if value is not None:
            numbers[value] += row.hits
    return [
        Count(value, min(number, MOST_COUNTED), not whole or number > MOST_COUNTED)
        for value, number in numbers.items()
    ]


def _hits_by_kind(question: Question) -> tuple[Sequence[Any], bool]:
    """Return counts by track, type, status and street, and whether every hit is in them."""
    if question.is_plain:
        return _told(question.filters)
    columns = [organization.c[name] for name in tally.KINDS]
    latest = question.latest(columns, MOST_SAMPLED).subquery()
    kinds = [latest.c[name] for name in tally.KINDS]
    query = select(*kinds, func.count().label("hits")).group_by(*kinds)
    rows = db.session.execute(query).all()
    return rows, sum(row.hits for row in rows) < MOST_SAMPLED


def _told(asked: Filters) -> tuple[Sequence[Any], bool]:
    """Return those counts of the whole register that `asked` does not leave out."""
    rows, whole = tally.counts()
    pairs = (
        (asked.track, "track"),
        (asked.type, "type"),
        (asked.status, "status"),
        (asked.street, "street_id"),
    )
    wanted = [(value, name) for value, name in pairs if value is not None]
    return [row for row in rows if all(getattr(row, n) == v for v, n in wanted)], whole

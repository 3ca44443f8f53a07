"""The list of the register: a page of it by key, how many there are, and counts beside filters.

Counts are capped: counting every hit of a common word in a national register takes longer than
anybody waits. What is capped says so.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import eq, ge, le
from typing import Any, cast
from unicodedata import normalize

from sqlalchemy import ColumnElement, Select, Table, func, or_, select

from core.accounts import Body
from core.db import db
from core.search import fold
from registry.organizations import codes
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.organizations.models import Organization
from registry.organizations.search import INDEX
from registry.portal.filters import Filters, Sort
from registry.portal.keyset import Cursor, Stretch, stretch

Compare = Callable[[ColumnElement[Any], Any], Any]

#: A list longer than this says "more than".
MOST_COUNTED = 1000
#: Counts beside filters are of so many of the latest entries at most.
MOST_SAMPLED = 10_000

FACETS = ("track", "type", "status", "street")

organization = cast(Table, Organization.__table__)
body = cast(Table, Body.__table__)

KEYS = {
    Sort.NEWEST: (None, True),
    Sort.NAME: (organization.c.name_pinyin, False),
    Sort.NAME_DOWN: (organization.c.name_pinyin, True),
    Sort.FOUNDED: (organization.c.founded_on, False),
    Sort.FOUNDED_DOWN: (organization.c.founded_on, True),
}


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
    wanted = _Wanted(filters, _with_number(filters.q) if filters.q else None)
    found = wanted.page(after, before)
    total = wanted.count()
    return Listing(
        rows=rows_of([key for key, _value in found.places]),
        previous=found.previous,
        next=found.next,
        total=min(total, MOST_COUNTED),
        total_is_capped=total > MOST_COUNTED,
        facets={name: wanted.counts(name) for name in FACETS},
    )


def everything(filters: Filters, names: Sequence[str]) -> Select[Any]:
    """Return the query for the name and the columns `names` of all that `filters` ask for."""
    wanted = _Wanted(filters, _with_number(filters.q) if filters.q else None)
    column, falling = KEYS[filters.sort]
    keys = [organization.c.id] if column is None else [column, organization.c.id]
    order: list[ColumnElement[Any]] = [key.desc() if falling else key.asc() for key in keys]
    if column is not None:
        order.insert(0, column.is_(None))
    return (
        select(body.c.name, *(organization.c[name] for name in names))
        .join_from(organization, body, body.c.id == organization.c.id)
        .where(*wanted.conditions())
        .order_by(*order)
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


class _Wanted:
    """One question to the register. Words are resolved once: exact numbers before names."""

    def __init__(self, filters: Filters, exact: int | None) -> None:
        self.filters = filters
        self.words = filters.q if fold(filters.q) else ""
        self.exact = exact
        self._sampled: list[Any] | None = None

    @property
    def by_index(self) -> bool:
        """Whether the words are looked up in names only, so that the index keeps the order."""
        return bool(self.words) and self.exact is None and not _is_latin(self.words)

    def page(self, after: Cursor | None, before: Cursor | None) -> Stretch:
        column, falling = KEYS[self.filters.sort]
        newest_by_index = column is None and self.by_index

        def read(
            where: Sequence[ColumnElement[bool]],
            order: Sequence[ColumnElement[Any]],
            turned: bool,
            beyond: int | None,
            limit: int,
        ) -> Sequence[Any]:
            columns = [organization.c.id, *([column] if column is not None else [])]
            if newest_by_index:
                hits = INDEX.hits(
                    self.words, organization.c.id, where=self._where(), limit=limit,
                    beyond=beyond, newest_first=falling is not turned,
                )  # fmt: skip
                return db.session.execute(hits).all()
            query = select(*columns).where(*self.conditions(), *where)
            return db.session.execute(query.order_by(*order).limit(limit)).all()

        return stretch(
            read,
            key=organization.c.id,
            column=column,
            falling=falling,
            size=self.filters.size,
            after=after,
            before=before,
        )

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what every hit fulfils."""
        return [*self._where(), *self._words()]

    def count(self) -> int:
        """Return how many there are, but never more than one above what is counted."""
        counted = self._latest([organization.c.id], MOST_COUNTED + 1).subquery()
        return db.session.scalar(select(func.count()).select_from(counted)) or 0

    def counts(self, facet: str) -> list[Count]:
        """Return the counts of `facet`, as if nothing were chosen in it."""
        if getattr(self.filters, facet) is None:
            if self._sampled is None:
                self._sampled = self._sample()
            sampled = self._sampled
        else:
            nothing_chosen: dict[str, Any] = {facet: None}
            sampled = _Wanted(replace(self.filters, **nothing_chosen), self.exact)._sample()
        whole = sum(row.hits for row in sampled) < MOST_SAMPLED
        numbers: Counter[Any] = Counter()
        for row in sampled:
            value = row.street_id if facet == "street" else getattr(row, facet)
            if value is not None:
                numbers[value] += row.hits
        return [
            Count(value, min(number, MOST_COUNTED), not whole or number > MOST_COUNTED)
            for value, number in numbers.items()
        ]

    def _sample(self) -> list[Any]:
        names = ("track", "type", "status", "street_id")
        latest = self._latest([organization.c[name] for name in names], MOST_SAMPLED).subquery()
        kinds = [latest.c[name] for name in names]
        query = select(*kinds, func.count().label("hits")).group_by(*kinds)
        return list(db.session.execute(query))

    def _latest(self, columns: Sequence[ColumnElement[Any]], limit: int) -> Select[Any]:
        """Return the query for `columns` of up to `limit` hits, the latest entries first."""
        if self.by_index:
            return INDEX.hits(self.words, *columns, where=self._where(), limit=limit)
        query = select(*columns).where(*self.conditions())
        return query.order_by(organization.c.id.desc()).limit(limit)

    def _where(self) -> list[ColumnElement[bool]]:
        asked, own = self.filters, organization.c
        compared: tuple[tuple[Any, ColumnElement[Any], Compare], ...] = (
            (asked.track, own.track, eq),
            (asked.type, own.type, eq),
            (asked.status, own.status, eq),
            (asked.street, own.street_id, eq),
            (asked.founded_from, own.founded_on, ge),
            (asked.founded_to, own.founded_on, le),
        )
        return [compare(column, it) for it, column, compare in compared if it is not None]

    def _words(self) -> list[ColumnElement[bool]]:
        if not self.words:
            return []
        if self.exact is not None:
            return [organization.c.id == self.exact]
        named = INDEX.condition(self.words, organization.c.id)
        if not _is_latin(self.words):
            return [named]
        letters = fold(self.words).upper()
        return [
            or_(
                named,
                organization.c.name_initials.contains(letters, autoescape=True),
                organization.c.unified_code.startswith(letters, autoescape=True),
            )
        ]


def _with_number(words: str) -> int | None:
    """Return the id of the organization whose code or filing number `words` are, or None."""
    spellings = {words, normalize("NFKC", words)}
    return db.session.scalar(
        select(organization.c.id)
        .where(
            (organization.c.unified_code == codes.clean(words))
            | organization.c.filing_number.in_(spellings)
        )
        .order_by(organization.c.id)
        .limit(1)
    )


def _is_latin(words: str) -> bool:
    """Return whether `words` may be pinyin initials or the beginning of a code."""
    folded = fold(words)
    return folded.isascii() and folded.isalnum() and len(folded) > 1

"""The orders in which the register is listed, and one page of it in any of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, and_, or_, select

from core.db import db
from core.i18n import _l
from core.search.paging import Cursor, read_cursor
from registry.organizations.models import Organization

TABLE = cast(Table, Organization.__table__)
Conditions = Sequence[ColumnElement[bool]]


class Sort(StrEnum):
    """The orders of the list. A minus turns one round."""

    NEWEST = "newest"
    NAME = "name"
    NAME_DOWN = "-name"
    FOUNDED = "founded"
    FOUNDED_DOWN = "-founded"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    Sort.NEWEST: _l("Latest entries first"),
    Sort.NAME: _l("By name, A to Z"),
    Sort.NAME_DOWN: _l("By name, Z to A"),
    Sort.FOUNDED: _l("Founded, oldest first"),
    Sort.FOUNDED_DOWN: _l("Founded, newest first"),
}


@dataclass(frozen=True)
class Order:
    """A column and the id behind it. Where the column may be empty, those rows come last."""

    column: ColumnElement[Any]
    kinds: tuple[type, ...]
    descending: bool
    may_be_empty: bool = False

    @property
    def key(self) -> tuple[ColumnElement[Any], ...]:
        return (TABLE.c.id,) if self.column is TABLE.c.id else (self.column, TABLE.c.id)


ORDERS = {
    Sort.NEWEST: Order(TABLE.c.id, (int,), descending=True),
    Sort.NAME: Order(TABLE.c.name_pinyin, (str, int), descending=False),
    Sort.NAME_DOWN: Order(TABLE.c.name_pinyin, (str, int), descending=True),
    Sort.FOUNDED: Order(TABLE.c.founded_on, (date, int), descending=False, may_be_empty=True),
    Sort.FOUNDED_DOWN: Order(TABLE.c.founded_on, (date, int), descending=True, may_be_empty=True),
}


@dataclass(frozen=True)
class Stretch:
    """The keys of one page in order, and whether there is more on either side."""

    keys: list[tuple[Any, ...]]
    before: bool
    behind: bool

    @property
    def ids(self) -> list[int]:
        return [key[-1] for key in self.keys]

    @property
    def next(self) -> str | None:
        """The cursor of the following page, or None at the end."""
        return Cursor(self.keys[-1]).written() if self.behind and self.keys else None

    @property
    def previous(self) -> str | None:
        """The cursor of the page before, or None at the beginning."""
        return Cursor(self.keys[0], False).written() if self.before and self.keys else None


#: Returns up to so many ids in the order of entry, beyond an id, the newest first or last.
ById = Callable[[int | None, bool, int], Sequence[int]]


def stretch(
    sort: Sort,
    written: str | None,
    size: int,
    where: Callable[[], Conditions],
    by_id: ById | None = None,
) -> Stretch:
    """Return the page at the cursor `written` of what satisfies the conditions `where` returns.

    Costs the same anywhere in the list. `by_id` answers the order of entry where something
    faster than a scan is known; `where` is not asked then. Raises RuleBroken("cursor").
    """
    order = ORDERS[sort]
    cursor = read_cursor(written, order.kinds)
    forwards = cursor is None or cursor.forwards
    beyond = cursor.key if cursor else None
    if sort is Sort.NEWEST and by_id is not None:
        ids = by_id(beyond[0] if beyond else None, forwards, size + 1)
        found: list[tuple[Any, ...]] = [(it,) for it in ids]
    else:
        found = _walk(order, beyond, forwards, size + 1, where())
    more = len(found) > size
    found = found[:size]
    if not forwards:
        return Stretch(found[::-1], before=more, behind=True)
    return Stretch(found, before=cursor is not None, behind=more)


def _walk(
    order: Order, beyond: tuple[Any, ...] | None, forwards: bool, size: int, where: Conditions
) -> list[tuple[Any, ...]]:
    """Return up to `size` keys in one direction: those with the column first, then those without."""
    parts = [False, True] if order.may_be_empty else [False]
    if not forwards:
        parts.reverse()
    if beyond is not None and order.may_be_empty:
        parts = parts[parts.index(beyond[0] is None) :]
    found: list[tuple[Any, ...]] = []
    for empty in parts:
        if len(found) < size:
            inside = beyond if beyond is not None and (beyond[0] is None) == empty else None
            query = _part(order, empty, inside, order.descending is forwards).where(*where)
            found += map(tuple, db.session.execute(query.limit(size - len(found))))
    return found


def _part(
    order: Order, empty: bool, beyond: tuple[Any, ...] | None, descending: bool
) -> Select[Any]:
    key = (TABLE.c.id,) if empty else order.key
    query = select(*order.key).order_by(*((c.desc() if descending else c.asc()) for c in key))
    if order.may_be_empty:
        query = query.where(order.column.is_(None) if empty else order.column.is_not(None))
    if beyond is not None:
        query = query.where(_behind(key, beyond[-len(key) :], descending))
    return query


def _behind(
    key: Sequence[ColumnElement[Any]], values: Sequence[Any], descending: bool
) -> ColumnElement[bool]:
    def beyond(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
        further: ColumnElement[bool] = column < value if descending else column > value
        return further

    if len(key) == 1:
        return beyond(key[0], values[0])
    first, last = key
    # The first half is what an index begins to read at; the second leaves out what was shown.
    edge = first <= values[0] if descending else first >= values[0]
    return and_(edge, or_(beyond(first, values[0]), beyond(last, values[1])))

"""Pages of a list by key in both directions, for a sort column that may be empty.

What has no value stands at the end, whichever way the list is sorted.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy import Column, ColumnElement, and_, or_


@dataclass(frozen=True)
class Cursor:
    """A place in a list: the value sorted by (None where the row has none) and the row's id."""

    value: Any
    id: int

    def __str__(self) -> str:
        """As a word for an address."""
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        text = json.dumps([value, self.id], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(word: str | None, kind: type | None) -> Cursor | None:
    """Return the place that `word` names; None for none, or for one that is not of this list.

    `kind` is the type of the value sorted by: date, str, or None for a list sorted by id.
    """
    if not word:
        return None
    try:
        padded = word + "=" * (-len(word) % 4)
        value, key = json.loads(base64.urlsafe_b64decode(padded.encode()))
        if type(key) is not int or not 0 <= key < 2**31:
            return None
        if kind is date and value is not None:
            return Cursor(date.fromisoformat(value), key)
        if value is not None and (kind is None or type(value) is not kind):
            return None
        return Cursor(value, key)
    except (ValueError, TypeError, binascii.Error):
        return None


@dataclass(frozen=True)
class Stretch:
    """Places in the order of the list, and the cursors of the pages beside it."""

    places: Sequence[tuple[int, Any]]
    previous: Cursor | None
    next: Cursor | None


class Read(Protocol):
    def __call__(
        self,
        where: Sequence[ColumnElement[bool]],
        order: Sequence[ColumnElement[Any]],
        turned: bool,
        beyond: int | None,
        limit: int,
    ) -> Sequence[Any]:
        """Return up to `limit` rows (id and, where sorted by one, the value) in `order`.

        `turned` says that the list is read backwards; `beyond` is the id to go on from in a list
        sorted by id alone.
        """


def stretch(
    read: Read,
    *,
    key: ColumnElement[int],
    column: Column[Any] | None,
    falling: bool,
    size: int,
    after: Cursor | None,
    before: Cursor | None,
) -> Stretch:
    """Return up to `size` places behind `after`, or in front of `before`, or from the start."""
    turned = before is not None
    cursor = before or after
    down = falling is not turned
    found: list[tuple[int, Any]] = []
    for where, order, beyond in _segments(key, column, down, turned, cursor):
        rows = read(where, order, turned, beyond, size + 1 - len(found))
        found += [(row[0], row[1] if column is not None else None) for row in rows]
        if len(found) > size:
            break
    more = len(found) > size
    places = found[:size][::-1] if turned else found[:size]
    if not places:
        return Stretch([], None, None)
    first, last = (Cursor(places[end][1], places[end][0]) for end in (0, -1))
    return Stretch(
        places,
        previous=first if (more if turned else after is not None) else None,
        next=last if (turned or more) else None,
    )


Segment = tuple[list[ColumnElement[bool]], list[ColumnElement[Any]], int | None]


def _segments(
    key: ColumnElement[int],
    column: Column[Any] | None,
    down: bool,
    turned: bool,
    cursor: Cursor | None,
) -> list[Segment]:
    """Return the parts of the list to read in turn, from the cursor on: valued, then empty."""

    def step(it: ColumnElement[Any]) -> ColumnElement[Any]:
        return it.desc() if down else it.asc()

    def beyond(it: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
        further: ColumnElement[bool] = it < value if down else it > value
        return further

    behind = [beyond(key, cursor.id)] if cursor else []
    if column is None:
        return [(behind, [step(key)], cursor.id if cursor else None)]
    valued: Segment = ([column.is_not(None)], [step(column), step(key)], None)
    empty: Segment = ([column.is_(None)], [step(key)], None)
    if cursor is None:
        return [valued, empty] if column.nullable else [valued]
    if cursor.value is None:
        here: Segment = ([*empty[0], *behind], empty[1], None)
        return [here, valued] if turned else [here]
    behind_value = or_(
        beyond(column, cursor.value), and_(column == cursor.value, beyond(key, cursor.id))
    )
    there: Segment = ([*valued[0], behind_value], valued[1], None)
    return [there] if turned or not column.nullable else [there, empty]

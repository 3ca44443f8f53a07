"""Pages of a long list by key, not by number: page 10,000 costs what the first one costs."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

from core.db import db
from core.errors import RuleBroken
from core.i18n import _

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """A stretch of a list. `next` is the cursor of the following page, None at the end."""

    items: Sequence[T]
    next: str | None


@dataclass(frozen=True)
class Pager:
    """What the pagination macro asks for: where the neighbours are, and how many there are in all."""

    previous_url: str | None
    next_url: str | None
    total: int
    total_is_capped: bool = False


@dataclass(frozen=True)
class Order:
    """What a list is sorted by: columns that are never empty, the last of them unique."""

    columns: tuple[InstrumentedAttribute[Any], ...]
    newest_first: bool = True

    def sorted(self, query: Select[Any]) -> Select[Any]:
        """Return `query` in this order."""
        return query.order_by(*(c.desc() if self.newest_first else c.asc() for c in self.columns))

    def after(self, cursor: str) -> ColumnElement[bool]:
        """Return the condition of standing behind `cursor`. Raises RuleBroken("cursor")."""
        values = self.read(cursor)
        steps = []
        for i, column in enumerate(self.columns):
            level = [c == v for c, v in zip(self.columns[:i], values[:i], strict=True)]
            beyond = column < values[i] if self.newest_first else column > values[i]
            steps.append(and_(*level, beyond))
        # The first condition says no more than the others, but lets an index begin at the cursor.
        first = self.columns[0]
        begun = first <= values[0] if self.newest_first else first >= values[0]
        return and_(begun, or_(*steps))

    def cursor_of(self, row: Any) -> str:
        """Return the place of `row` in the list as an opaque word for an address."""
        values = [getattr(row, column.key) for column in self.columns]
        words = [v.isoformat() if isinstance(v, date) else v for v in values]
        text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def read(self, cursor: str) -> list[Any]:
        """Return the values of the columns at `cursor`. Raises RuleBroken("cursor")."""
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            words = json.loads(base64.urlsafe_b64decode(padded.encode()))
            if not isinstance(words, list) or len(words) != len(self.columns):
                raise ValueError
            return [_revive(w, _kind(c)) for w, c in zip(words, self.columns, strict=True)]
        except (ValueError, TypeError, binascii.Error):
            raise RuleBroken(_("This page address is incomplete."), field="cursor") from None


def _kind(column: InstrumentedAttribute[Any]) -> type:
    """Return the type of a column's values; a decorated type says only what is below it."""
    plain = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return plain.python_type


def _revive(word: Any, kind: type) -> Any:
    if issubclass(kind, date):
        moment = kind.fromisoformat(word)
        if isinstance(moment, datetime) and moment.tzinfo is None:
            raise ValueError
        return moment
    if type(word) is not kind and not (issubclass(kind, str) and isinstance(word, str)):
        raise ValueError
    if isinstance(word, int) and abs(word) >= 2**63:
        raise ValueError
    if isinstance(word, str) and ("\0" in word or not word.isprintable()):
        raise ValueError  # no database holds it
    return word


def page_of(query: Select[T], order: Order, *, size: int, after: str | None) -> Page[T]:
    """Return up to `size` rows of `query` in `order` behind the cursor `after`.

    Raises RuleBroken("cursor") for a cursor that is not of this list.
    """
    if after:
        query = query.where(order.after(after))
    rows = db.session.scalars(order.sorted(query).limit(size + 1)).all()
    more = len(rows) > size
    return Page(rows[:size], order.cursor_of(rows[size - 1]) if more else None)

"""Typed columns, and how a value of each type is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core import clock
from core.errors import Words
from core.ui import label

#: What a spreadsheet takes for a formula when it stands first in a cell (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Kind(StrEnum):
    """What a column holds; decides how a file says it."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    LABEL = "label"


@dataclass(frozen=True)
class Column:
    """One column: its heading, where its value comes from, and of what kind it is.

    `value` is the name of an attribute or key of the row, or a function of the row.
    LABEL is for enum members and yes/no, written in the reader's words.
    """

    heading: Words
    value: str | Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    width: int | None = None

    def of(self, row: Any) -> Any:
        """Return the value in `row` in its own type; None where there is none."""
        if callable(self.value):
            found = self.value(row)
        elif isinstance(row, dict):
            found = row.get(self.value)
        else:
            found = getattr(row, self.value)
        if found is not None and self.kind is Kind.LABEL:
            return label(found)
        return found


def as_text(value: Any, kind: Kind) -> str:
    """Return a value as a CSV cell: plain numbers, ISO days, office time, harmless text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if kind is Kind.MONEY:
        return f"{Decimal(value):.2f}"
    if kind is Kind.NUMBER:
        return str(value)
    return harmless(str(value))


def harmless(text: str) -> str:
    """Return `text` so that no spreadsheet runs it: a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

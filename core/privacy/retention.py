"""The table of how long personal data are kept, and the sweep that goes by it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import audit, clock, policy
from core.accounts import SYSTEM
from core.db import atomic
from core.errors import Words
from core.policy import Policy


@dataclass(frozen=True)
class Retention:
    """One line of the table. Without `days` it is kept for good, and `basis` says why.

    `sweep(before)` takes away what has been due since before that moment, in the running
    transaction, and returns how many records it changed.
    """

    key: str
    what: Words
    basis: Words
    end: Words
    days: Policy[int] | None = None
    sweep: Callable[[datetime], int] | None = None

    def __post_init__(self) -> None:
        if (self.days is None) != (self.sweep is None):
            raise ValueError(f"{self.key}: what ends needs a time and a sweep, or neither")

    @property
    def spoken(self) -> str:
        """How long, in the reader's words; empty for what is kept for good."""
        return policy.spoken(self.days.key) if self.days else ""


_table: dict[str, Retention] = {}


def keep_for(*lines: Retention) -> None:
    """Add lines to the table. Raises ValueError where another line has the key already."""
    for line in lines:
        if _table.setdefault(line.key, line) is not line:
            raise ValueError(f"two retention times are called {line.key}")


def table() -> list[Retention]:
    """Return the whole table, in the order of declaration."""
    return list(_table.values())


def field_on_record(key: str) -> audit.Field | None:
    """Return what the record of actions calls a line of the table that was swept."""
    return audit.Field(_table[key].what) if key in _table else None


class _OnlyAsking(Exception):
    """Undoes a sweep that was only to be counted."""


def sweep(*, only_count: bool = False) -> dict[str, int]:
    """Take away what has been kept long enough, line by line; return how much of each.

    `only_count` undoes it all again.
    """
    found: dict[str, int] = {}
    for line in table():
        if line.sweep is None or line.days is None:
            continue
        before = clock.now() - timedelta(days=policy.value(line.days))
        try:
            with atomic():
                found[line.key] = line.sweep(before)
                if only_count:
                    raise _OnlyAsking
                if found[line.key]:
                    changes = {line.key: [found[line.key], 0]}
                    audit.record("privacy:sweep", by=SYSTEM, changes=changes)
        except _OnlyAsking:
            continue
    return found

"""When silence becomes dormancy."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.calendar.rules import add_months


@dataclass(frozen=True)
class Silence:
    """How long a group has been silent, and what follows when.

    Without a sign of life until `falls_on` it is dormant from the next day; `warned_on` and `last_on`
    are the days from which it is told so.
    """

    since: date
    falls_on: date
    warned_on: date
    last_on: date


def silence(since: date, *, years: int, first: int, last: int) -> Silence:
    """Return what follows from a last sign of life on `since`; `first` and `last` are days."""
    falls_on = add_months(since, 12 * years)
    return Silence(
        since, falls_on, falls_on - timedelta(days=first), falls_on - timedelta(days=last)
    )

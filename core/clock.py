"""The only place that asks the machine what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")

_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _stopped.get() or datetime.now(UTC)


def today() -> date:
    """Return the day it is at the office (Asia/Shanghai)."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """Return `moment` as the office's wall clock shows it."""
    return moment.astimezone(OFFICE_ZONE)


def end_of_day(day: date) -> datetime:
    """Return the first moment (UTC) at which `day` is over at the office."""
    midnight = datetime.combine(day + timedelta(days=1), time(), OFFICE_ZONE)
    return midnight.astimezone(UTC)


def start_of_day(day: date) -> datetime:
    """Return the first moment (UTC) of `day` at the office."""
    return datetime.combine(day, time(), OFFICE_ZONE).astimezone(UTC)


def last_day_before(moment: datetime) -> date:
    """Return the last whole day before `moment`: the day a deadline is named by."""
    return local(moment - timedelta(microseconds=1)).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` inside the block: for tests and for the demo's past."""
    token = _stopped.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(token)

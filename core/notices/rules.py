"""When a notice is open, and what it is at a moment."""

from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from core import clock
from core.i18n import _l


class Period(Protocol):
    """What the rules need to know of a notice."""

    published_at: datetime
    objections_until: date | None
    withdrawn_at: datetime | None


class NoticeStatus(StrEnum):
    """What a notice is at a moment; follows from its dates and is never stored."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(_LABELS[self])

    @property
    def tone(self) -> str:
        return {"open": "blue", "withdrawn": "red"}.get(self.value, "grey")


_LABELS = {
    NoticeStatus.ANNOUNCED: _l("Announced"),
    NoticeStatus.OPEN: _l("Open for objections"),
    NoticeStatus.CLOSED: _l("Period ended"),
    NoticeStatus.WITHDRAWN: _l("Withdrawn"),
}


def status_at(notice: Period, at: datetime) -> NoticeStatus:
    """Return what `notice` is at the moment `at`. The last day of its period counts in full."""
    if notice.withdrawn_at is not None and notice.withdrawn_at <= at:
        return NoticeStatus.WITHDRAWN
    if notice.objections_until is None:
        return NoticeStatus.ANNOUNCED
    if at < clock.end_of_day(notice.objections_until):
        return NoticeStatus.OPEN
    return NoticeStatus.CLOSED


def is_open_for_objections(notice: Period, at: datetime) -> bool:
    """Return whether an objection may be raised at `at`: the one test of form and action."""
    return notice.published_at <= at and status_at(notice, at) is NoticeStatus.OPEN

"""Days that differ from Monday to Friday, as the State Council announces them year by year."""

from datetime import date
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Model, enum_column
from core.i18n import _l


class DayKind(StrEnum):
    """What the announcement makes of a day."""

    HOLIDAY = "holiday"
    WORKING = "working"

    @property
    def label(self) -> str:
        return str(DAY_KIND_LABELS[self])


DAY_KIND_LABELS = {
    DayKind.HOLIDAY: _l("Day off"),
    DayKind.WORKING: _l("Make-up working day"),
}


class CalendarDay(Model):
    """One day of an imported plan. It stands above what the package or the weekday says."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[DayKind] = mapped_column(enum_column(DayKind, "calendar_day_kind"))
    name: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(200))

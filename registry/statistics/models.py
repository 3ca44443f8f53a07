"""Tables of statistics: counts kept of a large register, and the monthly reports."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.db import JsonDict, Model
from core.documents import Instrument


class StoredFigures(Model):
    """The counts of a register too large to be counted for every visitor."""

    __tablename__ = "statistics_stored"

    until: Mapped[date] = mapped_column(primary_key=True)
    counted_at: Mapped[datetime] = mapped_column(default=clock.now)
    figures: Mapped[JsonDict]


class StatisticsReport(Model):
    """The report of one month, which is issued once: `month` is its first day."""

    __tablename__ = "statistics_report"

    month: Mapped[date] = mapped_column(primary_key=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"), unique=True)
    instrument: Mapped[Instrument] = relationship()

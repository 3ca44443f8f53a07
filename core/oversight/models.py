"""The table of reminders: each deadline is reminded of once."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.db import Model


class DeadlineReminder(Model):
    """A deadline that its holder was reminded of. A deadline that moves is another one."""

    __tablename__ = "deadline_reminder"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)

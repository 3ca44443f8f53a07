"""Tables of runs and of the processes that make them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Model, enum_column


class Outcome(StrEnum):
    """What became of a run."""

    DONE = "done"
    FAILED = "failed"


class JobRun(Model):
    """One slot of one job: the row is the claim. Without `finished_at` it is running, or died."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(String(80), primary_key=True)
    slot: Mapped[datetime] = mapped_column(primary_key=True)
    claimed_at: Mapped[datetime]
    claimed_by: Mapped[str] = mapped_column(String(100))
    attempts: Mapped[int] = mapped_column(default=1)
    finished_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome, "job_outcome"))
    result: Mapped[str] = mapped_column(Text, default="")
    error: Mapped[str] = mapped_column(Text, default="")


class JobRunner(Model):
    """A process that runs jobs, and when it last said so."""

    __tablename__ = "job_runner"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]

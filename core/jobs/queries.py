"""What is due, what ran, and who is running."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_

from core import clock
from core.db import db
from core.jobs.declaration import Job, declared
from core.jobs.models import JobRun, JobRunner, Outcome

#: A run that raised is tried again after this, so many times in all.
RETRY_AFTER = timedelta(minutes=5)
ATTEMPTS = 3
#: A process that runs jobs says so every quarter of a minute; silent for this long, there is none.
SILENT_AFTER = timedelta(minutes=2)
#: Slots made up for at once; more would hold up the present.
CATCH_UP_AT_MOST = 400


def is_runnable(run: JobRun | None, lease: timedelta, at: datetime) -> bool:
    """Return whether a slot may be claimed at `at`: unclaimed, died, or failed a while ago."""
    if run is None:
        return True
    if run.finished_at is None:
        return run.claimed_at + lease <= at
    if run.outcome is Outcome.FAILED:
        return run.attempts < ATTEMPTS and run.finished_at + RETRY_AFTER <= at
    return False


def due_slots(job: Job) -> list[datetime]:
    """Return the slots of `job` that should run now, oldest first."""
    at = clock.now()
    latest = job.schedule.latest(at)
    slots = _missed(job, latest) if job.catch_up else [latest]
    claimed = db.session.scalars(
        db.select(JobRun).where(JobRun.job == job.name, JobRun.slot.in_(slots))
    )
    runs: dict[datetime, JobRun] = {run.slot: run for run in claimed}
    return [slot for slot in slots if is_runnable(runs.get(slot), job.lease, at)]


def _missed(job: Job, latest: datetime) -> list[datetime]:
    """Return every slot that was not done: those begun in vain, and those since the last begun."""
    begun = db.session.scalar(
        db.select(db.func.max(JobRun.slot)).where(JobRun.job == job.name, JobRun.slot <= latest)
    )
    if begun is None:
        return [latest]
    in_vain = db.session.scalars(
        db.select(JobRun.slot)
        .where(JobRun.job == job.name, JobRun.slot <= latest)
        .where(db.or_(JobRun.outcome.is_(None), JobRun.outcome == Outcome.FAILED))
        .order_by(JobRun.slot)
    )
    slots: list[datetime] = list(in_vain)
    while (begun := job.schedule.following(begun)) <= latest and len(slots) < CATCH_UP_AT_MOST:
        slots.append(begun)
    return slots


def last_run(name: str) -> JobRun | None:
    """Return the latest claimed slot of a job."""
    latest = db.select(JobRun).where(JobRun.job == name).order_by(JobRun.slot.desc()).limit(1)
    run: JobRun | None = db.session.scalar(latest)
    return run


def runners_seen_at() -> datetime | None:
    """Return when a process that runs jobs was last seen, None if none ever was."""
    seen_at: datetime | None = db.session.scalar(db.select(db.func.max(JobRunner.seen_at)))
    return seen_at


def last_runs() -> dict[str, JobRun]:
    """Return the latest claimed slot of every job that ever ran: name → run."""
    latest = db.select(JobRun.job, db.func.max(JobRun.slot).label("slot")).group_by(JobRun.job)
    asked = latest.subquery()
    rows = db.session.scalars(
        db.select(JobRun).join(asked, and_(JobRun.job == asked.c.job, JobRun.slot == asked.c.slot))
    )
    return {run.job: run for run in rows}


def list_runs(name: str | None = None, *, in_vain: bool = False) -> Select[JobRun]:
    """Return the query of runs that are kept: of one job or of all, or only those in vain."""
    query: Select[JobRun] = db.select(JobRun)
    if name is not None:
        query = query.where(JobRun.job == name)
    return query.where(_in_vain()) if in_vain else query


def count_in_vain() -> int:
    """Return how many of the runs that are kept failed or died."""
    return db.session.scalar(db.select(db.func.count()).select_from(JobRun).where(_in_vain())) or 0


def has_died(run: JobRun) -> bool:
    """Return whether a run was begun, never ended, and has been silent for too long."""
    return run.finished_at is None and run.claimed_at + _lease(run.job) <= clock.now()


def _lease(name: str) -> timedelta:
    return declared[name].lease if name in declared else timedelta(minutes=15)


def _in_vain() -> ColumnElement[bool]:
    """Return the condition of runs that failed, or were begun and died."""
    now = clock.now()
    died = [
        and_(JobRun.job == job.name, JobRun.claimed_at <= now - job.lease)
        for job in declared.values()
    ]
    return or_(JobRun.outcome == Outcome.FAILED, and_(JobRun.finished_at.is_(None), or_(*died)))

"""Runs are kept for a while, then forgotten."""

from datetime import timedelta

from sqlalchemy import delete

from core import clock
from core.db import atomic, db
from core.jobs.declaration import job
from core.jobs.models import JobRun, JobRunner

KEPT_FOR = timedelta(days=14)


@job("forget_old_runs", cron="40 3 * * *")
def forget_old_runs() -> str:
    """Forget runs that were claimed more than two weeks ago, and processes silent for a day."""
    with atomic():
        runs = db.session.execute(delete(JobRun).where(JobRun.claimed_at < clock.now() - KEPT_FOR))
        db.session.execute(
            delete(JobRunner).where(JobRunner.seen_at < clock.now() - timedelta(days=1))
        )
    return f"{runs.rowcount} runs forgotten"  # type: ignore[attr-defined]

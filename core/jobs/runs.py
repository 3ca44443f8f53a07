"""One run: claim the slot, do the work, note the outcome."""

import os
import socket
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from flask import current_app
from sqlalchemy import update

from core import clock
from core.db import atomic, db, insert_once
from core.jobs.declaration import Job, declared
from core.jobs.models import JobRun, Outcome
from core.jobs.queries import due_slots, is_runnable
from core.jobs.walking import counting


@dataclass(frozen=True)
class Ran:
    """A run that this process made."""

    job: str
    slot: datetime
    outcome: Outcome
    result: str


@lru_cache(maxsize=1)
def runner_name() -> str:
    """Return what this process calls itself: host and process number."""
    return f"{socket.gethostname()[:80]}:{os.getpid()}"


def claim(job: Job, slot: datetime) -> bool:
    """Take the slot for this process. Of all processes that try, one gets True."""
    at = clock.now()
    with atomic():
        if insert_once(
            JobRun, job=job.name, slot=slot, claimed_at=at, claimed_by=runner_name(), attempts=1,
            result="", error="",
        ):  # fmt: skip
            return True
        run = db.session.get_one(JobRun, (job.name, slot))
        if not is_runnable(run, job.lease, at):
            return False
        taken = db.session.execute(
            update(JobRun)
            .where(
                JobRun.job == job.name,
                JobRun.slot == slot,
                JobRun.claimed_at == run.claimed_at,
                JobRun.attempts == run.attempts,
            )
            .values(
                claimed_at=at,
                claimed_by=runner_name(),
                attempts=run.attempts + 1,
                finished_at=None,
                outcome=None,
                error="",
            )
        )
        return bool(taken.rowcount)  # type: ignore[attr-defined]


def run(job: Job, slot: datetime) -> Ran | None:
    """Run the slot if nobody else has, and note the outcome; None where somebody has.

    What the work raises is logged and noted, never passed on: one bad job must not stop the rest.
    A run that could not do some of its records (core.jobs.walking) has failed: it is tried again.
    """
    if not claim(job, slot):
        return None
    try:
        with counting() as failed:
            words = job.work() or ""
        outcome = Outcome.FAILED if failed else Outcome.DONE
        error = f"{len(failed)} could not be done: {'; '.join(failed)}"[:2000] if failed else ""
    except Exception as failure:
        current_app.logger.exception("job %s failed", job.name)
        outcome, words, error = Outcome.FAILED, "", f"{type(failure).__name__}: {failure}"[:2000]
    finally:
        db.session.rollback()
    with atomic():
        db.session.execute(
            update(JobRun)
            .where(JobRun.job == job.name, JobRun.slot == slot, JobRun.claimed_by == runner_name())
            .values(finished_at=clock.now(), outcome=outcome, result=words[:2000], error=error)
        )
    return Ran(job.name, slot, outcome, "; ".join(it for it in (words, error) if it))


def run_due(name: str | None = None) -> list[Ran]:
    """Run whatever is due now, of all jobs or of one. Raises KeyError for an unknown name."""
    chosen = [declared[name]] if name else list(declared.values())
    made = []
    for job in chosen:
        for slot in due_slots(job):
            ran = run(job, slot)
            if ran is not None:
                made.append(ran)
    return made

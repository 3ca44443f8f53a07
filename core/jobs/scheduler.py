"""The process behind `flask jobs run`: wakes at every slot, heals what died, stops in order."""

import logging
import signal
import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy import delete

from core import clock
from core.clock import OFFICE_ZONE
from core.db import atomic, db, insert_once
from core.jobs.declaration import Job, declared
from core.jobs.models import JobRunner
from core.jobs.queries import due_slots
from core.jobs.runs import run, runner_name

HEARTBEAT = timedelta(seconds=15)


class Runner:
    """Runs the declared jobs of `app` until told to stop.

    Several may run against one database: whoever claims a slot first runs it.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.stopping = threading.Event()
        self.busy: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self.scheduler: Any = BackgroundScheduler(
            timezone=OFFICE_ZONE,
            daemon=False,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def run_until_stopped(self) -> None:
        """Block until SIGTERM or SIGINT; then let what runs finish, and sign off."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        for job in declared.values():
            self._arm(job, clock.now())
        # At once, so that what was missed while nobody ran is made up for, then again and again.
        self._add(self._look_after, clock.now(), "looks after the rest")
        self.scheduler.start()
        self.app.logger.info("running %d jobs as %s", len(declared), runner_name())
        self.stopping.wait()
        self.scheduler.shutdown(wait=True)
        with self.app.app_context(), atomic():
            db.session.execute(delete(JobRunner).where(JobRunner.name == runner_name()))
        self.app.logger.info("stopped")

    def _add(self, work: Callable[..., None], at: datetime, name: str, *arguments: Any) -> None:
        self.scheduler.add_job(work, "date", run_date=at, args=arguments, name=name)

    def _arm(self, job: Job, after: datetime) -> None:
        """Wake for the next slot. The slot comes from the schedule, however early the waking."""
        slot = job.schedule.following(after)
        self._add(self._at_slot, slot, job.name, job, slot)

    def _at_slot(self, job: Job, slot: datetime) -> None:
        if self.stopping.is_set():
            return
        self._arm(job, max(slot, clock.now()))
        self._run(job, lambda: [slot])

    def _run(self, job: Job, slots: Callable[[], list[datetime]]) -> None:
        """Run `slots` unless a run of the same job is still going on in this process."""
        if not self.busy[job.name].acquire(blocking=False):
            return
        try:
            with self.app.app_context():
                for slot in slots():
                    if not self.stopping.is_set():
                        run(job, slot)
        except Exception:
            # The database is away: the next look finds the slot still due.
            self.app.logger.exception("job %s could not be run", job.name)
        finally:
            self.busy[job.name].release()

    def _look_after(self) -> None:
        """Say that this process lives, and run what was missed, failed or died elsewhere."""
        if self.stopping.is_set():
            return
        self._add(self._look_after, clock.now() + HEARTBEAT, "looks after the rest")
        try:
            with self.app.app_context(), atomic():
                seen = {"name": runner_name(), "started_at": clock.now(), "seen_at": clock.now()}
                if not insert_once(JobRunner, **seen):
                    db.session.get_one(JobRunner, runner_name()).seen_at = clock.now()
        except Exception:
            self.app.logger.exception("the database is away")
            return
        for job in declared.values():
            self._add(self._run, clock.now(), job.name, job, lambda job=job: due_slots(job))

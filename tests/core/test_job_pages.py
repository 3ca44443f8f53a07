"""Scheduled work on a page: what runs when, what became of it, and that it has never run."""

from datetime import timedelta

from core import clock
from core.db import atomic, db
from core.jobs import declared
from core.jobs.models import JobRun, JobRunner, Outcome
from core.jobs.runs import run
from tests.core.test_policy import office

__all__ = ["office"]
NAMES = "take_body_names"


def slot_of(name=NAMES):
    return declared[name].schedule.latest(clock.now())


def claimed(name=NAMES, **more):
    at = clock.now() - timedelta(hours=1)
    with atomic():
        db.session.add(JobRun(job=name, slot=slot_of(name), claimed_at=at, claimed_by="x", **more))


def test_every_job_says_what_for():
    ours = [it for it in declared.values() if not it.work.__module__.startswith("tests.")]
    assert [it.name for it in ours if not it.does] == []


def test_before_anything_ever_ran(as_, office):
    page = as_(office["admin"]).get("/jobs?lang=en").text
    assert "has never been started here" in page
    assert "flask jobs run" in page
    assert "daily at 00:05" in page
    assert "every 5 minutes" in page
    assert as_(office["examiner"]).get("/jobs").status_code in (403, 404)


def test_what_ran_is_told_in_the_language_of_the_reader(as_, office):
    run(declared[NAMES], slot_of())
    with atomic():
        db.session.add(JobRunner(name="x", started_at=clock.now(), seen_at=clock.now()))
    admin = as_(office["admin"])
    page = admin.get("/jobs?lang=en").text
    assert "never been started here" not in page
    assert "0 bodies renamed" in page
    assert "bodies renamed" not in admin.get("/jobs?lang=zh_Hans").text
    assert "0 bodies renamed" in admin.get(f"/jobs/runs?lang=en&job={NAMES}").text
    assert admin.get("/jobs/runs?job=nothing").status_code == 404
    assert NAMES in admin.get("/jobs/runs.csv?lang=en").data.decode("utf-8-sig")


def test_what_failed_and_what_died_is_counted_and_shown(as_, office):
    claimed(error="ValueError: x", outcome=Outcome.FAILED, finished_at=clock.now())
    claimed("deliver_messages")
    admin = as_(office["admin"])
    assert "2 runs failed or broke off" in admin.get("/jobs?lang=en").text
    page = admin.get("/jobs/runs?lang=en&in_vain=1").text
    assert "Broken off" in page
    assert "ValueError: x" in page


def test_a_process_that_fell_silent_is_named(as_, office):
    at = clock.now() - timedelta(minutes=9)
    with atomic():
        db.session.add(JobRunner(name="x", started_at=at, seen_at=at))
    assert "has been seen since" in as_(office["admin"]).get("/jobs?lang=en").text

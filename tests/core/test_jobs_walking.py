"""Work on many records: what cannot be done is passed over, and the run counts as failed."""

from datetime import timedelta

import pytest

from core import clock, jobs
from core.db import atomic, db
from core.errors import RuleBroken
from core.jobs import declaration, job, run_due
from core.jobs.models import JobRun, Outcome


@pytest.fixture
def own_jobs():
    """No jobs but those of the test; they are forgotten again."""
    kept = dict(declaration.declared)
    declaration.declared.clear()
    yield
    declaration.declared.clear()
    declaration.declared.update(kept)


def runs_of(name):
    return db.session.scalars(db.select(JobRun).where(JobRun.job == name)).all()


def test_one_record_that_cannot_be_done_holds_up_none_behind_it(app, own_jobs, caplog):
    at = clock.now()

    def trace(ids):
        for n in ids:
            db.session.add(JobRun(job=f"trace {n}", slot=at, claimed_at=at, claimed_by="test"))
        db.session.flush()
        if 2 in ids:
            raise ZeroDivisionError("a bug\nand where it is")
        if 3 in ids:
            raise RuleBroken("no office")
        return len(ids)

    def one_by_one(what, ids, work):
        return jobs.each(what, ids, lambda n: work([n]))

    for walk in (one_by_one, jobs.together):

        @job("work", every=timedelta(days=1))
        def work(walk=walk):
            return f"{sum(walk('group', [1, 2, 3, 4], trace))} done"

        assert [r.outcome for r in run_due()] == [Outcome.FAILED]
        [run] = runs_of("work")
        assert (run.result, run.error) == (
            "2 done",
            "2 could not be done: group 2: ZeroDivisionError: a bug; group 3: RuleBroken: no office",
        )
        assert [len(runs_of(f"trace {n}")) for n in (1, 2, 3, 4)] == [1, 0, 0, 1]
        assert "group 3 could not be done: no office" in caplog.text
        assert "Traceback" in caplog.text, "what nobody foresaw"
        with atomic():
            db.session.execute(db.delete(JobRun))

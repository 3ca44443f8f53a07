"""Runs of jobs and receipts of forms are kept for a while, then forgotten."""

from datetime import timedelta

from sqlalchemy import delete

from core import clock, policy
from core.db import atomic, db
from core.i18n import _l
from core.jobs.declaration import job
from core.jobs.models import JobRun, JobRunner
from core.jobs.policy import RECEIPT_DAYS, RUN_DAYS
from core.receipts import FormReceipt


@job(
    "forget_old_runs",
    cron="40 3 * * *",
    does=_l("Forget runs that were claimed long ago, and processes silent for a day."),
    tells=_l("%(a)s runs forgotten"),
)
def forget_old_runs() -> str:
    with atomic():
        kept = timedelta(days=policy.value(RUN_DAYS))
        runs = db.session.execute(delete(JobRun).where(JobRun.claimed_at < clock.now() - kept))
        db.session.execute(
            delete(JobRunner).where(JobRunner.seen_at < clock.now() - timedelta(days=1))
        )
    return f"{runs.rowcount} runs forgotten"  # type: ignore[attr-defined]


@job(
    "forget_form_receipts",
    cron="50 3 * * *",
    does=_l("Forget which forms took effect long ago: nobody sends those again."),
    tells=_l("%(a)s receipts forgotten"),
)
def forget_form_receipts() -> str:
    with atomic():
        kept = timedelta(days=policy.value(RECEIPT_DAYS))
        old = delete(FormReceipt).where(FormReceipt.at < clock.now() - kept)
        receipts = db.session.execute(old)
    return f"{receipts.rowcount} receipts forgotten"  # type: ignore[attr-defined]

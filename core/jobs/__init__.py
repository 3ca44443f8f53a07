"""Work without a person: scheduled, claimed once, seen when it died.

A feature's `jobs.py` declares what is to be done and when:

    @job("sweep_deadlines", every=timedelta(minutes=5))
    def sweep_deadlines() -> str:
        with atomic():
            ...
        return "3 cases moved"

    @job("close_audit_days", cron="10 0 * * *", catch_up=True)   # office time, Asia/Shanghai
    def close_audit_days() -> None: ...

The function runs in an application context, acts as `core.accounts.SYSTEM`, opens its own
transactions with `core.db.atomic()` and must be safe to repeat: a run that died is run again.
What it returns is kept beside its outcome. Work on many records goes through `each`, which passes
over what cannot be done; a run with such a record counts as failed. The feature's `init_app` imports its `jobs` module.
"""

from flask import Flask

from core.jobs.declaration import Job, declared, job
from core.jobs.queries import runners_seen_at
from core.jobs.runs import Ran, run_due
from core.jobs.walking import each, together

__all__ = [
    "Job",
    "Ran",
    "declared",
    "each",
    "init_app",
    "job",
    "run_due",
    "runners_seen_at",
    "together",
]


def init_app(app: Flask) -> None:
    from core.jobs import cli, housekeeping  # noqa: F401 - declares its job

    app.cli.add_command(cli.group)

"""What runs without a person: time's consequences for cases."""

from datetime import timedelta

from core.jobs import job
from core.workflow.piling import index_left_out
from core.workflow.resettling import resettle_cases
from core.workflow.sweep import sweep_overdue


@job("sweep_overdue", every=timedelta(minutes=5))
def sweep() -> None:
    """Let overdue cases take the step their state declares."""
    sweep_overdue()


@job("resettle_cases", cron="20 0 * * *", catch_up=True)
def resettle() -> str:
    """Let open cases follow their division into the one it was merged into."""
    moved, stayed = resettle_cases()
    return f"{moved} moved, {stayed} wait for a person"


@job("index_cases", cron="50 0 * * *", catch_up=True)
def index_cases() -> str:
    """Let cases that were loaded from a file be found by number, name and applicant."""
    return f"{index_left_out()} cases indexed"

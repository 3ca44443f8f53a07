"""What runs without a person: time's consequences for cases."""

from datetime import timedelta

from core.jobs import job
from core.workflow.sweep import sweep_overdue


@job("sweep_overdue", every=timedelta(minutes=5))
def sweep() -> None:
    """Let overdue cases take the step their state declares."""
    sweep_overdue()

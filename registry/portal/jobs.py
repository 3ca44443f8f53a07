"""What the public pages need done without a person."""

from datetime import timedelta

from core.jobs import job
from registry.organizations import tally


@job("count_register", every=timedelta(minutes=5))
def count_register() -> str:
    """Keep the counts of a large register."""
    return f"{tally.store()} organizations counted"

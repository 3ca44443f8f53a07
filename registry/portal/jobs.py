"""What the public pages need done without a person."""

from datetime import timedelta

from core.i18n import _l
from core.jobs import job
from registry.organizations import tally


@job(
    "count_register",
    every=timedelta(minutes=5),
    does=_l("Keep the counts of a large register."),
    tells=_l("%(a)s organizations counted"),
)
def count_register() -> str:
    return f"{tally.store()} organizations counted"

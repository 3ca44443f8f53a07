"""What broken uploads leave behind is swept away."""

from datetime import timedelta

from core import clock, policy
from core.attachments.policy import STRAY_HOURS
from core.attachments.sweeping import sweep_stray_files
from core.i18n import _l
from core.jobs import job


@job(
    "sweep_stray_files",
    cron="20 4 * * *",
    does=_l("Remove stored content that no record names and that has lain there for a while."),
    tells=_l("%(a)s files removed"),
)
def sweep() -> str:
    before = clock.now() - timedelta(hours=policy.value(STRAY_HOURS))
    return f"{sweep_stray_files(before)} files removed"

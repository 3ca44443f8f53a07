"""The nightly sweep."""

from core.i18n import _l
from core.jobs import job
from core.privacy import retention


@job(
    "sweep_kept_records",
    cron="10 4 * * *",
    does=_l("Delete or erase personal data that have been kept for their time."),
)
def sweep_kept_records() -> str:
    done = retention.sweep()
    return ", ".join(f"{key} {count}" for key, count in done.items() if count) or "nothing due"

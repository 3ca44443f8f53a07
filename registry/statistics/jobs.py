"""What is done each half hour and on the first working day of each month."""

from datetime import timedelta

from core import clock
from core.accounts import SYSTEM
from core.db import atomic
from core.i18n import _l
from core.jobs import job
from registry.statistics import actions


@job(
    "count_statistics",
    every=timedelta(minutes=30),
    does=_l("Keep the figures of a large register."),
    tells=_l("%(a)s versions"),
)
def count_statistics() -> str:
    return f"{actions.store_figures()} versions"


@job(
    "issue_statistics_report",
    cron="30 7 * * *",
    does=_l("Issue last month's report from the first working day of the month on, once."),
)
def issue_statistics_report() -> str:
    today = clock.today()
    month = actions.month_before(today)
    if not actions.is_due(today) or actions.is_issued(month):
        return "nothing due"
    with atomic():
        report = actions.issue_report(month=f"{month:%Y-%m}", by=SYSTEM)
        return report.instrument.number

"""What is done each half hour and on the first working day of each month."""

from datetime import timedelta

from core import clock
from core.accounts import SYSTEM
from core.db import atomic
from core.jobs import job
from registry.statistics import actions


@job("count_statistics", every=timedelta(minutes=30))
def count_statistics() -> str:
    """Keep the figures of a large register."""
    return f"{actions.store_figures()} versions"


@job("issue_statistics_report", cron="30 7 * * *")
def issue_statistics_report() -> str:
    """Issue last month's report from the first working day of the month on, once."""
    today = clock.today()
    month = actions.month_before(today)
    if not actions.is_due(today) or actions.is_issued(month):
        return "nothing due"
    with atomic():
        report = actions.issue_report(month=f"{month:%Y-%m}", by=SYSTEM)
        return report.instrument.number

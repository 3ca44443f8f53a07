"""What runs without a person: time's consequences for cases."""

from datetime import timedelta

from core.i18n import _l
from core.jobs import job
from core.workflow.piling import index_left_out
from core.workflow.resettling import resettle_cases
from core.workflow.sweep import sweep_overdue


@job(
    "sweep_overdue",
    every=timedelta(minutes=5),
    does=_l("Let overdue cases take the step their state declares."),
)
def sweep() -> None:
    sweep_overdue()


@job(
    "resettle_cases",
    cron="20 0 * * *",
    catch_up=True,
    does=_l("Let open cases follow their division into the one it was merged into."),
    tells=_l("%(a)s moved, %(b)s wait for a person"),
)
def resettle() -> str:
    moved, stayed = resettle_cases()
    return f"{moved} moved, {stayed} wait for a person"


@job(
    "index_cases",
    cron="50 0 * * *",
    catch_up=True,
    does=_l("Let cases that were loaded from a file be found by number, name and applicant."),
    tells=_l("%(a)s cases indexed"),
)
def index_cases() -> str:
    return f"{index_left_out()} cases indexed"

"""What goes out before deadlines."""

from core.i18n import _l
from core.jobs import job
from core.oversight import actions


@job(
    "remind_of_deadlines",
    cron="35 8 * * *",
    catch_up=True,
    does=_l("Remind people whose turn it is of deadlines that are near, of each once."),
    tells=_l("%(a)s deadlines reminded of"),
)
def remind_of_deadlines() -> str:
    return f"{actions.remind()} deadlines reminded of"

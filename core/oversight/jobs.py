"""What goes out before deadlines."""

from core.jobs import job
from core.oversight import actions


@job("remind_of_deadlines", cron="35 8 * * *", catch_up=True)
def remind_of_deadlines() -> str:
    """Remind people whose turn it is of deadlines that are near, of each once."""
    return f"{actions.remind()} deadlines reminded of"

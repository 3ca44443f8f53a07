"""What time does to open questions."""

from datetime import timedelta

from core.jobs import job
from core.opinions import actions


@job("lapse_opinions", every=timedelta(minutes=10))
def lapse_opinions() -> str:
    """Close the questions to other bodies whose time is over."""
    return f"{actions.sweep()} questions closed"


@job("remind_of_opinions", cron="40 8 * * *", catch_up=True)
def remind_of_opinions() -> str:
    """Remind bodies of opinions that are soon due, each once."""
    return f"{actions.remind()} bodies reminded"

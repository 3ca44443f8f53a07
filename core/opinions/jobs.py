"""What time does to open questions."""

from datetime import timedelta

from core.i18n import _l
from core.jobs import job
from core.opinions import actions


@job(
    "lapse_opinions",
    every=timedelta(minutes=10),
    does=_l("Close the questions to other bodies whose time is over."),
    tells=_l("%(a)s questions closed"),
)
def lapse_opinions() -> str:
    return f"{actions.sweep()} questions closed"


@job(
    "remind_of_opinions",
    cron="40 8 * * *",
    catch_up=True,
    does=_l("Remind bodies of opinions that are soon due, each once."),
    tells=_l("%(a)s bodies reminded"),
)
def remind_of_opinions() -> str:
    return f"{actions.remind()} bodies reminded"

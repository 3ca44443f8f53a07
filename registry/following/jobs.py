"""What followers are told without a person doing it."""

from datetime import timedelta

from core.i18n import _l
from core.jobs import job
from registry.following import actions
from registry.following.models import Pace


@job(
    "tell_followers",
    every=timedelta(minutes=10),
    does=_l("Note what is new, and tell those who want to hear of each change."),
    tells=_l("%(a)s noted, %(b)s messages written"),
)
def tell_followers() -> str:
    noted = actions.note_news()
    return f"{noted} noted, {actions.tell(Pace.AT_ONCE, Pace.INBOX)} messages written"


@job(
    "tell_followers_daily",
    cron="0 7 * * *",
    does=_l("Tell those who want one message a day, and forget what was told days ago."),
    tells=_l("%(a)s noted, %(b)s messages written, %(c)s forgotten"),
)
def tell_followers_daily() -> str:
    noted = actions.note_news()
    told = actions.tell(Pace.DAILY)
    return f"{noted} noted, {told} messages written, {actions.forget_told()} forgotten"

"""What renewals need done without a person."""

from collections.abc import Sequence
from datetime import date, timedelta

from core import clock, policy
from core.db import db
from core.i18n import _l
from core.jobs import each, job
from core.messages import MessageTemplate
from registry.organizations.models import Organization
from registry.organizations.reminders import remind
from registry.renewals import queries
from registry.renewals.notices import ENDED, ENDING
from registry.renewals.policy import LAST_REMINDER_DAYS, OPENS_DAYS

#: For how many days after an end a group is still told of it.
LATE = 60


@job(
    "remind_of_renewal",
    cron="40 8 * * *",
    does=_l(
        "Tell groups that their filing ends: when it can be renewed, once more, and when it has ended."
    ),
    tells=_l("%(a)s groups reminded"),
)
def remind_of_renewal() -> str:
    """Tell groups that their filing ends: when it can be renewed, once more, and when it has ended.

    Each once for each end; who comes within two at once is told of the nearer one alone.
    """
    today = clock.today()
    last, first = (
        today + timedelta(days=int(policy.value(each))) for each in (LAST_REMINDER_DAYS, OPENS_DAYS)
    )
    ended = queries.list_ending(today - timedelta(days=LATE), today - timedelta(days=1))
    told = _tell(ended, "ended", ENDED)
    told += _tell(queries.list_ending(today, last), "last", ENDING)
    told += _tell(queries.list_ending(last + timedelta(days=1), first), "first", ENDING)
    return f"{told} groups reminded"


def _tell(ids: Sequence[int], stage: str, words: MessageTemplate) -> int:
    def tell(organization_id: int) -> bool:
        organization = db.session.get_one(Organization, organization_id)
        until = organization.valid_until or date.max
        return remind(organization, f"renewal:{until}:{stage}", words, {"day": until})

    return sum(each("group", ids, tell))

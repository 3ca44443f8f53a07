"""What certificates need done without a person."""

from datetime import timedelta

from core import clock, messages, policy
from core.db import atomic, insert_once
from core.i18n import _l
from core.jobs import job
from registry.certificates import queries
from registry.certificates.models import ExpiryReminder
from registry.certificates.policy import FIRST_REMINDER_DAYS, LAST_REMINDER_DAYS
from registry.certificates.words import ENDING
from registry.organizations.reminders import holders


@job(
    "remind_of_expiry",
    cron="30 8 * * *",
    does=_l("Tell holders, at two distances, that their certificate ends; each distance once."),
    tells=_l("%(a)s holders reminded"),
)
def remind_of_expiry() -> str:
    """Tell holders, at two distances, that their certificate ends; each distance once.

    Who comes within both at once (a register that was just imported) is told once.
    """
    last, first = (
        int(policy.value(each.key)) for each in (LAST_REMINDER_DAYS, FIRST_REMINDER_DAYS)
    )
    told = _remind(last, "last", covers=("last", "first")) + _remind(first, "first")
    return f"{told} holders reminded"


def _remind(within: int, stage: str, covers: tuple[str, ...] = ()) -> int:
    told = 0
    with atomic():
        for paper in queries.list_ending(within, stage):
            new = [
                insert_once(ExpiryReminder, instrument_id=paper.id, stage=each, at=clock.now())
                for each in covers or (stage,)
            ]
            assert paper.valid_until and paper.body_id
            people = holders(paper.body_id) if new[0] else []
            by = paper.valid_until - timedelta(days=int(policy.value(LAST_REMINDER_DAYS.key)))
            messages.send(
                people,
                ENDING.key,
                {
                    "number": paper.number,
                    "name": str(paper.facts.get("name", "")),
                    "day": paper.valid_until,
                    "by": max(by, clock.today()),
                },
                link="/apply/certificate_replacement",
                body_id=paper.body_id,
            )
            told += bool(people)
    return told

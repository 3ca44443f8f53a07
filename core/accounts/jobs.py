"""What is done about accounts without a person."""

from datetime import timedelta

from core import clock, policy
from core.accounts import closing, throttle
from core.accounts.policy import ATTEMPTS_FORGOTTEN
from core.db import atomic
from core.i18n import _l
from core.jobs import job


@job(
    "forget_sign_in_attempts",
    cron="20 3 * * *",
    does=_l("Delete the counts of attempts that no longer count."),
    tells=_l("%(a)s counts deleted"),
)
def forget_sign_in_attempts() -> str:
    since = clock.now() - timedelta(hours=policy.value(ATTEMPTS_FORGOTTEN))
    with atomic():
        return f"{throttle.forget_before(since)} counts deleted"


@job(
    "close_accounts",
    cron="30 3 * * *",
    does=_l("Close accounts whose people asked for it, once the time is over and nothing is open."),
    tells=_l("%(a)s accounts closed"),
)
def close_accounts() -> str:
    return f"{closing.close_due()} accounts closed"

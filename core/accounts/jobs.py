"""What is done about accounts without a person."""

from datetime import timedelta

from core import clock, policy
from core.accounts import throttle
from core.accounts.policy import ATTEMPTS_FORGOTTEN
from core.db import atomic
from core.jobs import job


@job("forget_sign_in_attempts", cron="20 3 * * *")
def forget_sign_in_attempts() -> str:
    """Delete the counts of attempts that no longer count."""
    since = clock.now() - timedelta(hours=policy.value(ATTEMPTS_FORGOTTEN))
    with atomic():
        return f"{throttle.forget_before(since)} counts deleted"

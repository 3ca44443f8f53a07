"""What papers need done without a person."""

from datetime import timedelta

from core import clock, policy
from core.db import atomic
from core.documents.policy import VERIFICATION_DAYS
from core.documents.queries import forget_verifications
from core.jobs import job


@job("forget_verifications", cron="20 3 * * *")
def sweep_verifications() -> str:
    """Forget that papers were verified, once the time for keeping it is over."""
    with atomic():
        kept = timedelta(days=int(policy.value(VERIFICATION_DAYS.key)))
        return f"{forget_verifications(clock.now() - kept)} verifications forgotten"

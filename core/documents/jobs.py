"""What papers need done without a person."""

from datetime import timedelta

from core import clock, policy
from core.db import atomic
from core.documents.policy import VERIFICATION_DAYS
from core.documents.queries import forget_verifications
from core.i18n import _l
from core.jobs import job


@job(
    "forget_verifications",
    cron="20 3 * * *",
    does=_l("Forget that papers were verified, once the time for keeping it is over."),
    tells=_l("%(a)s verifications forgotten"),
)
def sweep_verifications() -> str:
    with atomic():
        kept = timedelta(days=int(policy.value(VERIFICATION_DAYS.key)))
        return f"{forget_verifications(clock.now() - kept)} verifications forgotten"

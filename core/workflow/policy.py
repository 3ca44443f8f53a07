"""What the district may set about cases of every kind."""

from core.i18n import _l
from core.policy import Policy, Unit, register

SOON_DAYS = Policy(
    "workflow.soon_days",
    default=3,
    unit=Unit.WORKING_DAYS,
    source=_l("Set by the office"),
    label=_l("Working days before its end from which a deadline counts as near"),
    minimum=1,
    maximum=20,
)

DRAFT_DAYS = Policy(
    "workflow.draft_days",
    default=180,
    unit=Unit.CALENDAR_DAYS,
    source=_l("Personal Information Protection Law, art. 19: no longer than the purpose needs"),
    label=_l("A draft that nobody changes ends by itself after"),
    minimum=30,
    maximum=730,
)

register(SOON_DAYS, DRAFT_DAYS)

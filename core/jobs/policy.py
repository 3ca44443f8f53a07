"""What the district may set about traces that serve only for a while."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

RUN_DAYS = Policy(
    "jobs.run_days",
    default=14,
    unit=Unit.CALENDAR_DAYS,
    source=_l("Set by the office"),
    label=_l("How long runs of jobs are kept"),
    minimum=1,
    maximum=365,
)
RECEIPT_DAYS = Policy(
    "jobs.receipt_days",
    default=30,
    unit=Unit.CALENDAR_DAYS,
    source=_l("Set by the office"),
    label=_l("How long a sent form is recognised when it is sent again"),
    minimum=2,
    maximum=365,
)

chapter("jobs", _l("Housekeeping"))
register(RUN_DAYS, RECEIPT_DAYS)

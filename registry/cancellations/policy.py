"""The numbers of cancelling a filing at the group's own wish."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

OWN = "四川省社区社会组织管理规定（2023）未定期限；由本区约定"

STREET_DAYS = Policy(
    key="cancellations.street_days",
    default=10,
    unit=Unit.WORKING_DAYS,
    label=_l("Time for the street's decision on a cancellation"),
    source=OWN,
    minimum=1,
    maximum=30,
)
CORRECTION_DAYS = Policy(
    key="cancellations.correction_days",
    default=15,
    unit=Unit.CALENDAR_DAYS,
    label=_l("Time for a group to correct its application for cancellation"),
    source=OWN,
    minimum=5,
    maximum=90,
)

chapter("cancellations", _l("Cancellation of filing"))
register(STREET_DAYS, CORRECTION_DAYS)

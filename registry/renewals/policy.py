"""The numbers of renewal. How long a receipt holds is a number of filing."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

OWN = "民政部关于大力培育发展社区社会组织的意见（民发〔2017〕191号）；时限由本区约定"

OPENS_DAYS = Policy(
    key="renewals.opens_days",
    default=60,
    unit=Unit.CALENDAR_DAYS,
    label=_l("How long before its end a filing can be renewed, and its group is reminded first"),
    source=OWN,
    minimum=15,
    maximum=365,
)
LAST_REMINDER_DAYS = Policy(
    key="renewals.last_reminder_days",
    default=15,
    unit=Unit.CALENDAR_DAYS,
    label=_l("How long before the end of its filing a group is reminded again"),
    source=OWN,
    minimum=1,
    maximum=60,
)
STREET_DAYS = Policy(
    key="renewals.street_days",
    default=5,
    unit=Unit.WORKING_DAYS,
    label=_l("Time for the street's decision on a renewal"),
    source=OWN,
    minimum=1,
    maximum=30,
)
CORRECTION_DAYS = Policy(
    key="renewals.correction_days",
    default=15,
    unit=Unit.CALENDAR_DAYS,
    label=_l("Time for a group to correct its application for renewal"),
    source=OWN,
    minimum=5,
    maximum=90,
)

chapter("renewals", _l("Renewal of filing"))
register(OPENS_DAYS, LAST_REMINDER_DAYS, STREET_DAYS, CORRECTION_DAYS)

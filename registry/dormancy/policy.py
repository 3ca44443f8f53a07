"""The numbers of dormancy. No national rule sets them: practice varies, and the office confirms them."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

PRACTICE = "各地备案管理办法通行做法（连续两年未开展活动的可予注销）；由本区约定"
OWN = "本区约定"

SILENT_YEARS = Policy(
    key="dormancy.silent_years",
    default=2,
    unit=Unit.YEARS,
    label=_l("Time without report and renewal after which a filed group is dormant"),
    source=PRACTICE,
    minimum=1,
    maximum=5,
    unsure=True,
)
FIRST_REMINDER_DAYS = Policy(
    key="dormancy.first_reminder_days",
    default=90,
    unit=Unit.CALENDAR_DAYS,
    label=_l("How long before it becomes dormant a silent group is reminded first"),
    source=OWN,
    minimum=31,
    maximum=365,
)
LAST_REMINDER_DAYS = Policy(
    key="dormancy.last_reminder_days",
    default=30,
    unit=Unit.CALENDAR_DAYS,
    label=_l("How long at least before it becomes dormant a silent group is reminded again"),
    source=OWN,
    minimum=7,
    maximum=90,
)
NOTICE_DAYS = Policy(
    key="dormancy.notice_days",
    default=30,
    unit=Unit.CALENDAR_DAYS,
    label=_l("Public notice before the filing of a dormant group is cancelled"),
    source=PRACTICE,
    minimum=7,
    maximum=90,
    unsure=True,
)
STREET_DAYS = Policy(
    key="dormancy.street_days",
    default=10,
    unit=Unit.WORKING_DAYS,
    label=_l("Time for the street to go on with the cancellation of a dormant group"),
    source=OWN,
    minimum=1,
    maximum=60,
)

chapter("dormancy", _l("Dormancy of filed groups"))
register(SILENT_YEARS, FIRST_REMINDER_DAYS, LAST_REMINDER_DAYS, NOTICE_DAYS, STREET_DAYS)

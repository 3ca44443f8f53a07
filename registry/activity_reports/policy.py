"""The numbers of the short yearly report of filed groups."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

OWN = "民政部关于大力培育发展社区社会组织的意见（民发〔2017〕191号）；时限由本区约定"

DUE_MONTHS = Policy(
    key="activity_reports.due_months",
    default=3,
    unit=Unit.MONTHS,
    label=_l("Time after the end of a year for its activity report"),
    source=OWN,
    minimum=1,
    maximum=11,
)
NEW_MONTHS = Policy(
    key="activity_reports.new_months",
    default=6,
    unit=Unit.MONTHS,
    label=_l("Groups filed less than this before the end of a year owe no report for it"),
    source="参照《民办非企业单位年度检查办法》对当年下半年登记单位的规定；由本区约定",
    minimum=0,
    maximum=12,
)
REMINDER_DAYS = Policy(
    key="activity_reports.reminder_days",
    default=14,
    unit=Unit.CALENDAR_DAYS,
    label=_l("How long before its last day a group is reminded of its report again"),
    source=OWN,
    minimum=1,
    maximum=60,
)
STREET_DAYS = Policy(
    key="activity_reports.street_days",
    default=20,
    unit=Unit.WORKING_DAYS,
    label=_l("Time in which the street may ask about an activity report"),
    source=OWN,
    minimum=1,
    maximum=60,
)
CORRECTION_DAYS = Policy(
    key="activity_reports.correction_days",
    default=15,
    unit=Unit.CALENDAR_DAYS,
    label=_l("Time for a group to complete its activity report"),
    source=OWN,
    minimum=5,
    maximum=90,
)

chapter("activity_reports", _l("Activity report of filed groups"))
register(DUE_MONTHS, NEW_MONTHS, REMINDER_DAYS, STREET_DAYS, CORRECTION_DAYS)

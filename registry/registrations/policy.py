"""The times of registration, with where they come from. What a type asks stands with the type."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

LICENSING = "行政许可法（2019年修正）"

INTAKE_DAYS = Policy(
    key="registration.intake_days",
    default=5,
    unit=Unit.WORKING_DAYS,
    label=_l("Time to accept an application or ask for corrections"),
    source=f"{LICENSING}第三十二条",
    minimum=1,
    maximum=5,
)
#: The regulations give the authority its time from the day on which all valid papers are there.
COMPLETE_PAPERS = (
    "社会团体登记管理条例第十二条；民办非企业单位登记管理暂行条例第十一条；基金会管理条例第十一条"
)

STATUTORY_DAYS = Policy(
    key="registration.statutory_days",
    default=60,
    unit=Unit.CALENDAR_DAYS,
    label=_l("Legal limit for the decision on a registration"),
    source=COMPLETE_PAPERS,
    minimum=1,
    maximum=60,
)
PROMISED_DAYS = Policy(
    key="registration.promised_days",
    default=20,
    unit=Unit.WORKING_DAYS,
    label=_l("Promised time for the decision on a registration"),
    source="本区承诺时限",
    minimum=1,
    maximum=40,
)
CERTIFICATE_DAYS = Policy(
    key="registration.certificate_days",
    default=10,
    unit=Unit.WORKING_DAYS,
    label=_l("Time to issue the certificate after the decision"),
    source=f"{LICENSING}第四十四条",
    minimum=1,
    maximum=10,
)
SPONSOR_DAYS = Policy(
    key="registration.sponsor_days",
    default=20,
    unit=Unit.WORKING_DAYS,
    label=_l("Time for the sponsor unit's opinion"),
    source="本区约定时限",
    minimum=1,
    maximum=60,
)
CORRECTION_DAYS = Policy(
    key="registration.correction_days",
    default=30,
    unit=Unit.CALENDAR_DAYS,
    label=_l("Time for the applicant to correct the papers"),
    source="本区约定时限",
    minimum=5,
    maximum=180,
)
chapter("registration", _l("Registration"))
register(
    INTAKE_DAYS,
    STATUTORY_DAYS,
    PROMISED_DAYS,
    CERTIFICATE_DAYS,
    SPONSOR_DAYS,
    CORRECTION_DAYS,
)

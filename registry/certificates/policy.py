"""The numbers of certificates, with where they come from."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

LICENSING = "行政许可法（2019年修正）"

INTAKE_DAYS = Policy(
    key="certificates.intake_days",
    default=5,
    unit=Unit.WORKING_DAYS,
    label=_l("Time to accept an application for another certificate or ask for corrections"),
    source=f"{LICENSING}第三十二条",
    minimum=1,
    maximum=5,
)
STATUTORY_DAYS = Policy(
    key="certificates.statutory_days",
    default=20,
    unit=Unit.WORKING_DAYS,
    label=_l("Legal limit for the decision on another certificate"),
    source=f"{LICENSING}第四十二条",
    minimum=1,
    maximum=20,
)
PROMISED_DAYS = Policy(
    key="certificates.promised_days",
    default=5,
    unit=Unit.WORKING_DAYS,
    label=_l("Promised time for the decision on another certificate"),
    source="本区承诺时限",
    minimum=1,
    maximum=20,
)
CORRECTION_DAYS = Policy(
    key="certificates.correction_days",
    default=30,
    unit=Unit.CALENDAR_DAYS,
    label=_l("Time for the applicant to correct the papers for another certificate"),
    source="本区约定时限",
    minimum=5,
    maximum=180,
)
ISSUE_DAYS = Policy(
    key="certificates.issue_days",
    default=10,
    unit=Unit.WORKING_DAYS,
    label=_l("Time to issue another certificate after the decision"),
    source=f"{LICENSING}第四十四条",
    minimum=1,
    maximum=10,
)
FIRST_REMINDER_DAYS = Policy(
    key="certificates.first_reminder_days",
    default=90,
    unit=Unit.CALENDAR_DAYS,
    label=_l("How long before its end a certificate's holder is reminded first"),
    source="本区约定时限",
    minimum=31,
    maximum=365,
)
LAST_REMINDER_DAYS = Policy(
    key="certificates.last_reminder_days",
    default=30,
    unit=Unit.CALENDAR_DAYS,
    label=_l("How long before its end a certificate's holder is reminded again"),
    source=f"{LICENSING}第五十条",
    minimum=1,
    maximum=30,
)

chapter("certificates", _l("Certificates"))
register(
    INTAKE_DAYS,
    STATUTORY_DAYS,
    PROMISED_DAYS,
    CORRECTION_DAYS,
    ISSUE_DAYS,
    FIRST_REMINDER_DAYS,
    LAST_REMINDER_DAYS,
)

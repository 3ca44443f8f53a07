"""The times of a change of registration, with where they come from."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

LICENSING = "行政许可法（2019年修正）"

APPLY_DAYS = Policy(
    key="changes.apply_days",
    default=30,
    unit=Unit.CALENDAR_DAYS,
    label=_l("How long after its sponsor unit's consent a change is applied for"),
    source="社会团体登记管理条例（2016年修订）第十八条；民办非企业单位登记管理暂行条例第十五条",
    minimum=1,
    maximum=30,
)
SPONSOR_DAYS = Policy(
    key="changes.sponsor_days",
    default=20,
    unit=Unit.WORKING_DAYS,
    label=_l("Time for the sponsor unit's opinion on a change"),
    source="本区约定时限",
    minimum=1,
    maximum=60,
)
INTAKE_DAYS = Policy(
    key="changes.intake_days",
    default=5,
    unit=Unit.WORKING_DAYS,
    label=_l("Time to accept an application for a change or ask for corrections"),
    source=f"{LICENSING}第三十二条",
    minimum=1,
    maximum=5,
)
CORRECTION_DAYS = Policy(
    key="changes.correction_days",
    default=30,
    unit=Unit.CALENDAR_DAYS,
    label=_l("Time for the applicant to correct the papers for a change"),
    source="本区约定时限",
    minimum=5,
    maximum=180,
)
STATUTORY_DAYS = Policy(
    key="changes.statutory_days",
    default=20,
    unit=Unit.WORKING_DAYS,
    label=_l("Legal limit for the decision on a change"),
    source=f"{LICENSING}第四十二条",
    minimum=1,
    maximum=20,
)
PROMISED_DAYS = Policy(
    key="changes.promised_days",
    default=10,
    unit=Unit.WORKING_DAYS,
    label=_l("Promised time for the decision on a change"),
    source="本区承诺时限",
    minimum=1,
    maximum=20,
)
ISSUE_DAYS = Policy(
    key="changes.issue_days",
    default=10,
    unit=Unit.WORKING_DAYS,
    label=_l("Time to issue the new certificate after a change was approved"),
    source=f"{LICENSING}第四十四条",
    minimum=1,
    maximum=10,
)

chapter("changes", _l("Change of registration"))
register(
    APPLY_DAYS,
    SPONSOR_DAYS,
    INTAKE_DAYS,
    CORRECTION_DAYS,
    STATUTORY_DAYS,
    PROMISED_DAYS,
    ISSUE_DAYS,
)

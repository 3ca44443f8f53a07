"""The numbers of registration, with where they come from."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

REGULATION = "社会团体登记管理条例（2016年修订）"
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
STATUTORY_DAYS = Policy(
    key="registration.statutory_days",
    default=60,
    unit=Unit.CALENDAR_DAYS,
    label=_l("Legal limit for the decision on a registration"),
    source=f"{REGULATION}第十二条",
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
INDIVIDUAL_MEMBERS = Policy(
    key="registration.individual_members",
    default=50,
    unit=Unit.PEOPLE,
    label=_l("Individual members an association needs"),
    source=f"{REGULATION}第十条",
    minimum=1,
    maximum=500,
)
UNIT_MEMBERS = Policy(
    key="registration.unit_members",
    default=30,
    unit=Unit.COUNT,
    label=_l("Unit members an association needs"),
    source=f"{REGULATION}第十条",
    minimum=1,
    maximum=500,
)
MIXED_MEMBERS = Policy(
    key="registration.mixed_members",
    default=50,
    unit=Unit.COUNT,
    label=_l("Members in all that an association needs when they are mixed"),
    source=f"{REGULATION}第十条",
    minimum=1,
    maximum=500,
)
MINIMUM_FUNDS = Policy(
    key="registration.association_funds",
    default=30000,
    unit=Unit.CNY,
    label=_l("Funds an association needs at local level"),
    source=f"{REGULATION}第十条",
    minimum=0,
    maximum=1000000,
)
CERTIFICATE_YEARS = Policy(
    key="registration.certificate_years",
    default=5,
    unit=Unit.YEARS,
    label=_l("Validity of an association's certificate"),
    source="本区约定期限（待核）",
    minimum=1,
    maximum=10,
)

FROZEN = tuple(
    p.key
    for p in (
        CERTIFICATE_DAYS,
        INDIVIDUAL_MEMBERS,
        UNIT_MEMBERS,
        MIXED_MEMBERS,
        MINIMUM_FUNDS,
        CERTIFICATE_YEARS,
    )
)

chapter("registration", _l("Registration"))
register(
    INTAKE_DAYS,
    STATUTORY_DAYS,
    PROMISED_DAYS,
    CERTIFICATE_DAYS,
    SPONSOR_DAYS,
    CORRECTION_DAYS,
    INDIVIDUAL_MEMBERS,
    UNIT_MEMBERS,
    MIXED_MEMBERS,
    MINIMUM_FUNDS,
    CERTIFICATE_YEARS,
)

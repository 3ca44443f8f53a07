"""The numbers of filing. National rules set none: each is the district's own."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

SICHUAN = "四川省社区社会组织管理规定（川民规，2023年5月24日）；人数与时限由本区约定"
OWN = "本区约定"

FOUNDERS = Policy(
    key="filing.founders",
    default=5,
    unit=Unit.PEOPLE,
    label=_l("Founding members a community group needs"),
    source=SICHUAN,
    minimum=1,
    maximum=50,
)
COMMUNITY_DAYS = Policy(
    key="filing.community_days",
    default=5,
    unit=Unit.WORKING_DAYS,
    label=_l("Time for the residents' committee's opinion"),
    source=OWN,
    minimum=1,
    maximum=20,
)
STREET_DAYS = Policy(
    key="filing.street_days",
    default=10,
    unit=Unit.WORKING_DAYS,
    label=_l("Time for the street's decision on a filing"),
    source=SICHUAN,
    minimum=1,
    maximum=30,
)
BUREAU_DAYS = Policy(
    key="filing.bureau_days",
    default=20,
    unit=Unit.WORKING_DAYS,
    label=_l("Time in which the bureau may return a filing"),
    source=OWN,
    minimum=1,
    maximum=60,
)
CORRECTION_DAYS = Policy(
    key="filing.correction_days",
    default=30,
    unit=Unit.CALENDAR_DAYS,
    label=_l("Time for a group to correct its filing"),
    source=OWN,
    minimum=5,
    maximum=180,
)
RECEIPT_YEARS = Policy(
    key="filing.receipt_years",
    default=2,
    unit=Unit.YEARS,
    label=_l("Validity of a filing receipt"),
    source=OWN,
    minimum=1,
    maximum=5,
)

FROZEN = (FOUNDERS.key, RECEIPT_YEARS.key, BUREAU_DAYS.key)

chapter("filing", _l("Filing"))
register(
    FOUNDERS,
    COMMUNITY_DAYS,
    STREET_DAYS,
    BUREAU_DAYS,
    CORRECTION_DAYS,
    RECEIPT_YEARS,
)

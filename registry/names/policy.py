"""The numbers of names: cooling periods, reservations, how much is shown."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

MEASURES = "社会组织名称管理办法（民政部令第69号）"
OWN = "本区约定"

ENDED_YEARS = Policy(
    key="names.ended_years",
    default=3,
    unit=Unit.YEARS,
    label=_l("Years for which the name of a deregistered or revoked organization is kept free"),
    source=f"{MEASURES}；年限据各地实践，待核对条文",
    minimum=0,
    maximum=10,
    unsure=True,
)
RENAMED_YEARS = Policy(
    key="names.renamed_years",
    default=1,
    unit=Unit.YEARS,
    label=_l("Years for which a name that was given up by a change is kept free"),
    source=f"{MEASURES}；年限据各地实践，待核对条文",
    minimum=0,
    maximum=10,
    unsure=True,
)
RESERVATION_DAYS = Policy(
    key="names.reservation_days",
    default=30,
    unit=Unit.CALENDAR_DAYS,
    label=_l("Days for which a reserved name is held"),
    source=OWN,
    minimum=7,
    maximum=180,
)
RENEWALS = Policy(
    key="names.renewals",
    default=1,
    unit=Unit.COUNT,
    label=_l("Times a reservation may be renewed"),
    source=OWN,
    minimum=0,
    maximum=3,
)
REMINDER_DAYS = Policy(
    key="names.reminder_days",
    default=7,
    unit=Unit.CALENDAR_DAYS,
    label=_l("Days before its end on which the holder of a reserved name is told"),
    source=OWN,
    minimum=1,
    maximum=30,
)
HELD_AT_ONCE = Policy(
    key="names.held_at_once",
    default=3,
    unit=Unit.COUNT,
    label=_l("Names that one person may reserve at the same time"),
    source=OWN,
    minimum=1,
    maximum=20,
)
NEAR_SHOWN = Policy(
    key="names.near_shown",
    default=8,
    unit=Unit.COUNT,
    label=_l("Near names that are shown with a name"),
    source=OWN,
    minimum=1,
    maximum=50,
)

chapter("names", _l("Names"))
register(
    ENDED_YEARS,
    RENAMED_YEARS,
    RESERVATION_DAYS,
    RENEWALS,
    REMINDER_DAYS,
    HELD_AT_ONCE,
    NEAR_SHOWN,
)

"""When people are reminded that a deadline of theirs is near."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

OWN = "本区约定"

OFFICE_DAYS = Policy(
    key="oversight.office_days",
    default=1,
    unit=Unit.WORKING_DAYS,
    label=_l("How long before its last day an office is reminded of a case"),
    source=OWN,
    minimum=1,
    maximum=20,
    help=_l("Who has taken the case is reminded, otherwise everybody whose turn it is; once."),
)
APPLICANT_DAYS = Policy(
    key="oversight.applicant_days",
    default=5,
    unit=Unit.WORKING_DAYS,
    label=_l("How long before its last day an applicant is reminded of what is to be corrected"),
    source=OWN,
    minimum=1,
    maximum=60,
    help=_l("After the last day the application lapses."),
)

chapter("oversight", _l("Oversight of deadlines"))
register(OFFICE_DAYS, APPLICANT_DAYS)

"""The numbers of opinions: no rule of law sets any for other bodies; each is the district's own."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

OWN = "本区约定"

DAYS = Policy(
    key="opinions.days",
    default=5,
    unit=Unit.WORKING_DAYS,
    label=_l("Time for another body's opinion, unless the officer sets another"),
    source=OWN,
    minimum=1,
    maximum=30,
)
MOST_DAYS = Policy(
    key="opinions.most_days",
    default=15,
    unit=Unit.WORKING_DAYS,
    label=_l("Longest time an officer may give for an opinion"),
    source=OWN,
    minimum=1,
    maximum=60,
)
REMIND_DAYS = Policy(
    key="opinions.remind_days",
    default=1,
    unit=Unit.WORKING_DAYS,
    label=_l("How long before its last day a body is reminded of an opinion"),
    source=OWN,
    minimum=1,
    maximum=10,
    help=_l("Each question is reminded of once."),
)

chapter("opinions", _l("Opinions of other bodies"))
register(DAYS, MOST_DAYS, REMIND_DAYS)

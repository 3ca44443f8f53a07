"""The numbers of following: the district's own."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

MOST_FOLLOWED = Policy(
    key="following.most",
    default=200,
    unit=Unit.COUNT,
    label=_l("Organizations and searches that one person may follow"),
    source="本区约定",
    minimum=5,
    maximum=5000,
)

chapter("following", _l("Following"))
register(MOST_FOLLOWED)

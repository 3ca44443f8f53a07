"""Who helps at the counter, and what the district may set about it."""

from core import policy
from core.accounts import Role
from core.i18n import _l
from core.policy import Policy, Unit

ASSISTANTS = (Role.INTAKE, Role.STREET_OFFICER)
PRACTICE = _l("Practice")

CODE_MINUTES = Policy(
    "counter.code_minutes",
    default=15,
    unit=Unit.MINUTES,
    source=PRACTICE,
    label=_l("An applicant's code at the counter works for"),
    minimum=5,
    maximum=60,
)
CODE_ATTEMPTS = Policy(
    "counter.code_attempts",
    default=5,
    unit=Unit.ATTEMPTS,
    source=PRACTICE,
    label=_l("Wrong codes for one application before the counter has to wait"),
    minimum=3,
    maximum=20,
)
policy.register(CODE_MINUTES, CODE_ATTEMPTS)
policy.chapter("counter", _l("Counter"))

"""What the district may set about notices."""

from core.i18n import _l
from core.policy import Policy, register

ANSWER_DAYS = Policy(
    key="notices.answer_days",
    default=10,
    unit="working_days",
    source=_l("Practice of the office"),
    label=_l("Days for answering an objection"),
    minimum=1,
    maximum=60,
    unsure=True,
)

register(ANSWER_DAYS)

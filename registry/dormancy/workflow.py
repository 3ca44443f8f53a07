"""How a street cancels the filing of a dormant group: notice first, decision after."""

from core.i18n import _l
from core.workflow import Seat, Workflow, declare
from registry.dormancy import policy
from registry.dormancy.states import STATES
from registry.dormancy.steps import TRANSITIONS

DORMANT_CANCELLATION = declare(
    Workflow(
        kind="dormant_cancellation",
        title=_l("Cancellation of a dormant group's filing"),
        states=STATES,
        transitions=TRANSITIONS,
        series="XM",
        freezes=(policy.NOTICE_DAYS.key,),
        seats=(Seat.OFFICE, Seat.OVERSIGHT),
        sole="dormant_cancellation",
        of_office=True,
    )
)

"""What a group reads before it ends its filing."""

from core.i18n import _l
from core.workflow import Guide
from registry.cancellations import policy

GUIDE = Guide(
    title=_l("Cancel a filing"),
    lead=_l(
        "For a filed group that has ended or wants to end. The group stays on the register as "
        "cancelled, with its whole history."
    ),
    who=(_l("Filed groups; please choose first for which group you are acting."),),
    needs=(
        _l("The day on which the members decided it"),
        _l("What became of the group's money and things"),
    ),
    steps=(
        _l("Fill in one short page."),
        _l("The street's guidance center decides."),
        _l("The receipt becomes void, and the cancellation is announced."),
    ),
    cost=_l("Free of charge."),
    laws=("四川省社区社会组织管理规定（2023年）",),
    days=((_l("Decision of the street"), policy.STREET_DAYS.key),),
    for_organizations=True,
)

"""The steps by which a street cancels the filing of a dormant group."""

from core.i18n import _l
from core.workflow import Party, Transition
from registry.dormancy import guards
from registry.dormancy.states import DormantState

S, P, step = DormantState, Party, Transition

OPEN = {S.PREPARED, S.ANNOUNCED, S.DECIDING}

TRANSITIONS = (
    step(
        "announce",
        _l("Announce the cancellation"),
        {S.PREPARED},
        S.ANNOUNCED,
        by={P.STREET_OFFICER},
        guard=guards.dormant,
        effect="Publish the notice with its period for objections, write to the group",
        consequence=_l(
            "A public notice appears and the group is written to. Until the period is over anybody "
            "can object, and the group can renew."
        ),
        message=_l(
            "The street has announced that it will cancel the filing of this dormant group."
        ),
        tells={P.APPLICANT, P.SUPERVISOR},
        tone="primary",
        final=True,
    ),
    step(
        "end_notice",
        _l("The period for objections is over"),
        {S.ANNOUNCED},
        S.DECIDING,
        by={P.SYSTEM},
        message=_l("The period for objections is over; the street decides."),
        tells={P.STREET_OFFICER},
    ),
    step(
        "strike_off",
        _l("Cancel the filing"),
        {S.DECIDING},
        S.CANCELLED,
        by={P.STREET_OFFICER},
        guard=guards.may_be_struck_off,
        effect="End the entry, declare the receipt void, issue the notice, announce it",
        consequence=_l(
            "The group ends on the register, its receipt becomes void at once, and the "
            "cancellation is announced. This cannot be undone."
        ),
        message=_l("The filing is cancelled; the receipt no longer holds."),
        tells={P.APPLICANT, P.SUPERVISOR},
        tone="red",
    ),
    step(
        "keep",
        _l("The group is active"),
        OPEN,
        S.KEPT,
        by={P.STREET_OFFICER},
        reason=True,
        reason_label=_l("How do you know that the group is active?"),
        effect="Make the group active again, take the notice back",
        consequence=_l("The group is active again, and a public notice is taken back."),
        message=_l("The street has found the group active; its filing stays."),
        tells={P.APPLICANT},
    ),
    step(
        "drop",
        _l("No longer needed"),
        OPEN,
        S.DROPPED,
        by={P.SYSTEM},
        effect="Take the notice back",
        message=_l(
            "The group has renewed its filing, been registered or ended its filing itself; this proceeding is over."
        ),
        tells={P.STREET_OFFICER, P.APPLICANT},
    ),
)

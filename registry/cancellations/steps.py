"""The steps of a cancellation at the group's own wish."""

from core.i18n import _l
from core.workflow import Party, Transition
from core.workflow.usual import steps
from registry.cancellations import guards
from registry.cancellations.states import CancellationState

S, P, step = CancellationState, Party, Transition

TRANSITIONS = (
    steps.submission(
        "submit",
        _l("Submit the application"),
        {S.DRAFT},
        S.STREET_REVIEW,
        guard=guards.may_be_asked,
        consequence=_l("The street's guidance center decides."),
        message=_l("An application to cancel a filing has come in."),
        tells={P.STREET_OFFICER, P.APPLICANT},
    ),
    steps.correction_request({S.STREET_REVIEW}, S.CORRECTION, by={P.STREET_OFFICER}),
    steps.resubmission(
        {S.CORRECTION},
        S.STREET_REVIEW,
        guard=guards.may_be_asked,
        consequence=_l("The street decides on the corrected application."),
        tells={P.STREET_OFFICER, P.APPLICANT},
    ),
    step(
        "approve",
        _l("Cancel the filing"),
        {S.STREET_REVIEW},
        S.CANCELLED,
        by={P.STREET_OFFICER},
        guard=guards.may_be_granted,
        effect="End the entry, declare the receipt void, issue the notice, announce it",
        consequence=_l(
            "The group ends on the register, its receipt becomes void at once, and the "
            "cancellation is announced. This cannot be undone."
        ),
        message=_l("The filing is cancelled; the receipt no longer holds."),
        tells={P.APPLICANT},
        tone="red",
    ),
    steps.refusal(
        _l("Do not cancel"),
        {S.STREET_REVIEW},
        S.REFUSED,
        by={P.STREET_OFFICER},
        effect="Issue the notice that the filing is not cancelled",
        message=_l("The filing is not cancelled; the notice names the reasons."),
        tone="secondary",
    ),
    steps.withdrawal(
        {S.DRAFT, S.STREET_REVIEW, S.CORRECTION}, S.WITHDRAWN, tells={P.STREET_OFFICER}
    ),
    steps.expiry(S.DRAFT, S.LAPSED),
    steps.lapse({S.CORRECTION}, S.LAPSED),
)

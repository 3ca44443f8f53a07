"""The steps of a renewal."""

from core.i18n import _l
from core.workflow import Party, Transition
from core.workflow.usual import guards, steps
from registry.renewals.states import RenewalState

S, P, step = RenewalState, Party, Transition

TRANSITIONS = (
    steps.submission(
        "submit",
        _l("Submit the application"),
        {S.DRAFT},
        S.STREET_REVIEW,
        consequence=_l("The street's guidance center decides."),
        message=_l("An application to renew a filing has come in."),
        tells={P.STREET_OFFICER, P.APPLICANT},
    ),
    steps.correction_request({S.STREET_REVIEW}, S.CORRECTION, by={P.STREET_OFFICER}),
    steps.resubmission(
        {S.CORRECTION},
        S.STREET_REVIEW,
        consequence=_l("The street decides on the corrected application."),
        tells={P.STREET_OFFICER, P.APPLICANT},
    ),
    step(
        "approve",
        _l("Renew the filing"),
        {S.STREET_REVIEW},
        S.RENEWED,
        by={P.STREET_OFFICER},
        guard=guards.conditions_met,
        effect="Prolong the entry, wake a dormant group, issue the new receipt in place of the old",
        consequence=_l(
            "A new receipt is printed and replaces the old one at once; a dormant group is active "
            "again on the public register. This cannot be taken back."
        ),
        message=_l("The filing is renewed; the new receipt is with the case."),
        tells={P.APPLICANT},
        tone="primary",
        final=True,
    ),
    steps.refusal(
        _l("Do not renew"),
        {S.STREET_REVIEW},
        S.REFUSED,
        by={P.STREET_OFFICER},
        effect="Issue the notice that the filing is not renewed",
        message=_l("The filing is not renewed; the notice names the reasons."),
    ),
    steps.withdrawal(
        {S.DRAFT, S.STREET_REVIEW, S.CORRECTION}, S.WITHDRAWN, tells={P.STREET_OFFICER}
    ),
    steps.expiry(S.DRAFT, S.LAPSED),
    steps.lapse({S.CORRECTION}, S.LAPSED),
)

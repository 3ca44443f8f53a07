"""Where the registration of an organization can stand."""

from enum import StrEnum

from core.i18n import _l
from core.workflow import Party, State
from core.workflow.usual import states
from registry.registrations import policy


class RegistrationState(StrEnum):
    DRAFT = "draft"
    SPONSOR_REVIEW = "sponsor_review"
    SPONSOR_RETURNED = "sponsor_returned"
    SUBMITTED = "submitted"
    CORRECTION = "correction"
    EXAMINING = "examining"
    SUPPLEMENT = "supplement"
    EXPERT_REVIEW = "expert_review"
    DECIDING = "deciding"
    APPROVED = "approved"
    CERTIFIED = "certified"
    NOT_ACCEPTED = "not_accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


S, P = RegistrationState, Party

STATES = (
    states.draft(S.DRAFT),
    states.with_sponsor(S.SPONSOR_REVIEW, policy.SPONSOR_DAYS),
    states.returned_by_sponsor(S.SPONSOR_RETURNED),
    states.waiting_for_acceptance(S.SUBMITTED, policy.INTAKE_DAYS),
    states.correction(
        S.CORRECTION,
        policy.CORRECTION_DAYS,
        pauses_basis=policy.COMPLETE_PAPERS,
        next_text=_l("Correct everything that the notice lists, then send the application again."),
    ),
    states.under_review(
        S.EXAMINING,
        _l("Under examination"),
        P.EXAMINER,
        next_text=_l("An examiner checks every condition; another person then decides."),
    ),
    states.correction(
        S.SUPPLEMENT,
        policy.CORRECTION_DAYS,
        label=_l("Waiting for further papers"),
        opens={"documents"},
        pauses_basis=policy.COMPLETE_PAPERS,
        next_text=_l("Add what the examiner asked for. The time limit stands still meanwhile."),
    ),
    states.under_review(
        S.EXPERT_REVIEW,
        _l("Hearing or expert review"),
        P.EXAMINER,
        pauses=_l("A hearing or an expert review takes place; this time does not count."),
        pauses_basis=f"{policy.LICENSING}第四十五条",
        next_text=_l("You are told of the result. The time limit stands still meanwhile."),
    ),
    states.under_review(
        S.DECIDING,
        _l("Waiting for the decision"),
        P.APPROVER,
        public_label=_l("Under examination"),
        next_text=_l("An examiner checks every condition; another person then decides."),
    ),
    State(
        S.APPROVED,
        _l("Approved, certificate to be issued"),
        tone="green",
        waits_on=P.CERTIFICATE_OFFICER,
        due=policy.CERTIFICATE_DAYS.key,
        next_text=_l("The office issues the certificate. You are told when it is ready."),
    ),
    State(
        S.CERTIFIED,
        _l("Entered in the register"),
        tone="green",
        final=True,
        next_text=_l(
            "Download the certificate on the page of this case. Then have the seal carved, open the "
            "bank account and file both with the authority that supervises you; the decision names it."
        ),
    ),
    states.refused(S.NOT_ACCEPTED, _l("Not accepted")),
    states.refused_by_decision(S.REFUSED),
    states.withdrawn(S.WITHDRAWN),
    states.lapsed(S.LAPSED),
)

#: Until the decision the applicant may take the application back.
OPEN_TO_WITHDRAW = {
    S.DRAFT,
    S.SPONSOR_REVIEW,
    S.SPONSOR_RETURNED,
    S.SUBMITTED,
    S.CORRECTION,
    S.EXAMINING,
    S.SUPPLEMENT,
    S.EXPERT_REVIEW,
    S.DECIDING,
}

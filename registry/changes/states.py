"""Where a change of registration can stand."""

from enum import StrEnum

from core.i18n import _l
from core.workflow import Party, State
from core.workflow.usual import states
from registry.changes import policy


class ChangeState(StrEnum):
    DRAFT = "draft"
    SPONSOR_REVIEW = "sponsor_review"
    SPONSOR_RETURNED = "sponsor_returned"
    SUBMITTED = "submitted"
    CORRECTION = "correction"
    DECIDING = "deciding"
    APPROVED = "approved"
    CHANGED = "changed"
    NOT_ACCEPTED = "not_accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    ENDED = "ended"


S, P = ChangeState, Party

STATES = (
    states.draft(S.DRAFT),
    states.with_sponsor(S.SPONSOR_REVIEW, policy.SPONSOR_DAYS),
    states.returned_by_sponsor(S.SPONSOR_RETURNED),
    states.waiting_for_acceptance(S.SUBMITTED, policy.INTAKE_DAYS),
    states.correction(
        S.CORRECTION,
        policy.CORRECTION_DAYS,
        next_text=_l("Correct everything that the notice lists, then send the application again."),
    ),
    states.under_review(
        S.DECIDING,
        _l("Waiting for the decision"),
        P.APPROVER,
        next_text=_l("Another person than the one who accepted it decides."),
    ),
    State(
        S.APPROVED,
        _l("Approved, new certificate to be issued"),
        tone="green",
        waits_on=P.CERTIFICATE_OFFICER,
        due=policy.ISSUE_DAYS.key,
        next_text=_l(
            "The register says the new entry. The office issues the new certificate; please bring "
            "the old one, original and duplicate."
        ),
    ),
    State(
        S.CHANGED,
        _l("Changed, new certificate issued"),
        tone="green",
        final=True,
        next_text=_l(
            "Download the new certificate on the page of this case. The old one is no longer valid."
        ),
    ),
    states.refused(S.NOT_ACCEPTED, _l("Not accepted")),
    states.refused_by_decision(S.REFUSED),
    states.withdrawn(S.WITHDRAWN),
    states.lapsed(S.LAPSED),
    State(
        S.ENDED,
        _l("Ended without a certificate"),
        final=True,
        next_text=_l("The reason is in the timeline."),
    ),
)

#: Until the decision the applicant may take the application back.
OPEN_TO_WITHDRAW = {
    S.DRAFT,
    S.SPONSOR_REVIEW,
    S.SPONSOR_RETURNED,
    S.SUBMITTED,
    S.CORRECTION,
    S.DECIDING,
}

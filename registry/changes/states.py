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
    states.under_review(
        S.SPONSOR_REVIEW,
        _l("With the sponsor unit"),
        P.SPONSOR_OFFICER,
        due=policy.SPONSOR_DAYS.key,
        next_text=_l(
            "The sponsor unit gives its opinion. Then the registration authority takes over."
        ),
    ),
    State(
        S.SPONSOR_RETURNED,
        _l("Returned by the sponsor unit"),
        tone="amber",
        waits_on=P.APPLICANT,
        next_text=_l("Read the sponsor unit's opinion, change the application and send it again."),
    ),
    states.under_review(
        S.SUBMITTED,
        _l("Waiting for acceptance"),
        P.INTAKE,
        due=policy.INTAKE_DAYS.key,
        on_overdue="deem_accepted",
        next_text=_l(
            "The office accepts the application or asks once for everything that is missing. "
            "Without an answer in time it counts as accepted."
        ),
    ),
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
    State(
        S.REFUSED,
        _l("Refused"),
        tone="red",
        final=True,
        next_text=_l("The decision names its legal ground and the remedies."),
    ),
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

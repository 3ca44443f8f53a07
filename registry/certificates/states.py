"""Where an application for another certificate can stand."""

from enum import StrEnum

from core.i18n import _l
from core.workflow import Party, State
from core.workflow.usual import states
from registry.certificates import policy


class ReplacementState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CORRECTION = "correction"
    DECIDING = "deciding"
    APPROVED = "approved"
    ISSUED = "issued"
    NOT_ACCEPTED = "not_accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    ENDED = "ended"


S, P = ReplacementState, Party

STATES = (
    states.draft(S.DRAFT),
    states.waiting_for_acceptance(S.SUBMITTED, policy.INTAKE_DAYS),
    states.correction(S.CORRECTION, policy.CORRECTION_DAYS, pauses_basis=states.COMPLETE),
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
            "The office issues the certificate. Unless it was lost, please bring the old one."
        ),
    ),
    State(
        S.ISSUED,
        _l("Certificate issued"),
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
        next_text=_l("The reason is in the timeline. If you still need one, please apply again."),
    ),
)

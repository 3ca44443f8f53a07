"""Where a renewal can stand."""

from enum import StrEnum

from core.i18n import _l
from core.workflow import Party, State
from core.workflow.usual import states
from registry.renewals import policy


class RenewalState(StrEnum):
    DRAFT = "draft"
    STREET_REVIEW = "street_review"
    CORRECTION = "correction"
    RENEWED = "renewed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


S, P = RenewalState, Party

STATES = (
    states.draft(S.DRAFT),
    states.under_review(
        S.STREET_REVIEW,
        _l("With the street"),
        P.STREET_OFFICER,
        due=policy.STREET_DAYS.key,
        next_text=_l("The street's guidance center decides and issues the new receipt."),
    ),
    states.correction(S.CORRECTION, policy.CORRECTION_DAYS),
    State(
        S.RENEWED,
        _l("Renewed"),
        tone="green",
        final=True,
        next_text=_l(
            "Download the new filing certificate on the page of this case. The old one is no longer valid."
        ),
    ),
    states.refused(S.REFUSED, _l("Not renewed")),
    states.withdrawn(S.WITHDRAWN),
    states.lapsed(S.LAPSED),
)

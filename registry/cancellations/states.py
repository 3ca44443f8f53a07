"""Where a cancellation at the group's own wish can stand."""

from enum import StrEnum

from core.i18n import _l
from core.workflow import Party, State
from core.workflow.usual import states
from registry.cancellations import policy


class CancellationState(StrEnum):
    DRAFT = "draft"
    STREET_REVIEW = "street_review"
    CORRECTION = "correction"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


S, P = CancellationState, Party

STATES = (
    states.draft(S.DRAFT),
    states.under_review(
        S.STREET_REVIEW,
        _l("With the street"),
        P.STREET_OFFICER,
        due=policy.STREET_DAYS.key,
        next_text=_l("The street's guidance center decides. Until then everything stays as it is."),
    ),
    states.correction(S.CORRECTION, policy.CORRECTION_DAYS),
    State(
        S.CANCELLED,
        _l("Filing cancelled"),
        final=True,
        next_text=_l("The receipt no longer holds. A new group can be filed at any time."),
    ),
    states.refused(S.REFUSED, _l("Not cancelled")),
    states.withdrawn(S.WITHDRAWN),
    states.lapsed(S.LAPSED),
)

"""Where a filing can stand."""

from enum import StrEnum

from core.i18n import _l
from core.workflow import Party, State
from core.workflow.usual import states
from registry.filings import policy


class FilingState(StrEnum):
    DRAFT = "draft"
    COMMUNITY_REVIEW = "community_review"
    STREET_REVIEW = "street_review"
    CORRECTION = "correction"
    FILED = "filed"
    RECORDED = "recorded"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


S, P = FilingState, Party

STATES = (
    states.draft(S.DRAFT),
    states.under_review(
        S.COMMUNITY_REVIEW,
        _l("With the residents' committee"),
        P.COMMUNITY_OFFICER,
        due=policy.COMMUNITY_DAYS.key,
        on_overdue="pass_on",
        next_text=_l("The residents' committee gives its opinion; then the street decides."),
    ),
    states.under_review(
        S.STREET_REVIEW,
        _l("With the street"),
        P.STREET_OFFICER,
        due=policy.STREET_DAYS.key,
        next_text=_l("The street's guidance center decides and issues the filing receipt."),
    ),
    states.correction(S.CORRECTION, policy.CORRECTION_DAYS),
    State(
        S.FILED,
        _l("Filed with the street"),
        tone="green",
        waits_on=P.SUPERVISOR,
        due=policy.BUREAU_DAYS.key,
        on_overdue="record",
        settled=True,
        next_text=_l(
            "Download the filing certificate on the page of this case; the group may begin its activities."
        ),
    ),
    State(
        S.RECORDED,
        _l("Filed and recorded"),
        tone="green",
        public_label=_l("Filed with the street"),
        final=True,
        next_text=_l(
            "Download the filing certificate on the page of this case; the group may begin its activities."
        ),
    ),
    State(
        S.REFUSED,
        _l("Not filed"),
        tone="red",
        final=True,
        next_text=_l("The notice names the reasons. A changed application is welcome."),
    ),
    states.withdrawn(S.WITHDRAWN),
    states.lapsed(S.LAPSED),
)

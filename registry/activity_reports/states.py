"""Where a yearly report can stand. Handed in is handed in: it cannot be refused."""

from enum import StrEnum

from core.i18n import _l
from core.workflow import Party, State
from core.workflow.usual import states
from registry.activity_reports import policy


class ReportState(StrEnum):
    DRAFT = "draft"
    HANDED_IN = "handed_in"
    CORRECTION = "correction"
    RECORDED = "recorded"


S, P = ReportState, Party

THANKS = _l("Nothing more is to be done until next year.")

STATES = (
    states.draft(S.DRAFT, on_overdue=None),
    State(
        S.HANDED_IN,
        _l("Handed in"),
        tone="green",
        waits_on=P.STREET_OFFICER,
        due=policy.STREET_DAYS.key,
        on_overdue="record",
        settled=True,
        next_text=THANKS,
    ),
    states.correction(
        S.CORRECTION,
        policy.CORRECTION_DAYS,
        label=_l("The street has asked"),
        on_overdue="record",
        next_text=_l("Complete what the street asks about, then hand the report in again."),
    ),
    State(S.RECORDED, _l("On record"), tone="green", final=True, next_text=THANKS),
)

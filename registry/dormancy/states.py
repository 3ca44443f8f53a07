"""Where the cancellation of a dormant group's filing can stand."""

from enum import StrEnum
from typing import Any

from core import clock
from core.i18n import _l
from core.workflow import Party, State
from core.workflow.usual import states
from registry.dormancy import policy


class DormantState(StrEnum):
    PREPARED = "prepared"
    ANNOUNCED = "announced"
    DECIDING = "deciding"
    CANCELLED = "cancelled"
    KEPT = "kept"
    DROPPED = "dropped"


S, P = DormantState, Party

RENEW = _l("If the group goes on, please renew its filing now: that ends this proceeding.")


def end_of_notice(case: Any) -> Any:
    """Return the moment at which the period for objections is over."""
    return clock.end_of_day(case.objections_until)


STATES = (
    states.under_review(
        S.PREPARED,
        _l("To be announced"),
        P.STREET_OFFICER,
        due=policy.STREET_DAYS.key,
        next_text=RENEW,
    ),
    State(
        S.ANNOUNCED,
        _l("On public notice"),
        tone="amber",
        ends=end_of_notice,
        on_overdue="end_notice",
        next_text=RENEW,
    ),
    states.under_review(
        S.DECIDING,
        _l("Waiting for the decision"),
        P.STREET_OFFICER,
        due=policy.STREET_DAYS.key,
        next_text=RENEW,
    ),
    State(
        S.CANCELLED,
        _l("Filing cancelled"),
        final=True,
        next_text=_l("The receipt no longer holds. A new group can be filed at any time."),
    ),
    State(
        S.KEPT,
        _l("Group found active"),
        tone="green",
        final=True,
        next_text=_l("The group is active again. Please hand in its yearly report in time."),
    ),
    State(
        S.DROPPED,
        _l("Ended without cancellation"),
        final=True,
        next_text=_l("Nothing is left to do: the group has renewed its filing or ended it itself."),
    ),
)

"""Where applications of every kind begin, wait for their applicant, and end without a decision."""

from enum import StrEnum
from typing import Any

from core.errors import Words
from core.i18n import _l
from core.policy import Policy
from core.workflow.parties import Party
from core.workflow.policy import DRAFT_DAYS
from core.workflow.steps import State

#: Why the time in which an applicant mends the papers counts against nobody: an application is
#: accepted, and its time runs, from complete papers. What is no licence goes by the same rule.
ADDING = _l(
    "The applicant is adding papers; the time limit is counted from complete papers, so this time "
    "does not count."
)
COMPLETE = "行政许可法第三十二条第一款第五项"


def draft(key: StrEnum, *, on_overdue: str | None = "expire") -> State:
    """The applicant fills in the application; nobody else knows of it.

    Left alone for long it ends by itself, unless its kind says otherwise (`on_overdue` None).
    """
    return State(
        key,
        _l("Draft"),
        waits_on=Party.APPLICANT,
        private=True,
        due=DRAFT_DAYS.key if on_overdue else None,
        on_overdue=on_overdue,
    )


def under_review(key: StrEnum, label: Any, waits_on: Party, **own: Any) -> State:
    """Somebody at an office has it in hand."""
    return State(key, label, **{"tone": "blue", "waits_on": waits_on, **own})


def with_sponsor(key: StrEnum, answers: Policy[int]) -> State:
    """The sponsor unit reads the application first, within the days of `answers`."""
    return under_review(
        key,
        _l("With the sponsor unit"),
        Party.SPONSOR_OFFICER,
        due=answers.key,
        next_text=_l(
            "The sponsor unit gives its opinion. Then the registration authority takes over."
        ),
    )


def returned_by_sponsor(key: StrEnum) -> State:
    """The sponsor unit does not agree to the application as it is."""
    return State(
        key,
        _l("Returned by the sponsor unit"),
        tone="amber",
        waits_on=Party.APPLICANT,
        next_text=_l("Read the sponsor unit's opinion, change the application and send it again."),
    )


def waiting_for_acceptance(key: StrEnum, answers: Policy[int]) -> State:
    """The office takes it in within the days of `answers`, or it counts as taken in."""
    return under_review(
        key,
        _l("Waiting for acceptance"),
        Party.INTAKE,
        due=answers.key,
        on_overdue="deem_accepted",
        next_text=_l(
            "The office accepts the application or asks once for everything that is missing. "
            "Without an answer in time it counts as accepted."
        ),
    )


def correction(key: StrEnum, allowed: Policy[int], **own: Any) -> State:
    """The applicant mends what the office listed, within the days of `allowed`, or it lapses.

    Where the case clock runs already, it stands still meanwhile.
    """
    usual: dict[str, Any] = {
        "tone": "amber",
        "waits_on": Party.APPLICANT,
        "due": allowed.key,
        "on_overdue": "lapse",
        "pauses": ADDING,
        "pauses_basis": f"参照{COMPLETE}",
        "next_text": _l("Correct everything that is listed, then send the application again."),
    }
    return State(key, **{"label": _l("Correction requested"), **usual, **own})


def refused(key: StrEnum, label: Words) -> State:
    """The office said no, in a notice with its reasons."""
    words = _l("The notice names the reasons and the remedies.")
    return State(key, label, tone="red", final=True, next_text=words)


def refused_by_decision(key: StrEnum) -> State:
    """The office said no, in a decision that can be challenged."""
    words = _l("The decision names its legal ground and the remedies.")
    return State(key, _l("Refused"), tone="red", final=True, next_text=words)


def withdrawn(key: StrEnum) -> State:
    """The applicant took it back."""
    words = _l("The applicant took the application back. A new one is possible any time.")
    return State(key, _l("Withdrawn"), final=True, next_text=words)


def lapsed(key: StrEnum) -> State:
    """The applicant let the time for corrections pass."""
    words = _l(
        "What was missing did not come in time, so the case has ended. A new application is "
        "possible any time."
    )
    return State(key, _l("Lapsed"), final=True, next_text=words)

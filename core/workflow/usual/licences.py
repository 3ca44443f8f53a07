"""The steps by which an application for a licence comes to the office and is taken in (行政许可法).

What each kind says of its own – where the step leads, who is told, on which basis – is given; the
rest is the same for every licence.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from core.i18n import _l
from core.workflow.parties import Party
from core.workflow.steps import Phase, Transition
from core.workflow.usual import asks, guards
from core.workflow.usual.steps import correction_request, submission

P = Party
LICENSING = "行政许可法"


def to_sponsor(source: Collection[StrEnum], target: StrEnum, **own: Any) -> Transition:
    """The applicant hands the application in to the sponsor unit, which reads it first."""
    usual: dict[str, Any] = {
        "asks": (asks.DECLARATION_WITH_PAPERS,),
        "consequence": _l(
            "The sponsor unit reads the application first. You can take it back until the decision."
        ),
        "tells": {P.SPONSOR_OFFICER, P.APPLICANT},
    }
    label = _l("Send to the sponsor unit")
    return submission("submit_to_sponsor", label, source, target, **{**usual, **own})


def back_to_sponsor(source: Collection[StrEnum], target: StrEnum, **own: Any) -> Transition:
    """What was corrected goes to the sponsor unit, which has not agreed to it as it is now."""
    usual: dict[str, Any] = {
        "asks": (asks.DECLARATION_WITH_PAPERS,),
        "consequence": _l(
            "The sponsor unit has not agreed to the application as it is now: it reads it first. "
            "Then it goes on to the registration authority."
        ),
        "tells": {P.SPONSOR_OFFICER, P.APPLICANT},
    }
    label = _l("Send the corrected application to the sponsor unit")
    return submission("resubmit_to_sponsor", label, source, target, **{**usual, **own})


def sponsor_agreement(source: Collection[StrEnum], target: StrEnum, *, basis: str) -> Transition:
    """The sponsor unit agrees; its effect notes the consent and gives the receipt."""
    return Transition(
        "sponsor_agree",
        _l("Agree"),
        source,
        target,
        by={P.SPONSOR_OFFICER},
        phase=Phase.SPONSOR,
        asks=(asks.OPINION,),
        effect="Note the sponsor unit's consent and give the receipt for the papers",
        consequence=_l("Your opinion goes to the registration authority with the application."),
        message=_l(
            "The sponsor unit has agreed; the application is with the registration authority."
        ),
        tells={P.INTAKE, P.APPLICANT},
        basis=basis,
        tone="primary",
    )


def sponsor_return(source: Collection[StrEnum], target: StrEnum) -> Transition:
    """The sponsor unit says what speaks against it, or must be changed."""
    return Transition(
        "sponsor_return",
        _l("Return with an opinion"),
        source,
        target,
        by={P.SPONSOR_OFFICER},
        phase=Phase.SPONSOR,
        reason=True,
        reason_label=_l("What speaks against it, or must be changed"),
        consequence=_l("The applicant reads your opinion and may change the application."),
        message=_l("The sponsor unit has returned the application with its opinion."),
        tells={P.APPLICANT},
    )


def acceptance(source: Collection[StrEnum], target: StrEnum, **own: Any) -> Transition:
    """The office takes the application in; its effect issues the notice, and the time begins."""
    usual: dict[str, Any] = {
        "by": {P.INTAKE},
        "phase": Phase.INTAKE,
        "effect": "Issue the acceptance notice",
        "consequence": _l("The acceptance notice is issued and the time for the decision begins."),
        "message": _l("The application is accepted; the acceptance notice is with the case."),
        "basis": f"{LICENSING}第三十二条第一款第五项",
        "tone": "primary",
        "final": True,
    }
    return Transition("accept", _l("Accept the application"), source, target, **{**usual, **own})


def correction_once(source: Collection[StrEnum], target: StrEnum, **own: Any) -> Transition:
    """The office asks for everything that is missing, and may do so only once."""
    usual: dict[str, Any] = {
        "by": {P.INTAKE},
        "phase": Phase.INTAKE,
        "guard": guards.asked_once,
        "asks": (asks.ITEMS_ONCE,),
        "basis": f"{LICENSING}第三十二条第一款第四项",
    }
    return correction_request(source, target, **{**usual, **own})


def non_acceptance(source: Collection[StrEnum], target: StrEnum) -> Transition:
    """The office does not take the application in; its effect issues the notice with reasons."""
    return Transition(
        "decline",
        _l("Decline to accept"),
        source,
        target,
        by={P.INTAKE},
        phase=Phase.INTAKE,
        reason=True,
        effect="Issue the notice of non-acceptance",
        consequence=_l("The case ends. The notice of non-acceptance names reasons and remedies."),
        message=_l("The application is not accepted; the notice names the reasons."),
        tells={P.APPLICANT},
        basis=f"{LICENSING}第三十二条第一款第一项、第二项",
        tone="red",
    )

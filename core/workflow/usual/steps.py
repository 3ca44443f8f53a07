"""The steps by which applications of every kind come in, come back, and end without a decision."""

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from core.errors import Words
from core.i18n import _l
from core.workflow.parties import Party
from core.workflow.steps import Transition
from core.workflow.usual import asks, guards

A = Party.APPLICANT


def submission(
    name: str, label: Words, source: Collection[StrEnum], target: StrEnum, **own: Any
) -> Transition:
    """The applicant hands the application in: complete, declared to be true, numbered."""
    usual: dict[str, Any] = {
        "by": {A},
        "guard": guards.complete,
        "asks": (asks.DECLARATION,),
        "submits": True,
        "told": _l("Your application has been submitted."),
        "tone": "primary",
    }
    return Transition(name, label, source, target, **{**usual, **own})


def resubmission(source: Collection[StrEnum], target: StrEnum, **own: Any) -> Transition:
    """The applicant sends what was to be corrected."""
    usual: dict[str, Any] = {
        "message": _l("The corrected application has come in."),
        "told": _l("Your corrected application has been submitted."),
    }
    label = own.pop("label", _l("Send the corrected application"))
    return submission("resubmit", label, source, target, **{**usual, **own})


def correction_request(source: Collection[StrEnum], target: StrEnum, **own: Any) -> Transition:
    """The office lists everything that is missing; its effect issues the notice (papers)."""
    usual: dict[str, Any] = {
        "asks": (asks.ITEMS,),
        "effect": "Issue the correction notice",
        "consequence": _l("One notice with every item is issued."),
        "message": _l("Something is missing; the correction notice lists everything."),
        "tells": {A},
    }
    label = own.pop("label", _l("Ask for corrections"))
    return Transition("request_correction", label, source, target, **{**usual, **own})


def deemed_acceptance(source: Collection[StrEnum], target: StrEnum, **own: Any) -> Transition:
    """No answer in time counts as acceptance on the day of receipt (行政许可法 art. 32(4))."""
    usual: dict[str, Any] = {
        "by": {Party.SYSTEM},
        "from_receipt": True,
        "effect": "Issue the notice that the application counts as accepted",
        "message": _l(
            "The office gave no answer in time, so the application counts as accepted on the day it "
            "came in."
        ),
        "basis": "行政许可法第三十二条第一款第四项",
    }
    return Transition("deem_accepted", _l("Counts as accepted"), source, target, **{**usual, **own})


def refusal(label: Words, source: Collection[StrEnum], target: StrEnum, **own: Any) -> Transition:
    """The office says no, with its reason; its effect issues the notice (papers)."""
    usual: dict[str, Any] = {
        "reason": True,
        "consequence": _l("The case ends. The notice names the reasons."),
        "tells": {A},
        "tone": "red",
    }
    return Transition("refuse", label, source, target, **{**usual, **own})


def withdrawal(source: Collection[StrEnum], target: StrEnum, **own: Any) -> Transition:
    """The applicant takes the application back."""
    usual: dict[str, Any] = {
        "by": {A},
        "consequence": _l(
            "The case ends without a decision. A new application is possible any time."
        ),
        "message": _l("The applicant has withdrawn the application."),
        "tone": "red",
    }
    label = _l("Withdraw the application")
    return Transition("withdraw", label, source, target, **{**usual, **own})


def expiry(source: StrEnum, target: StrEnum) -> Transition:
    """Nobody has changed the draft for long: it ends by itself, and its personal data go later."""
    return Transition(
        "expire",
        _l("The draft ends"),
        {source},
        target,
        {Party.SYSTEM},
        message=_l(
            "Nobody has changed the draft for a long time, so it has ended. A new application is possible any time."
        ),
        tells={A},
    )


def lapse(source: Collection[StrEnum], target: StrEnum, **own: Any) -> Transition:
    """The time for corrections is over: the case ends by itself."""
    usual: dict[str, Any] = {
        "by": {Party.SYSTEM},
        "message": _l("The corrections did not come in time; the application has lapsed."),
        "tells": {A},
    }
    return Transition("lapse", _l("Lapse"), source, target, **{**usual, **own})

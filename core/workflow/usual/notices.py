"""The papers of the office's first answer, which say the same in every kind of case."""

from collections.abc import Callable, Sequence
from typing import Any

from core import clock, documents
from core.accounts import Actor
from core.policy import Policy
from core.workflow.declaration import Workflow
from core.workflow.models import Case
from core.workflow.usual.papers import correction_facts

#: 行政许可法 art. 32: how an application is answered.
ANSWER = "《中华人民共和国行政许可法》第三十二条"
#: Its item on everything at once, and on silence.
AT_ONCE = "《中华人民共和国行政许可法》第三十二条第一款第四项"

Issue = Callable[..., documents.Instrument]


def limits(case: Case) -> dict[str, Any]:
    """Return the day of receipt and the last days of the case clock, as acceptance set it running."""
    return {
        "received_on": clock.local(case.state_since).date(),
        "deadline_statutory": case.statutory_on,
        "deadline_promised": case.promised_on,
    }


def answer_with(
    workflow: Workflow,
    issue: Issue,
    *,
    corrections: Policy[int],
    decided_by: Callable[[Any], Sequence[str]] = lambda case: (),
) -> None:
    """Register the usual papers: on acceptance, silence, request for corrections, and refusal to accept.

    `issue(case, kind, by, **facts)` gives a paper its addressee and matter; `decided_by` names for
    a case the articles on its decision, which acceptance cites beside the licensing law. Steps that
    the kind does not have, or that declare no effect, are left aside.
    """

    def accept(case: Case, by: Actor, entered: dict[str, Any]) -> None:
        issue(case, "acceptance_notice", by, basis=[ANSWER, *decided_by(case)], **limits(case))

    def deem_accepted(case: Case, by: Actor, entered: dict[str, Any]) -> None:
        issue(case, "deemed_acceptance", by, basis=[AT_ONCE], **limits(case))

    def request_correction(case: Case, by: Actor, entered: dict[str, Any]) -> None:
        facts = correction_facts(case, entered, corrections)
        issue(case, "correction_notice", by, basis=[AT_ONCE], **facts)

    def decline(case: Case, by: Actor, entered: dict[str, Any]) -> None:
        issue(case, "non_acceptance_notice", by, reasons=entered["note"], basis=[ANSWER])

    for work in (accept, deem_accepted, request_correction, decline):
        step = workflow.step.get(work.__name__)
        if step is not None and step.effect:
            workflow.on(work.__name__)(work)

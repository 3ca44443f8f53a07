"""Papers of the office's first answer: receipt, acceptance, corrections, non-acceptance."""

from typing import Any

from core import clock
from core import policy as values
from core.accounts import Actor
from core.workflow import clocks
from core.workflow.usual import papers
from registry.registrations import policy
from registry.registrations.actions.paper import issue_paper
from registry.registrations.models import Registration
from registry.registrations.types import type_of
from registry.registrations.workflow import REGISTRATION


@REGISTRATION.on("submit")
@REGISTRATION.on("resubmit")
def give_receipt(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Confirm which papers came in, and when."""
    issue_paper(
        case,
        "submission_receipt",
        by,
        received_on=clock.today(),
        items=[str(d.label) for d in type_of(case).papers if d.needed(case)],
        answer_by=clocks.last_day(
            clock.today(), policy.INTAKE_DAYS.key, case.frozen(policy.INTAKE_DAYS.key)
        ),
    )


@REGISTRATION.on("sponsor_agree")
def note_consent(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Keep the day of the sponsor unit's consent; the registrar has the papers from today."""
    case.sponsor_agreed_on = clock.today()
    give_receipt(case, by, entered)


def _limits(case: Registration) -> dict[str, Any]:
    """Return the two last days that an acceptance notice names, counted from today."""
    today = clock.today()
    return {
        "received_on": clock.local(case.state_since).date(),
        "deadline_statutory": clocks.last_day(
            today, policy.STATUTORY_DAYS.key, values.value(policy.STATUTORY_DAYS.key)
        ),
        "deadline_promised": clocks.last_day(
            today, policy.PROMISED_DAYS.key, values.value(policy.PROMISED_DAYS.key)
        ),
    }


@REGISTRATION.on("accept")
def notify_acceptance(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 受理通知书."""
    kind = type_of(case)
    basis = ["《中华人民共和国行政许可法》第三十二条", f"《{kind.regulation}》{kind.decided_by}"]
    issue_paper(case, "acceptance_notice", by, basis=basis, **_limits(case))


@REGISTRATION.on("deem_accepted")
def notify_deemed(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 视为受理告知: no answer came in time."""
    basis = ["《中华人民共和国行政许可法》第三十二条第一款第四项"]
    issue_paper(case, "deemed_acceptance", by, basis=basis, **_limits(case))


@REGISTRATION.on("request_correction")
def notify_correction(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 补正通知书 with every item at once."""
    facts = papers.correction_facts(case, entered, policy.CORRECTION_DAYS)
    basis = ["《中华人民共和国行政许可法》第三十二条第一款第四项"]
    issue_paper(case, "correction_notice", by, basis=basis, **facts)


@REGISTRATION.on("decline")
def notify_non_acceptance(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 不予受理通知书."""
    issue_paper(
        case,
        "non_acceptance_notice",
        by,
        reasons=entered["note"],
        basis=["《中华人民共和国行政许可法》第三十二条"],
    )

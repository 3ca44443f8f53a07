"""Papers of the office's first answer: receipt, acceptance, corrections, non-acceptance."""

from typing import Any

from core import clock
from core.accounts import Actor
from core.workflow import clocks
from core.workflow.usual import notices
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


def _decided_by(case: Registration) -> list[str]:
    kind = type_of(case)
    return [f"《{kind.regulation}》{kind.decided_by}"]


notices.answer_with(
    REGISTRATION, issue_paper, corrections=policy.CORRECTION_DAYS, decided_by=_decided_by
)

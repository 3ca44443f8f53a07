"""Papers of examination and decision: record of the visit, approval, refusal."""

from typing import Any

from flask_babel import force_locale

from core import clock
from core.accounts import Actor
from core.eligibility import Condition
from core.workflow import Seat, clocks
from core.workflow.models import CaseCheck
from registry.registrations import policy
from registry.registrations.actions.paper import issue_paper
from registry.registrations.grounds import not_met
from registry.registrations.models import Registration
from registry.registrations.types import type_of
from registry.registrations.workflow import REGISTRATION


@REGISTRATION.on("record_site_visit")
def record_visit(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 实地核查记录."""
    issue_paper(
        case,
        "site_visit_record",
        by,
        visited_on=entered["visited_on"],
        visitors=entered["visitors"],
        findings=entered["findings"],
        domicile=case.domicile,
    )


@REGISTRATION.on("approve")
def decide_approval(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 准予登记决定书; the day of the decision is the day of founding."""
    case.decided_on = clock.today()
    kind = type_of(case)
    issue_paper(
        case,
        "approval_decision",
        by,
        name=case.title,
        basis=[
            f"《{kind.regulation}》{kind.decided_by}",
            "《中华人民共和国行政许可法》第三十八条第一款",
        ],
        registered_facts=[
            [label, value] for label, value in kind.registered(case) if value is not None
        ],
        effects=_supervised(case) or None,
        certificate_by=clocks.last_day(
            case.decided_on, policy.CERTIFICATE_DAYS.key, case.frozen(policy.CERTIFICATE_DAYS.key)
        ),
    )


def _supervised(case: Registration) -> list[str]:
    """Return who supervises the organization from now on, where another body than the office."""
    overseer = next((s.body for s in case.seats if s.seat is Seat.OVERSIGHT), None)
    if overseer is None or overseer.id == case.office_id:
        return []
    return [f"登记后由{overseer.name}负责监督管理；印章式样、银行账号请向其备案。"]


def _failure(condition: Condition, check: CaseCheck) -> str:
    """Return a condition that is not met as a decision names it: which, by what article, why."""
    return f"不符合登记条件“{condition.label}”（{condition.source}）：{check.note}"


@REGISTRATION.on("refuse")
def decide_refusal(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 不予登记决定书 with its ground and the remedies."""
    case.decided_on = clock.today()
    kind = type_of(case)
    ground = kind.ground(entered["ground"])
    with force_locale("zh_Hans"):
        words = str(ground.words)
        failed = (
            [_failure(it, check) for it, check in not_met(case)] if ground.of_conditions else []
        )
    issue_paper(
        case,
        "refusal_decision",
        by,
        reasons=[entered["note"], *failed],
        name=case.title,
        basis=[f"《{kind.regulation}》{ground.article}（{words}）"],
    )

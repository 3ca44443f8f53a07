"""Papers of examination and decision: record of the visit, approval, refusal."""

from typing import Any

from flask_babel import force_locale

from core import clock
from core.accounts import Actor
from core.errors import RuleBroken
from core.i18n import _
from registry.registrations.actions.paper import issue_paper
from registry.registrations.grounds import GROUND
from registry.registrations.models import Registration
from registry.registrations.workflow import REGISTRATION


@REGISTRATION.on("record_site_visit")
def record_visit(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 实地核查记录."""
    if entered["visited_on"] > clock.today():
        raise RuleBroken(_("The day of the visit cannot be in the future."), field="visited_on")
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
    issue_paper(
        case,
        "approval_decision",
        by,
        name=case.title,
        basis=["《社会团体登记管理条例》第十二条", "《中华人民共和国行政许可法》第三十八条第一款"],
    )


@REGISTRATION.on("refuse")
def decide_refusal(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 不予登记决定书 with its ground and the remedies."""
    case.decided_on = clock.today()
    with force_locale("zh_Hans"):
        ground = str(dict(GROUND.choices)[entered["ground"]])
    issue_paper(
        case,
        "refusal_decision",
        by,
        reasons=entered["note"],
        name=case.title,
        basis=[f"《社会团体登记管理条例》：{ground}"],
    )

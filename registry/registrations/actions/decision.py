"""Papers of examination and decision: record of the visit, approval, refusal."""

from typing import Any

from flask_babel import force_locale

from core import clock
from core.accounts import Actor
from core.documents.facts import yuan
from core.errors import RuleBroken
from core.i18n import _
from core.workflow import clocks
from registry.registrations import policy
from registry.registrations.actions.paper import issue_paper
from registry.registrations.grounds import ARTICLES, GROUND
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
        registered_facts=[
            [label, value] for label, value in _registered_facts(case) if value is not None
        ],
        certificate_by=clocks.last_day(
            case.decided_on, policy.CERTIFICATE_DAYS.key, case.frozen(policy.CERTIFICATE_DAYS.key)
        ),
    )


def _registered_facts(case: Registration) -> list[tuple[str, str | None]]:
    """Return what is registered (条例 art. 12) and stands on the certificate."""
    funds = None if case.registered_funds is None else yuan(case.registered_funds)
    return [
        ("名称", case.title),
        ("住所", case.domicile),
        ("业务范围", case.scope),
        ("活动地域", case.activity_area),
        ("法定代表人", case.legal_representative),
        ("活动资金", funds),
        ("业务主管单位", case.sponsor_name),
    ]


@REGISTRATION.on("refuse")
def decide_refusal(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 不予登记决定书 with its ground and the remedies."""
    case.decided_on = clock.today()
    with force_locale("zh_Hans"):
        # The article stands before the words here, not behind them as in the list of grounds.
        ground = str(dict(GROUND.choices)[entered["ground"]]).split("（")[0]
    issue_paper(
        case,
        "refusal_decision",
        by,
        reasons=entered["note"],
        name=case.title,
        basis=[f"《社会团体登记管理条例》{ARTICLES[entered['ground']]}（{ground}）"],
    )

"""The decision on a change: the register is written, the paper issued, the public told; the certificate."""

from datetime import date
from typing import Any

from flask_babel import force_locale

from core import clock, documents, notices
from core.accounts import Actor
from core.db import db
from core.divisions import Division
from core.documents import EndGround
from core.errors import RuleBroken
from core.i18n import _, day
from core.workflow import clocks
from registry.certificates.queries import unended_paper
from registry.certificates.rules import Copies
from registry.changes import policy, rules, standing
from registry.changes.actions.acceptance import articles_of, issue_paper, note_present
from registry.changes.entries import Entry
from registry.changes.models import RegistrationChange
from registry.changes.workflow import CHANGE
from registry.organizations import actions as register
from registry.organizations import officers
from registry.organizations.kinds import OrganizationStatus
from registry.organizations.models import Organization
from registry.registrations.certified import stated


@CHANGE.on("approve")
def enter_change(case: RegistrationChange, by: Actor, entered: dict[str, Any]) -> None:
    """Write the register, issue 准予变更登记决定书, and announce what the public is told."""
    organization = case.organization
    # Whoever else changes this entry waits here, and finds what this case did.
    db.session.refresh(organization, with_for_update={"of": Organization})
    note_present(case)
    case.decided_on = clock.today()
    register.change_facts(
        organization,
        {column: getattr(case, column) for it in standing.chosen(case) for column in it.columns},
        by=by,
        on=case.decided_on,
        division=db.session.get(Division, case.division_id)
        if Entry.DOMICILE in case.chosen and case.division_id
        else None,
        case_id=case.id,
    )
    for person in case.people if Entry.LEGAL_REPRESENTATIVE in case.chosen else ():
        officers.change_person(
            organization,
            position=person.position.value,
            name=person.name,
            identity_number=person.identity_number,
            phone=person.phone,
            on=case.decided_on,
        )
    issue_paper(
        case,
        "approval_decision",
        by,
        title="准予变更登记决定书",
        basis=[*articles_of(case), "《中华人民共和国行政许可法》第三十八条第一款"],
        changes=[
            {"label": label, "before": before, "after": after}
            for label, before, after in _compared(case)
        ],
        effects=["原登记证书（正本、副本）请在领取新证书时交回，自新证书颁发之时起失效。"],
        certificate_by=clocks.last_day(
            case.decided_on, policy.ISSUE_DAYS.key, case.frozen(policy.ISSUE_DAYS.key)
        ),
    )
    _announce(case, organization, by)


def _compared(case: RegistrationChange, *, announced: bool = False) -> list[tuple[str, str, str]]:
    """Return what changes as papers write it: what it is called, before, after."""
    return [
        (
            standing.called(case, it),
            standing.printed(it, case.before[it.fact]),
            standing.printed(it, getattr(case, it.fact)),
        )
        for it in standing.chosen(case)
        if it.announced or not announced
    ]


def _announce(case: RegistrationChange, organization: Organization, by: Actor) -> None:
    """Publish a change of name, domicile or legal representative."""
    told: dict[str, str] = {}
    for label, before, after in _compared(case, announced=True):
        told |= {f"原{label}": before, f"变更后{label}": after}
    if not told:
        return
    notices.publish(
        kind="registration",
        title=f"{organization.name}变更登记公告",
        facts={
            "名称": organization.name,
            "统一社会信用代码": organization.number,
            **told,
            "变更日期": _on_paper(case.decided_on),
            "登记管理机关": case.office.name if case.office else "",
        },
        body_id=organization.id,
        case_id=case.id,
        office_id=case.office_id,
        series="登公告〔{year}〕{place}号",
        by=by,
    )


def _on_paper(on: date | None) -> str:
    with force_locale("zh_Hans"):
        return day(on) if on else ""


@CHANGE.on("refuse")
def decide_refusal(case: RegistrationChange, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 不予变更登记决定书 with its ground and the remedies."""
    case.decided_on = clock.today()
    ground = next((it for it in rules.GROUNDS if it.key == entered["ground"]), None)
    if ground is None:
        raise RuleBroken(_("Please choose one."), field="ground")
    issue_paper(
        case,
        "refusal_decision",
        by,
        name=case.title,
        basis=[f"《中华人民共和国行政许可法》{ground.article}"],
        reasons=entered["note"],
        title="不予变更登记决定书",
    )


@CHANGE.on("exchange_certificate")
def issue_anew(case: RegistrationChange, by: Actor, entered: dict[str, Any]) -> None:
    """Issue original and duplicate as the register says; those they replace end in the same moment.

    A certificate from before the platform has no predecessor here: the new one begins the line.
    """
    organization = case.organization
    db.session.refresh(organization, with_for_update={"of": Organization})
    if organization.status is not OrganizationStatus.ACTIVE:
        raise RuleBroken(_("The organization is no longer on the register as living."))
    for kind in Copies.BOTH.kinds:
        old = unended_paper(organization.id, kind)
        new = issue_paper(
            case,
            kind,
            by,
            **stated(
                organization,
                authority=case.office.name if case.office else "",
                valid_from=old.valid_from if old is not None else clock.today(),
            ),
        )
        if old is not None:
            documents.replace(old, new, ground=EndGround.CHANGED, by=by, case_id=case.id)

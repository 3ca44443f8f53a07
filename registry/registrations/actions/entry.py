"""The organization enters the register: its entry, its certificate, the announcement."""

from typing import Any

from flask_babel import force_locale

from core import calendar, clock, divisions, notices
from core.accounts import Actor
from core.db import db
from core.divisions import Division
from core.eligibility import Outcome
from core.errors import RuleBroken
from core.i18n import _, day
from core.workflow import Seat
from registry.organizations import actions as register
from registry.organizations import codes, officers
from registry.organizations.kinds import Track
from registry.organizations.models import Organization
from registry.registrations import queries, rules
from registry.registrations.actions.paper import issue_paper
from registry.registrations.certified import stated
from registry.registrations.models import Registration
from registry.registrations.types import type_of
from registry.registrations.workflow import REGISTRATION


@REGISTRATION.on("issue_certificate")
def enter_register(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Enter the organization into the register, issue its certificate twice, and announce it."""
    code = codes.clean(entered["unified_code"])
    district = divisions.require_district()
    problem = codes.problem_with(code, type=case.type, division=district.code)
    if problem is not None:
        raise RuleBroken(problem.words, field="unified_code")
    if queries.organization_of_code(code) is not None:
        raise RuleBroken(_("This code already belongs to another organization."), "unified_code")
    screened = rules.representative(case)
    if screened.outcome is Outcome.FAIL:
        raise RuleBroken(screened.reason)
    organization = _enter(case, code, by)
    case.subject_body_id = organization.id
    _issue_certificates(case, organization, by)
    _announce(case, organization, by)


def _enter(case: Registration, code: str, by: Actor) -> Organization:
    """Enter the organization and its people into the register, as of the day of the decision.

    One that was filed keeps its entry, which goes on under the code.
    """
    assert case.decided_on
    years = int(case.frozen(type_of(case).years.key))
    until = calendar.last_day_of_term(clock.today(), years)
    entry: dict[str, Any] = {
        "name": case.title,
        "number": code,
        "authority": code[2:8],
        "division": db.session.get_one(Division, case.division_id),
        "valid_until": until,
        "by": by,
        "case_id": case.id,
    }
    if case.is_upgrade:
        filed = db.session.get_one(Organization, case.subject_body_id)
        organization = register.upgrade(filed, case, registered_on=case.decided_on, **entry)
    else:
        organization = register.found(
            case,
            track=Track.REGISTERED,
            founded_on=case.decided_on,
            owner_id=case.applicant_id,
            **entry,
        )
    for person in case.people:
        officers.record_person(
            organization,
            position=person.position.value,
            name=person.name,
            identity_number=person.identity_number,
            phone=person.phone,
            from_on=case.decided_on,
        )
    return organization


def _issue_certificates(case: Registration, organization: Organization, by: Actor) -> None:
    """Print original and duplicate, in the form of the type."""
    assert case.office
    facts = stated(organization, authority=case.office.name, valid_from=clock.today())
    for kind in ("certificate_original", "certificate_duplicate"):
        issue_paper(case, kind, by, **facts)


def _announce(case: Registration, organization: Organization, by: Actor) -> None:
    """Publish the registration with its facts."""
    assert case.decided_on and case.office and case.type
    overseer = next((s.body.name for s in case.seats if s.seat is Seat.OVERSIGHT), "")
    with force_locale("zh_Hans"):
        kind = case.type.label
    former = {"原备案号": organization.filing_number or ""} if case.is_upgrade else {}
    notices.publish(
        kind="registration",
        title=f"{organization.name}{'备案转登记' if case.is_upgrade else '成立登记'}公告",
        facts={
            "名称": organization.name,
            "类型": kind,
            "统一社会信用代码": organization.number,
            **former,
            "住所": case.domicile or "",
            "法定代表人": case.legal_representative or "",
            "登记日期": day(case.decided_on),
            "登记管理机关": case.office.name,
            "监督管理机关": overseer or case.office.name,
        },
        body_id=organization.id,
        case_id=case.id,
        office_id=case.office_id,
        series="登公告〔{year}〕{place}号",
        by=by,
    )

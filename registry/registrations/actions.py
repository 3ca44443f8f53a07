"""What happens when a registration moves: papers are issued, the register is written."""

from typing import Any

from flask_babel import force_locale

from core import clock, divisions, documents, notices
from core import policy as values
from core.accounts import Actor, Body
from core.db import db
from core.divisions import Division
from core.errors import RuleBroken
from core.i18n import _, day
from core.workflow import Seat, clocks, engine
from registry.organizations import actions as register
from registry.organizations import codes
from registry.organizations.kinds import ManagementMode, OrganizationType, Track
from registry.people.actions import replace_people
from registry.people.models import Position
from registry.registrations import policy, queries
from registry.registrations.models import Registration
from registry.registrations.papers import DOCUMENTS
from registry.registrations.workflow import REGISTRATION


@REGISTRATION.starts
def open_registration(answers: dict[str, str], *, by: Actor) -> Registration:
    """Open a draft from the answers of the eligibility check."""
    case = Registration(type=OrganizationType.ASSOCIATION, title="")
    if answers.get("management") in set(ManagementMode):
        case.management_mode = ManagementMode(answers["management"])
    if by.user_id is not None:
        case.applicant_id = by.user_id
    engine.open_case(case, by=by)
    return case


@REGISTRATION.saves("management")
def save_management(
    case: Registration,
    *,
    by: Actor,
    management_mode: ManagementMode | None,
    sponsor_unit_id: int | None,
    **values: Any,
) -> None:
    """Keep how the association is managed; the chosen sponsor unit takes its seat."""
    case.management_mode = management_mode
    dual = management_mode is not ManagementMode.DIRECT
    case.sponsor_unit_id = sponsor_unit_id if dual else None
    sponsor = db.session.get(Body, case.sponsor_unit_id) if case.sponsor_unit_id else None
    case.sponsor_name = sponsor.name if sponsor else None
    if sponsor is not None:
        engine.take_seat(case, Seat.SPONSOR, sponsor.id)
    case.direct_class = None if dual else values["direct_class"]
    case.party_lead_unit = None if dual else values["party_lead_unit"]


@REGISTRATION.saves("identity")
def save_identity(
    case: Registration, *, by: Actor, title: str | None, division_id: int | None, **values: Any
) -> None:
    """Keep name and domicile; the office that decides for the place takes its seat."""
    case.title = (title or "").strip()
    case.domicile, case.activity_area = values["domicile"], values["activity_area"]
    case.division_id = division_id
    if division_id is not None:
        division = db.session.get_one(Division, division_id)
        office = divisions.office_for(REGISTRATION.kind, division, clock.today())
        engine.take_seat(case, Seat.OFFICE, office.id)


@REGISTRATION.saves("people")
def save_people(case: Registration, *, by: Actor, people: list[dict[str, Any]]) -> None:
    """Keep the people; the representative's name is a public fact of the application."""
    kept = replace_people(case.id, people)
    leading = [p.name for p in kept if p.position is Position.LEGAL_REPRESENTATIVE]
    case.legal_representative = leading[0] if leading else None
    db.session.expire(case, ["people"])


def _paper(case: Registration, kind: str, by: Actor, **facts: Any) -> documents.Instrument:
    """Issue an instrument to the applicant about this case, in Chinese as the law wants it."""
    with force_locale("zh_Hans"):
        return documents.issue(
            kind,
            facts={
                "recipient": f"{case.title}（筹备组）",
                "subject": f"{case.title}成立登记",
                "case_number": case.number,
                "authority": case.office.name if case.office else "",
                **facts,
            },
            case_id=case.id,
            body_id=case.subject_body_id,
            by=by,
        )


@REGISTRATION.on("submit")
@REGISTRATION.on("resubmit")
def give_receipt(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Confirm which papers came in, and when."""
    _paper(
        case,
        "submission_receipt",
        by,
        received_on=clock.today(),
        items=[str(d.label) for d in DOCUMENTS if d.needed(case)],
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
    basis = ["《中华人民共和国行政许可法》第三十二条", "《社会团体登记管理条例》第十二条"]
    _paper(case, "acceptance_notice", by, basis=basis, **_limits(case))


@REGISTRATION.on("deem_accepted")
def notify_deemed(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 视为受理告知: no answer came in time."""
    basis = ["《中华人民共和国行政许可法》第三十二条第一款第四项"]
    _paper(case, "deemed_acceptance", by, basis=basis, **_limits(case))


@REGISTRATION.on("request_correction")
def notify_correction(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 补正通知书 with every item at once."""
    allowed = int(case.frozen(policy.CORRECTION_DAYS.key))
    _paper(
        case,
        "correction_notice",
        by,
        items=entered["items"],
        deadline=clocks.last_day(clock.today(), policy.CORRECTION_DAYS.key, allowed),
        basis=["《中华人民共和国行政许可法》第三十二条第一款第四项"],
    )


@REGISTRATION.on("decline")
def notify_non_acceptance(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 不予受理通知书."""
    _paper(
        case,
        "non_acceptance_notice",
        by,
        reasons=entered["note"],
        basis=["《中华人民共和国行政许可法》第三十二条"],
    )


@REGISTRATION.on("record_site_visit")
def record_visit(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Issue 实地核查记录."""
    if entered["visited_on"] > clock.today():
        raise RuleBroken(_("The day of the visit cannot be in the future."), field="visited_on")
    _paper(
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
    _paper(
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
        ask = next(a for a in REGISTRATION.step["refuse"].asks if a.name == "ground")
        ground = str(dict(ask.choices)[entered["ground"]])
    _paper(
        case,
        "refusal_decision",
        by,
        reasons=entered["note"],
        name=case.title,
        basis=[f"《社会团体登记管理条例》：{ground}"],
    )


@REGISTRATION.on("issue_certificate")
def enter_register(case: Registration, by: Actor, entered: dict[str, Any]) -> None:
    """Enter the association into the register, issue its certificate twice, and announce it."""
    code = codes.clean(entered["unified_code"])
    division = db.session.get_one(Division, case.division_id)
    district = divisions.require_district()
    problem = codes.problem_with(code, type=OrganizationType.ASSOCIATION, division=district.code)
    if problem is not None:
        raise RuleBroken(problem.words, field="unified_code")
    if queries.organization_of_code(code) is not None:
        raise RuleBroken(_("This code already belongs to another organization."), "unified_code")
    assert case.decided_on and case.office
    until = clocks.last_day(
        case.decided_on, policy.CERTIFICATE_YEARS.key, case.frozen(policy.CERTIFICATE_YEARS.key)
    )
    organization = register.found(
        case,
        name=case.title,
        track=Track.REGISTERED,
        number=code,
        authority=code[2:8],
        division=division,
        founded_on=case.decided_on,
        valid_until=until,
        by=by,
        case_id=case.id,
        owner_id=case.applicant_id,
    )
    case.subject_body_id = organization.id
    for person in case.people:
        register.record_person(
            organization,
            position=person.position.value,
            name=person.name,
            identity_number=person.identity_number,
            phone=person.phone,
            from_on=case.decided_on,
        )
    for kind in ("certificate_original", "certificate_duplicate"):
        _paper(
            case,
            kind,
            by,
            name=organization.name,
            unified_code=code,
            domicile=case.domicile,
            legal_representative=case.legal_representative,
            registered_funds=case.registered_funds,
            scope=case.scope,
            activity_area=case.activity_area,
            sponsor_unit=case.sponsor_name,
            issuing_authority=case.office.name,
            issued_on=clock.today(),
            valid_from=case.decided_on,
            valid_until=until,
        )
    notices.publish(
        kind="registration",
        title=f"{organization.name}成立登记公告",
        facts={
            "名称": organization.name,
            "统一社会信用代码": code,
            "住所": case.domicile or "",
            "法定代表人": case.legal_representative or "",
            "登记日期": day(case.decided_on),
            "登记管理机关": case.office.name,
        },
        body_id=organization.id,
        case_id=case.id,
        office_id=case.office_id,
        series="登公告〔{year}〕{place}号",
        by=by,
    )

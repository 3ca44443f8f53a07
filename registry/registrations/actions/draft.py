"""The draft: opened by the eligibility check, kept section by section."""

from typing import Any

from core.accounts import Actor, Body
from core.db import db
from core.divisions import Division
from core.divisions.offices import entry_for
from core.errors import RuleBroken
from core.workflow import Seat, engine, seating
from registry.organizations.kinds import ManagementMode, OrganizationType
from registry.organizations.models import Organization
from registry.people.actions import replace_people
from registry.people.models import Position
from registry.registrations.models import Registration
from registry.registrations.types import typed
from registry.registrations.workflow import REGISTRATION


@REGISTRATION.starts
def open_registration(
    answers: dict[str, str], *, by: Actor, of: Organization | None = None
) -> Registration:
    """Open a draft from the answers of the eligibility check; the type is given by the matter.

    `of` is the filed organization that asks to be registered; otherwise people found a new one.
    """
    kind = typed(OrganizationType(answers.get("type", OrganizationType.ASSOCIATION)))
    if not kind.guide.is_open:
        raise RuleBroken(kind.guide.closed)
    case = Registration(type=kind.type, matter=kind.guide.key, title="")
    if answers.get("management") in set(ManagementMode):
        case.management_mode = ManagementMode(answers["management"])
    if of is not None:
        case.title, case.applicant_body_id, case.subject_body_id = of.name, of.id, of.id
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
    """Keep how the organization is managed; the chosen sponsor unit takes its seat.

    Consent was given to what was read: by this unit, for this way of managing. It ends with either.
    """
    dual = management_mode is not ManagementMode.DIRECT
    chosen = sponsor_unit_id if dual else None
    if (management_mode, chosen) != (case.management_mode, case.sponsor_unit_id):
        case.sponsor_agreed_on = None
    case.management_mode, case.sponsor_unit_id = management_mode, chosen
    sponsor = db.session.get(Body, case.sponsor_unit_id) if case.sponsor_unit_id else None
    case.sponsor_name = sponsor.name if sponsor else None
    if sponsor is not None:
        seating.take_seat(case, Seat.SPONSOR, sponsor.id)
    else:
        seating.leave_seat(case, Seat.SPONSOR)
    for name in ("direct_class", "industry_department", "party_lead_unit"):
        setattr(case, name, None if dual else values[name])


@REGISTRATION.saves("identity")
def save_identity(
    case: Registration, *, by: Actor, title: str | None, division_id: int | None, **values: Any
) -> None:
    """Keep name and domicile; the office that decides for the place takes its seat."""
    case.title = (title or "").strip()
    for name, value in values.items():
        case.keep(name, value)
    place = db.session.get_one(Division, division_id) if division_id is not None else None
    seating.settle(case, place)


@REGISTRATION.saves("people")
def save_people(case: Registration, *, by: Actor, people: list[dict[str, Any]]) -> None:
    """Keep the people; the representative's name is a public fact of the application."""
    kept = replace_people(case.id, people)
    leading = [p.name for p in kept if p.position is Position.LEGAL_REPRESENTATIVE]
    case.legal_representative = leading[0] if leading else None
    db.session.expire(case, ["people"])


@REGISTRATION.seats_locally(Seat.OVERSIGHT)
def overseer_of(division: Division) -> Body | None:
    """Return the body that supervises what is registered; the same as the office, or another."""
    entry = entry_for("oversight", division)
    return entry.body if entry else None

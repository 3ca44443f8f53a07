"""The draft of a change: opened with what the register says, kept section by section."""

from collections.abc import Sequence
from typing import Any

from core import divisions
from core.accounts import Actor, Body
from core.db import db
from core.divisions import Division
from core.errors import RuleBroken
from core.i18n import _
from core.workflow import Seat, engine, queries, seating
from registry.certificates import actions as certificates
from registry.changes.entries import ENTRIES, Entry
from registry.changes.models import RegistrationChange
from registry.changes.workflow import CHANGE
from registry.organizations.kinds import OrganizationStatus, Track
from registry.organizations.models import DECIDED_NAMES, FACT_NAMES, Organization
from registry.people.actions import replace_people
from registry.people.models import Position
from registry.registrations.actions.draft import overseer_of

CHANGE.seats_locally(Seat.OFFICE)(certificates.office_of)
CHANGE.seats_locally(Seat.OVERSIGHT)(overseer_of)


@CHANGE.starts
def open_change(answers: dict[str, str], *, by: Actor) -> RegistrationChange:
    """Open a draft for the organization that `by` acts for, filled in with what the register says.

    The one that is open already is returned instead. Raises RuleBroken for anybody else, and for an
    organization that is not active.
    """
    organization = db.session.get(Organization, by.body_id) if by.body_id else None
    if organization is None or organization.track is not Track.REGISTERED:
        raise RuleBroken(_("Please choose first for which registered organization you are acting."))
    if organization.status is not OrganizationStatus.ACTIVE:
        raise RuleBroken(_("Only the entry of an active organization can be changed."))
    begun = queries.sole_case(CHANGE, organization.id)
    if isinstance(begun, RegistrationChange):
        return begun
    case = RegistrationChange(
        title=organization.name,
        name=organization.name,
        applicant_body_id=organization.id,
        subject_body_id=organization.id,
        chosen=[],
        before={},
        **{fact: getattr(organization, fact) for fact in (*FACT_NAMES, *DECIDED_NAMES)},
    )
    engine.open_case(case, by=by)
    seating.settle(case, _place_of(organization))
    _seat_sponsor(case)
    return case


def _place_of(organization: Organization) -> Division:
    place = db.session.get(Division, organization.division_id or 0)
    return place or divisions.require_district()


def _seat_sponsor(case: RegistrationChange) -> None:
    """Let the sponsor unit sit that is to give its opinion here; what another one said ends."""
    if case.body_at(Seat.SPONSOR) != case.sponsor_unit_id:
        case.sponsor_agreed_on = None
    if case.sponsor_unit_id is not None:
        seating.take_seat(case, Seat.SPONSOR, case.sponsor_unit_id)
    else:
        seating.leave_seat(case, Seat.SPONSOR)


@CHANGE.saves("choice")
def save_choice(
    case: RegistrationChange, *, by: Actor, chosen: Sequence[str], **values: Any
) -> None:
    """Keep what changes. What is taken out again says what the register says.

    Consent was given to what was read then: it ends where something else changes.
    """
    case.resolved_on = values["resolved_on"]
    dropped = [entry for entry in Entry if entry in case.chosen and entry not in chosen]
    kept = [entry.value for entry in Entry if entry in chosen]
    if kept != case.chosen:
        case.sponsor_agreed_on = None
    case.chosen = kept
    for entry in dropped:
        for column in ENTRIES[entry].columns:
            setattr(case, column, getattr(case.organization, column))
        if entry is Entry.DOMICILE:
            seating.settle(case, _place_of(case.organization))
        if entry is Entry.LEGAL_REPRESENTATIVE:
            replace_people(case.id, [])
            db.session.expire(case, ["people"])
    _seat_sponsor(case)


@CHANGE.saves(Entry.DOMICILE)
def save_domicile(
    case: RegistrationChange, *, by: Actor, domicile: str | None, division_id: int | None
) -> None:
    """Keep the new domicile, and who decides for its place."""
    case.domicile = (domicile or "").strip() or None
    place = db.session.get_one(Division, division_id) if division_id is not None else None
    seating.settle(case, place)


@CHANGE.saves(Entry.LEGAL_REPRESENTATIVE)
def save_representative(
    case: RegistrationChange, *, by: Actor, legal_representative: str | None, **numbers: Any
) -> None:
    """Keep who is to represent the organization; masked numbers stay as they were stored."""
    case.legal_representative = (legal_representative or "").strip() or None
    before = next(iter(case.people), None)
    row = {
        "id": str(before.id) if before else "",
        "name": case.legal_representative,
        "position": Position.LEGAL_REPRESENTATIVE.value,
        **numbers,
    }
    replace_people(case.id, [row])
    db.session.expire(case, ["people"])


@CHANGE.saves(Entry.SPONSOR)
def save_sponsor(case: RegistrationChange, *, by: Actor, sponsor_unit_id: int | None) -> None:
    """Keep the new sponsor unit, which takes the seat of the present one."""
    unit = db.session.get(Body, sponsor_unit_id) if sponsor_unit_id else None
    case.sponsor_unit_id, case.sponsor_name = (unit.id, unit.name) if unit else (None, None)
    _seat_sponsor(case)

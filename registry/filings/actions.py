"""What happens when a filing moves: the register is written, papers are issued."""

from datetime import date
from typing import Any

from core import calendar, clock, divisions, documents
from core.accounts import Actor, Body, User
from core.db import db
from core.divisions import Division
from core.documents import EndGround
from core.errors import WrongState
from core.i18n import _
from core.workflow import Seat, engine, seating
from registry.filings import ends, policy, receipts
from registry.filings.groups import group_in, seat_at_street, write_letters
from registry.filings.models import Filing
from registry.filings.workflow import FILING
from registry.organizations import actions as register
from registry.organizations import officers, places
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.organizations.models import Organization
from registry.organizations.reporting import report

#: What a filing tells the register of a group, beside name and place.
TOLD = ("category", "domicile", "scope", "person_in_charge")

seat_at_street(FILING)


@FILING.starts
def open_filing(answers: dict[str, str], *, by: Actor) -> Filing:
    """Open a draft from the answers of the eligibility check."""
    case = Filing(type=OrganizationType.COMMUNITY_ORGANIZATION, title="", founders=[])
    if by.user_id is not None:
        case.applicant_id = by.user_id
        _prefill(case, db.session.get_one(User, by.user_id))
    engine.open_case(case, by=by)
    return case


def _prefill(case: Filing, user: User) -> None:
    """Begin with what the account already knows: mostly it is the person in charge who asks."""
    case.person_in_charge, case.person_phone = user.display_name, user.phone
    case.founders = [user.display_name]


@FILING.saves("group")
def save_group(
    case: Filing, *, by: Actor, title: str | None, division_id: int | None, **values: Any
) -> None:
    """Keep the group; street, committee and bureau of its place take their seats."""
    case.title = (title or "").strip()
    for name, value in values.items():
        setattr(case, name, value)
    place = db.session.get_one(Division, division_id) if division_id is not None else None
    seating.settle(case, place)


@FILING.seats_locally(Seat.COMMUNITY)
def committee_of(division: Division) -> Body | None:
    """Return the residents' committee, which gives its opinion."""
    return places.committee_of(division)


@FILING.saves("people")
def save_people(
    case: Filing,
    *,
    by: Actor,
    person_in_charge: str | None,
    founders: list[str],
    **secrets: str | None,
) -> None:
    """Keep the people; a number that comes back masked stays as it was stored."""
    case.person_in_charge = (person_in_charge or "").strip() or None
    case.founders = list(dict.fromkeys(founders))
    for name, entered in secrets.items():
        text = (entered or "").strip().upper()
        if "*" not in text:
            setattr(case, name, text or None)


write_letters(FILING, "备案", policy.CORRECTION_DAYS)
_write_refusal = FILING.effects["refuse"]


@FILING.on("approve")
def file_group(case: Filing, by: Actor, entered: dict[str, Any]) -> None:
    """Enter the group into the register under a number of its street, and issue the receipt.

    One that the bureau returned keeps its entry and number, with what was corrected.
    """
    division = db.session.get_one(Division, case.division_id)
    case.decided_on = clock.today()
    years = int(case.frozen(policy.RECEIPT_YEARS.key))
    until = calendar.last_day_of_term(clock.today(), years)
    if case.subject_body_id is None:
        case.subject_body_id = _found(case, division, until, by).id
    else:
        _enter_anew(case, division, until, by)
    receipts.issue_receipt(
        case, group_in(case), division=division, subject=f"{case.title}备案", until=until, by=by
    )


def _enter_anew(case: Filing, division: Division, until: date, by: Actor) -> None:
    """Bring what was corrected after a return into the entry, and let it stand again."""
    organization = group_in(case)
    if not ends.stands(case):
        raise WrongState(_("The group has been registered or ended meanwhile; its filing is over."))
    register.place(
        organization, name=case.title, authority=places.authority_in(division), division=division
    )
    told = {name: getattr(case, name) for name in TOLD}
    report(organization, told, at=clock.now(), by=by)
    officers.change_person(
        organization,
        position="person_in_charge",
        name=case.person_in_charge or "",
        identity_number=case.person_identity,
        phone=case.person_phone,
        on=clock.today(),
    )
    organization.valid_until = until
    register.change_status(organization, OrganizationStatus.ACTIVE, by=by, case_id=case.id)


def _found(case: Filing, division: Division, until: date, by: Actor) -> Organization:
    street = places.street_of(division) or division
    year, code = clock.today().year, divisions.require_district().code or ""
    place = documents.next_number(f"filing:{street.id}", year)
    organization = register.found(
        case,
        name=case.title,
        track=Track.FILED,
        number=f"BA-{code}-{street.name}-{year}-{place:04d}",
        authority=places.authority_in(division),
        division=division,
        founded_on=clock.today(),
        valid_until=until,
        by=by,
        case_id=case.id,
        owner_id=case.applicant_id,
    )
    officers.record_person(
        organization,
        position="person_in_charge",
        name=case.person_in_charge or "",
        identity_number=case.person_identity,
        phone=case.person_phone,
        from_on=clock.today(),
    )
    return organization


@FILING.on("refuse")
def refuse_filing(case: Filing, by: Actor, entered: dict[str, Any]) -> None:
    """Say no: by a letter, or by ending the entry of a group whose filing the bureau returned."""
    if not ends.stands(case):
        _write_refusal(case, by, entered)
        return
    cause = f"{_returned(case)}重新审查。经审查，不符合备案条件：{entered['note']}"
    ends.end_filing(case, reason="备案退回后经重新审查，不予备案", cause=cause, by=by)


@FILING.on("lapse")
def let_lapse(case: Filing, by: Actor, entered: dict[str, Any]) -> None:
    """End the entry of a group that did not correct a returned filing in time."""
    if ends.stands(case):
        cause = f"{_returned(case)}重新审查，经书面通知补正，逾期未补正。"
        ends.end_filing(case, reason="备案退回后逾期未补正", cause=cause, by=by)


def _returned(case: Filing) -> str:
    bureau = next((it.body.name for it in case.seats if it.seat is Seat.OVERSIGHT), "监督管理机关")
    return f"的备案由{bureau}退回"


@FILING.on("return_filing")
def review_entry(case: Filing, by: Actor, entered: dict[str, Any]) -> None:
    """Void the receipt and say on the register that the filing is under review."""
    organization = group_in(case)
    if not ends.stands(case):
        raise WrongState(_("The group has been registered or ended meanwhile; its filing is over."))
    register.change_status(
        organization, OrganizationStatus.UNDER_REVIEW, by=by, case_id=case.id, source="case"
    )
    receipts.void_receipts(
        organization.id, reason=entered["note"], ground=EndGround.WITHDRAWN, by=by, case_id=case.id
    )

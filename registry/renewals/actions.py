"""What happens when a filing is renewed: the register goes on, a new receipt follows the old."""

from typing import Any

from core import clock, documents, policy
from core.accounts import Actor
from core.db import db
from core.divisions import Division
from core.documents import EndGround
from core.errors import RuleBroken
from core.i18n import _, day
from core.workflow import seating
from registry.filings import receipts
from registry.filings.groups import (
    group_in,
    group_of,
    open_for,
    seat_at_street,
    write_letters,
)
from registry.filings.policy import RECEIPT_YEARS
from registry.organizations import actions as register
from registry.organizations import officers
from registry.organizations.kinds import OrganizationStatus
from registry.organizations.reporting import report
from registry.organizations.terms import next_end
from registry.renewals import rules
from registry.renewals.models import TOLD, FilingRenewal
from registry.renewals.policy import CORRECTION_DAYS, OPENS_DAYS
from registry.renewals.workflow import RENEWAL

seat_at_street(RENEWAL)
write_letters(RENEWAL, "延续备案", CORRECTION_DAYS)


@RENEWAL.starts
def open_renewal(answers: dict[str, str], *, by: Actor) -> FilingRenewal:
    """Open a draft for the group that `by` acts for, filled in with what the register knows.

    Raises RuleBroken for anybody else, for a group that the register has suspended, and for an
    active one before its time.
    """
    organization = group_of(by)
    if organization.status not in rules.RENEWABLE:
        raise RuleBroken(_("Only an active or dormant group can renew its filing."))
    until = organization.valid_until
    if organization.status is OrganizationStatus.ACTIVE and until is not None:
        opens = rules.opens_on(until, int(policy.value(OPENS_DAYS)))
        if clock.today() < opens:
            raise RuleBroken(
                _(
                    "The filing holds until %(until)s and can be renewed from %(opens)s.",
                    until=day(until),
                    opens=day(opens),
                )
            )
    case = FilingRenewal(**{name: getattr(organization, name) for name in TOLD})
    case.person_phone = officers.phone_of(organization, "person_in_charge")
    return open_for(case, organization, by=by)


@RENEWAL.saves("group")
def save_group(
    case: FilingRenewal,
    *,
    by: Actor,
    person_phone: str | None,
    division_id: int | None = None,
    **values: Any,
) -> None:
    """Keep what the group tells; a phone that comes back masked stays as it was stored.

    `division_id` is its community, where it was asked for that.
    """
    if division_id is not None:
        seating.settle(case, db.session.get_one(Division, division_id))
    for name, value in values.items():
        setattr(case, name, value.strip() or None if isinstance(value, str) else value)
    if "*" not in (entered := (person_phone or "").strip()):
        case.person_phone = entered or None


@RENEWAL.on("approve")
def renew(case: FilingRenewal, by: Actor, entered: dict[str, Any]) -> None:
    """Prolong the entry with what the group told, wake it, and issue the receipt that follows."""
    organization = group_in(case)
    case.decided_on = clock.today()
    place = db.session.get_one(Division, case.division_id)
    name, authority = organization.name, organization.authority
    register.place(organization, name=name, authority=authority, division=place)
    told = {name: getattr(case, name) for name in TOLD}
    report(organization, told, at=case.submitted_at or clock.now(), by=by)
    officers.change_person(
        organization,
        position="person_in_charge",
        name=case.person_in_charge or "",
        phone=case.person_phone,
        on=clock.today(),
    )
    organization.valid_until = next_end(organization, int(case.frozen(RECEIPT_YEARS.key)))
    if organization.status is OrganizationStatus.DORMANT:
        register.change_status(organization, OrganizationStatus.ACTIVE, by=by, case_id=case.id)
    else:
        register.keep_version(
            organization,
            source=register.decided_by(organization),
            by=by,
            case_id=case.id,
            valid_from=clock.today(),
        )
    standing = receipts.unended_receipts(organization.id)
    new = receipts.issue_receipt(
        case,
        organization,
        division=place,
        subject=f"{case.title}延续备案",
        until=organization.valid_until,
        by=by,
    )
    for old in standing:
        documents.replace(old, new, ground=EndGround.RENEWED, by=by, case_id=case.id)

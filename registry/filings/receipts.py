"""Filing receipts: issued to what was filed, renewed, and void when a filing ends."""

from datetime import date

from core import clock, documents
from core.accounts import Actor
from core.db import db
from core.divisions import Division, Level
from core.documents import EndGround, Instrument, InstrumentStatus
from core.workflow.models import Case
from core.workflow.usual import papers
from registry.organizations import places
from registry.organizations.kinds import FilingCategory
from registry.organizations.models import Organization

KIND = "filing_receipt"


def issue_receipt(
    case: Case,
    organization: Organization,
    *,
    division: Division,
    subject: str,
    until: date,
    by: Actor,
) -> Instrument:
    """Issue the receipt of a group, as the register knows it, valid from today until `until`.

    `division` is where it lies; of one that is above the communities no community is stated.
    """
    street = places.street_of(division)
    known = division.level.rank >= Level.COMMUNITY.rank
    return papers.issue(
        case,
        KIND,
        by=by,
        recipient=organization.name,
        subject=subject,
        name=organization.name,
        filing_number=organization.filing_number,
        category=(organization.category or FilingCategory.OTHER).label,
        person_in_charge=organization.person_in_charge,
        domicile=organization.domicile,
        street=street.name if street else "",
        community=division.name if known else None,
        scope=organization.scope,
        issuing_authority=case.office.name if case.office else "",
        issued_on=clock.today(),
        valid_from=clock.today(),
        valid_until=until,
    )


def unended_receipts(body_id: int) -> list[Instrument]:
    """Return the receipts of a body that nothing has ended, expired or not, the newest first."""
    return list(
        db.session.scalars(
            db.select(Instrument)
            .where(
                Instrument.body_id == body_id,
                Instrument.kind == KIND,
                Instrument.status == InstrumentStatus.VALID,
            )
            .order_by(Instrument.id.desc())
        )
    )


def void_receipts(
    body_id: int, *, reason: str, by: Actor, ground: EndGround, case_id: int | None = None
) -> None:
    """Declare every receipt of a body void that still stands."""
    for paper in unended_receipts(body_id):
        documents.void(paper, reason=reason, ground=ground, by=by, case_id=case_id)

"""Reads for everybody: an organization, its certificate, its versions."""

from collections.abc import Sequence
from unicodedata import normalize

from flask import url_for

from core import divisions, documents
from core.accounts import User
from core.db import db
from core.documents import Known
from core.documents.models import Instrument
from core.documents.queries import of_body
from core.errors import NotFound
from core.i18n import _
from core.workflow.models import Case
from registry.organizations import codes, tally
from registry.organizations.kinds import LIVING, Track
from registry.organizations.models import Organization, OrganizationVersion

#: What proves that an organization is registered or filed.
CERTIFICATES = ("certificate_original", "filing_receipt")


def access_organization(number: str) -> Organization:
    """Return the organization with this unified code or filing number. Open to everyone.

    A code may be written in small letters or full width. Raises NotFound.
    """
    written = number.strip()
    found = _numbered(number, [written, normalize("NFKC", written)])
    if found is None:
        raise NotFound(_("There is no organization with this number on the register."))
    return found


def _numbered(code: str, filing_numbers: Sequence[str]) -> Organization | None:
    """Return the organization with this code or, the earlier the better, a filing number."""
    known = (Organization.unified_code == codes.clean(code)) | (
        Organization.filing_number.in_(filing_numbers)
    )
    met = db.session.scalars(db.select(Organization).where(known).order_by(Organization.id)).all()
    order = {number: place for place, number in enumerate(filing_numbers)}
    return min(met, key=lambda it: order.get(it.filing_number or "", -1), default=None)


@documents.recognizes
def number_of_an_organization(spellings: Sequence[str]) -> Known | None:
    """Lead from the number that stands large on a certificate to the one it belongs to."""
    found = _numbered(spellings[0], spellings)
    if found is None:
        return None
    return Known(
        _("This is a filing number, not the number of a document")
        if found.track is Track.FILED
        else _("This is a unified social credit code, not the number of a document"),
        _("It belongs to %(name)s, which is on the register.", name=found.name),
        url_for("portal.organization", number=found.number),
        _("See the organization in the register"),
        found.id,
    )


def certificate_of(organization: Organization) -> Instrument | None:
    """Return the certificate or filing receipt that holds today, else the latest one, or None."""
    issued = of_body(organization.id, *CERTIFICATES)
    return next((paper for paper in issued if paper.is_valid), issued[0] if issued else None)


def list_versions(organization: Organization) -> Sequence[OrganizationVersion]:
    """Return every version of the organization, oldest first."""
    return db.session.scalars(
        db.select(OrganizationVersion)
        .where(OrganizationVersion.organization_id == organization.id)
        .order_by(OrganizationVersion.number)
    ).all()


def origins(organization: Organization) -> dict[int, tuple[int | None, str | None, str | None]]:
    """Return, for staff, where each version comes from: its case's id and number, who decided."""
    made = (
        db.select(OrganizationVersion.id, Case.id, Case.number, User.display_name)
        .outerjoin(Case, Case.id == OrganizationVersion.case_id)
        .outerjoin(User, User.id == OrganizationVersion.changed_by)
        .where(OrganizationVersion.organization_id == organization.id)
    )
    return {key: (case, number, name) for key, case, number, name in db.session.execute(made)}


def district_figures() -> list[tuple[int | str, str, str | None]]:
    """Return what the front page says of the district: number, what of, and a note or None."""
    rows, whole = tally.counts()

    def living(track: Track) -> int | str:
        number = sum(row.hits for row in rows if row.track is track and row.status in LIVING)
        return number if whole else f"{number:,}+"

    figures: list[tuple[int | str, str, str | None]] = [
        (living(Track.REGISTERED), _("registered organizations"), None),
        (living(Track.FILED), _("filed community groups"), None),
        (len(divisions.streets()), _("streets"), None),
    ]
    district = divisions.the_district()
    census = divisions.figures(district, "population")[-1:] if district else []
    figures += [
        (int(number), _("residents (%(year)d)", year=on.year), None) for on, number in census if on
    ]
    return figures

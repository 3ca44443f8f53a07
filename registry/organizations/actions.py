"""Writes to the register: an organization comes into being, changes, ends."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core import audit, clock
from core.accounts import Actor, Membership, Role
from core.db import db
from core.divisions import Division
from core.errors import WrongState
from core.i18n import _
from registry.organizations import index, naming, places
from registry.organizations.kinds import LIVING, OrganizationStatus, Track
from registry.organizations.models import (
    DECIDED_NAMES,
    FACT_NAMES,
    SPOKEN_NAMES,
    Organization,
    OrganizationFacts,
    OrganizationVersion,
)


def found(
    facts: OrganizationFacts,
    *,
    name: str,
    track: Track,
    number: str,
    authority: str,
    division: Division,
    founded_on: date,
    by: Actor,
    case_id: int | None = None,
    valid_until: date | None = None,
    owner_id: int | None = None,
) -> Organization:
    """Enter a new organization into the register, with its first version, and return it.

    `number` is the unified code of a registered, the filing number of a filed one. The database
    refuses a second living organization of the same name under the same `authority`. `owner_id`
    becomes the account that acts for it.
    """
    street = places.street_of(division)
    organization = Organization(
        name=name,
        track=track,
        status=OrganizationStatus.ACTIVE,
        authority=authority,
        unified_code=number if track is Track.REGISTERED else None,
        filing_number=number if track is Track.FILED else None,
        division_id=division.id,
        street_id=street.id if street else None,
        founded_on=founded_on,
        valid_until=valid_until,
        **{fact: getattr(facts, fact) for fact in (*FACT_NAMES, *DECIDED_NAMES)},
    )
    naming.write(organization)
    db.session.add(organization)
    db.session.flush()
    if owner_id is not None:
        db.session.add(Membership(user_id=owner_id, body_id=organization.id, role=Role.OWNER))
    keep_version(
        organization,
        source=decided_by(organization),
        by=by,
        case_id=case_id,
        valid_from=founded_on,
    )
    index.reindex(organization)
    audit.record("organization:found", organization, by=by, case_id=case_id)
    return organization


def upgrade(
    organization: Organization,
    facts: OrganizationFacts,
    *,
    name: str,
    number: str,
    authority: str,
    division: Division,
    registered_on: date,
    by: Actor,
    case_id: int | None = None,
    valid_until: date | None = None,
) -> Organization:
    """Make a filed organization a registered one: the same entry with its people and its history.

    `number` is its unified code; the filing number stays as its former one, and so does the day on
    which it was founded. Who was in charge is so no more. Raises WrongState where it is not filed.
    """
    if organization.track is not Track.FILED or organization.status not in LIVING:
        raise WrongState(
            _("This group is not filed any more; it cannot be registered by this case.")
        )
    changes = {
        "track": [organization.track.value, Track.REGISTERED.value],
        "number": [organization.number, number],
        "name": [organization.name, name],
    }
    place(organization, name=name, authority=authority, division=division)
    organization.track, organization.valid_until = Track.REGISTERED, valid_until
    organization.status, organization.unified_code = OrganizationStatus.ACTIVE, number
    for fact in (*FACT_NAMES, *DECIDED_NAMES):
        setattr(organization, fact, getattr(facts, fact))
    for person in organization.people:
        if person.position == "person_in_charge" and person.to_on is None:
            person.to_on = registered_on
    naming.write(organization)
    db.session.flush()
    keep_version(organization, source="case", by=by, case_id=case_id, valid_from=registered_on)
    index.reindex(organization)
    audit.record("organization:upgrade", organization, by=by, changes=changes, case_id=case_id)
    return organization


def place(organization: Organization, *, name: str, authority: str, division: Division) -> None:
    """Give an entry a name and a place, as a decision states them. The caller keeps the version."""
    street = places.street_of(division)
    organization.name, organization.authority = name, authority
    organization.division_id = division.id
    organization.street_id = street.id if street else None


def change_status(
    organization: Organization,
    status: OrganizationStatus,
    *,
    by: Actor,
    case_id: int | None = None,
    source: str | None = None,
) -> None:
    """Move an organization to another status, by a case or a sanction, as a new version.

    `source` says who decided where it is not the office whose register it is.
    """
    before, organization.status = organization.status, status
    organization.ended_on = None if status in LIVING else clock.today()
    naming.write(organization)
    keep_version(
        organization,
        source=source or decided_by(organization),
        by=by,
        case_id=case_id,
        valid_from=clock.today(),
    )
    index.reindex(organization)
    changes = {"status": [before.value, status.value]}
    audit.record("organization:status", organization, by=by, changes=changes, case_id=case_id)


def change_facts(
    organization: Organization,
    facts: Mapping[str, Any],
    *,
    by: Actor,
    on: date,
    division: Division | None = None,
    case_id: int | None = None,
) -> None:
    """Change what the register says of a living organization, from a day on, as a new version.

    `facts` are its columns by name, the name among them; `division` is where it lies from now on.
    The database refuses a second living organization of the same name. Raises WrongState where the
    organization has left the register.
    """
    if organization.status not in LIVING:
        raise WrongState(_("The organization is no longer on the register as living."))
    spoken = [name for name in facts if name in SPOKEN_NAMES]
    before = spoken_facts(organization)
    for name, value in facts.items():
        setattr(organization, name, value)
    if division is not None:
        street = places.street_of(division)
        organization.division_id = division.id
        organization.street_id = street.id if street else None
    naming.write(organization)
    db.session.flush()
    after = spoken_facts(organization)
    keep_version(
        organization, source=decided_by(organization), by=by, case_id=case_id, valid_from=on
    )
    index.reindex(organization)
    changes = {name: [before[name], after[name]] for name in spoken if before[name] != after[name]}
    audit.record("organization:change", organization, by=by, changes=changes, case_id=case_id)


def decided_by(organization: Organization) -> str:
    """Return the source of a version that a decision makes: the street's, or the authority's."""
    return "filing" if organization.track is Track.FILED else "case"


def keep_version(
    organization: Organization,
    *,
    source: str,
    by: Actor,
    valid_from: date,
    case_id: int | None = None,
) -> OrganizationVersion:
    """Keep what the register says of the organization now as its next version."""
    version = OrganizationVersion(
        number=len(organization.versions) + 1,
        valid_from=valid_from,
        source=source,
        case_id=case_id,
        changed_by=by.user_id,
        facts=spoken_facts(organization),
    )
    organization.versions.append(version)
    return version


def spoken_facts(organization: Organization) -> dict[str, Any]:
    """Return every public fact of an organization as plain JSON, by code name."""
    names = (
        "name",
        "track",
        "status",
        "unified_code",
        "filing_number",
        "founded_on",
        "ended_on",
        "valid_until",
        "division_id",
        "street_id",
        *FACT_NAMES,
        *DECIDED_NAMES,
    )
    facts = {name: getattr(organization, name) for name in names}
    return {name: v if isinstance(v, int | dict | None) else str(v) for name, v in facts.items()}

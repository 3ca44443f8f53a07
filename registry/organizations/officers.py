"""Writes of the people of an organization: who represents it, leads it, founded it."""

from datetime import date

from core.crypto import blind_index
from registry.organizations.models import Organization, OrganizationPerson


def record_person(
    organization: Organization,
    *,
    position: str,
    name: str,
    identity_number: str | None,
    phone: str | None,
    from_on: date,
) -> None:
    """Enter a person into the organization; identity and phone are stored encrypted."""
    organization.people.append(
        OrganizationPerson(
            position=position,
            name=name,
            identity_number=identity_number,
            identity_index=blind_index(identity_number) if identity_number else None,
            phone=phone,
            from_on=from_on,
        )
    )


def change_person(
    organization: Organization,
    *,
    position: str,
    name: str,
    phone: str | None,
    on: date,
    identity_number: str | None = None,
) -> None:
    """Say who holds a position from a day on: another person ends the one before, who stays on record.

    Where no `identity_number` is given, the one on record stays.
    """
    present = _present(organization, position)
    if present is not None and present.name == name:
        present.phone = phone
        if identity_number:
            present.identity_number = identity_number
            present.identity_index = blind_index(identity_number)
        return
    if present is not None:
        present.to_on = on
    record_person(
        organization,
        position=position,
        name=name,
        identity_number=identity_number,
        phone=phone,
        from_on=on,
    )


def phone_of(organization: Organization, position: str) -> str | None:
    """Return the stored phone of who holds a position today, or None."""
    present = _present(organization, position)
    return present.phone if present else None


def _present(organization: Organization, position: str) -> OrganizationPerson | None:
    held = (p for p in organization.people if p.position == position and p.to_on is None)
    return max(held, key=lambda person: person.id, default=None)

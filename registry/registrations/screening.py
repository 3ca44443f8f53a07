"""Whom the register already knows as somebody's legal representative."""

from collections.abc import Iterator

from core.db import db
from core.i18n import _
from registry.organizations.kinds import LIVING, OrganizationType
from registry.organizations.models import Organization, OrganizationPerson
from registry.people.models import Position
from registry.registrations import rules
from registry.registrations.models import Registration
from registry.registrations.types import BY_TYPE


@rules.screened_by
def held_elsewhere(case: Registration) -> Iterator[str]:
    """Yield the organizations whose representative may not become this one's too."""
    known = [
        person.identity_index
        for person in case.people
        if person.position is Position.LEGAL_REPRESENTATIVE and person.identity_index
    ]
    if not known or case.type is None:
        return
    held = db.session.scalars(
        db.select(Organization)
        .join(OrganizationPerson)
        .where(
            OrganizationPerson.identity_index.in_(known),
            OrganizationPerson.position == Position.LEGAL_REPRESENTATIVE.value,
            OrganizationPerson.to_on.is_(None),
            Organization.id != (case.subject_body_id or 0),
            Organization.status.in_(LIVING),
        )
        .order_by(Organization.name)
    )
    for other in held.unique():
        if other.type is not None and excludes(case.type, other.type):
            yield _(
                "Already the legal representative of %(name)s (%(code)s, %(type)s).",
                name=other.name,
                code=other.number,
                type=other.type.label,
            )


def excludes(one: OrganizationType, other: OrganizationType) -> bool:
    """Return whether nobody may represent an organization of each of the two types."""
    return any(
        second in BY_TYPE[first].sole_among
        for first, second in ((one, other), (other, one))
        if first in BY_TYPE
    )

"""The types of organizations that are registered: one module each, and what a case asks of them."""

from typing import TYPE_CHECKING

from core.policy import register
from registry.organizations import details
from registry.organizations.kinds import OrganizationType
from registry.registrations.types.association import ASSOCIATION
from registry.registrations.types.declaration import Ground, RegisteredType
from registry.registrations.types.foundation import FOUNDATION
from registry.registrations.types.service_institution import SERVICE_INSTITUTION

if TYPE_CHECKING:
    from registry.registrations.models import Registration

__all__ = ["TYPES", "Ground", "RegisteredType", "type_of", "typed"]

TYPES: tuple[RegisteredType, ...] = (ASSOCIATION, SERVICE_INSTITUTION, FOUNDATION)
BY_TYPE = {each.type: each for each in TYPES}

for _each in TYPES:
    register(*_each.policies)
    details.declare(_each.type, _each.details)


def type_of(case: "Registration") -> RegisteredType:
    """Return the declaration of the type that is to be registered."""
    return typed(case.type or OrganizationType.ASSOCIATION)


def typed(type: OrganizationType) -> RegisteredType:
    """Return the declaration of a type. Raises KeyError for one that is not registered."""
    return BY_TYPE[type]

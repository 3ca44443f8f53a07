"""How far what is recorded of a filed group goes towards the conditions of registration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.eligibility import Outcome, Result
from core.i18n import _l
from registry.organizations.kinds import OrganizationStatus, OrganizationType
from registry.people.models import ApplicationPerson, Position
from registry.registrations.models import Registration
from registry.registrations.supposing import judged, supposed
from registry.registrations.types import TYPES, typed

#: What the application itself settles: a name by the rules of registration, the sponsor unit's
#: consent, and what the office compares. No growing brings it about.
IN_THE_APPLICATION = ("name", "management", "representative")

#: A filing is needed until the certificate takes its place, and one that ends takes nothing along.
ONE_WAY = _l("The office's own rule")

#: In these states a filed group may be registered.
MAY_RISE = frozenset({OrganizationStatus.ACTIVE, OrganizationStatus.DORMANT})


@dataclass(frozen=True)
class Recorded:
    """What is on record of a filed group: in the register, in its filing, and told by itself.

    `facts` are answers of the types' own sections by name.
    """

    name: str
    division_id: int | None = None
    domicile: str | None = None
    purpose: str | None = None
    scope: str | None = None
    person_in_charge: str | None = None
    founders: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def offered() -> list[OrganizationType]:
    """Return the types that are registered here today."""
    return [it.type for it in TYPES if it.guide.is_open]


def application_of(recorded: Recorded, type: OrganizationType) -> Registration:
    """Return the application that the records alone would make; it is never saved."""
    leading = [recorded.person_in_charge] if recorded.person_in_charge else []
    people = [
        *(ApplicationPerson(name=it, position=Position.LEGAL_REPRESENTATIVE) for it in leading),
        *(ApplicationPerson(name=it, position=Position.PROMOTER) for it in recorded.founders),
    ]
    return supposed(
        type,
        recorded.facts,
        title=recorded.name,
        division_id=recorded.division_id,
        domicile=recorded.domicile,
        purpose=recorded.purpose,
        scope=recorded.scope,
        legal_representative=recorded.person_in_charge,
        people=people,
    )


def conditions_met(recorded: Recorded, type: OrganizationType) -> list[Result]:
    """Return what every condition that records can meet comes to, in the order of the type."""
    keys = {it.key for it in typed(type).conditions} - set(IN_THE_APPLICATION)
    return judged(application_of(recorded, type), keys)


def lacking(results: Iterable[Result]) -> list[str]:
    """Return the keys of the conditions that are not met."""
    return [it.key for it in results if it.outcome is not Outcome.PASS]


def nearest(recorded: Recorded) -> tuple[OrganizationType, list[str]]:
    """Return the type of which the least is missing, the first of several, and what is missing."""
    found = [(type, lacking(conditions_met(recorded, type))) for type in offered()]
    return min(found, key=lambda it: len(it[1]))

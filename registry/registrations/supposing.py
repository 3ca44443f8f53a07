"""An application that nobody has made: what the conditions say of facts that are known otherwise."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from core.eligibility import Condition, Result, evaluate
from registry.organizations.kinds import OrganizationType
from registry.registrations.models import Registration
from registry.registrations.types import typed


def supposed(type: OrganizationType, told: Mapping[str, Any], **own: Any) -> Registration:
    """Return an application of this type that is never saved, under the values of today.

    `told` are answers of its sections by name, sums as text too; those that the type does not ask
    for are left out. `own` are attributes of the application itself.
    """
    case = Registration(type=type, policies={}, **{"title": "", **own})
    for ask in typed(type).section.asks:
        value = told.get(ask.name)
        if value is not None:
            case.keep(ask.name, Decimal(str(value)) if ask.kind == "money" else value)
    return case


def judged(case: Registration, keys: Collection[str] | None = None) -> list[Result]:
    """Return what the conditions of its type say of an application, of `keys` alone where given.

    What only officers may know is not tested.
    """
    chosen: list[Condition] = [
        it for it in typed_conditions(case) if keys is None or it.key in keys
    ]
    return evaluate(chosen, case, public=True)


def typed_conditions(case: Registration) -> tuple[Condition, ...]:
    """Return the conditions that its type declares."""
    assert case.type is not None
    return typed(case.type).conditions

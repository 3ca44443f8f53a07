"""How far a group is, in words: labels of what is missing, and the types side by side."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.eligibility import Result
from core.errors import Words
from registry.organizations.kinds import OrganizationType
from registry.registrations.types import typed
from registry.upgrades import rules
from registry.upgrades.rules import Recorded


@dataclass(frozen=True)
class TypeView:
    """A type of registration as a group's page shows it: what is met, what is missing, what is later."""

    type: OrganizationType
    results: Sequence[Result]
    missing: int
    later: Sequence[tuple[Words, Words]]


def labels_of(type: OrganizationType, keys: Collection[str]) -> list[str]:
    """Return the labels of conditions of a type, in its order."""
    return [str(it.label) for it in typed(type).conditions if it.key in keys]


def type_view(recorded: Recorded, type: OrganizationType) -> TypeView:
    """Return how far the records go for one type, what is missing first."""
    results = rules.conditions_met(recorded, type)
    open_ones = set(rules.lacking(results))
    ordered = sorted(results, key=lambda it: it.key not in open_ones)
    later = [
        (it.label, it.source) for it in typed(type).conditions if it.key in rules.IN_THE_APPLICATION
    ]
    return TypeView(type, ordered, len(open_ones), later)

"""What an organization reports of itself to the register, and who hears of it."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from core.accounts import Actor
from registry.organizations.models import Organization

#: Hears of an organization, the facts it reported, when it did, and by whose act they stand.
Hearer = Callable[[Organization, Collection[str], datetime, Actor], None]
_hearers: list[Hearer] = []


def when_reported(work: Hearer) -> Hearer:
    """Have the function below hear whatever an organization reports of itself to the register."""
    _hearers.append(work)
    return work


def report(
    organization: Organization, facts: dict[str, Any], *, at: datetime, by: Actor
) -> list[str]:
    """Enter what an organization reported of itself at a moment; return what that changed.

    The caller keeps the version. Whoever keeps other word of these facts hears of them.
    """
    changed = [name for name, it in facts.items() if getattr(organization, name) != it]
    for name, it in facts.items():
        setattr(organization, name, it)
    for hear in _hearers:
        hear(organization, facts.keys(), at, by)
    return changed

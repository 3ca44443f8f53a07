"""What a cancellation must wait for, beside its own answers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.workflow import Finding
from core.workflow.usual import guards
from registry.filings import ends

if TYPE_CHECKING:
    from registry.cancellations.models import FilingCancellation


def may_be_asked(case: "FilingCancellation") -> Iterator[Finding]:
    """Yield what is missing in the application, and what else the filing is needed for."""
    yield from guards.complete(case)
    yield from ends.obstacles(case.organization.id)


def may_be_granted(case: "FilingCancellation") -> Iterator[Finding]:
    """Yield the conditions that are not met, and what else the filing is needed for."""
    yield from guards.conditions_met(case)
    yield from ends.obstacles(case.organization.id)

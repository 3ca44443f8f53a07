"""Why the filing of a dormant group cannot be cancelled yet."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core import notices
from core.i18n import _
from core.workflow import Finding, queries, workflow_of
from registry.filings import ends
from registry.organizations.kinds import OrganizationStatus

if TYPE_CHECKING:
    from registry.dormancy.models import DormantCancellation


def dormant(case: "DormantCancellation") -> Iterator[Finding]:
    """Yield that the group is not dormant (any more), or what else it needs its filing for."""
    if case.organization.status is not OrganizationStatus.DORMANT:
        yield Finding(_("The group is not dormant."))
    yield from ends.obstacles(case.organization.id)


def may_be_struck_off(case: "DormantCancellation") -> Iterator[Finding]:
    """Yield what stands in the way: objections, an application to renew."""
    yield from dormant(case)
    for words in notices.obstacles(case.id):
        yield Finding(words)
    if notices.upheld_objections(case.id):
        yield Finding(_("An objection was found right: the group stays on the register."))
    renewal = queries.sole_case(workflow_of("filing_renewal"), case.organization.id)
    if renewal is not None and renewal.number is not None:
        yield Finding(
            _(
                "The group has applied to renew its filing (%(number)s); decide on that first.",
                number=renewal.number,
            )
        )

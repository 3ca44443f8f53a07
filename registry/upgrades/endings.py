"""Registered or cancelled: a filed group goes one way at a time."""

from sqlalchemy import select

from core.db import db
from core.i18n import _
from core.workflow import Finding, workflow_of
from core.workflow.models import Case
from registry.filings.ends import before_it_ends
from registry.upgrades import rules
from registry.upgrades.queries import upgrade_of


@before_it_ends
def needs_its_filing(organization_id: int) -> Finding | None:
    """Return why the filing of a group cannot be ended: it is being, or was, registered."""
    claim = upgrade_of(organization_id)
    if claim is None:
        return None
    if claim.upgraded_on is not None:
        return Finding(
            _(
                "The group is registered under %(code)s; its filing went over into that.",
                code=claim.unified_code,
            ),
            source=rules.ONE_WAY,
        )
    words = _(
        "An application to register this group is under way (%(number)s). Its filing can be "
        "cancelled once that application is withdrawn or refused.",
        number=claim.case.number,
    )
    return Finding(words, source=rules.ONE_WAY)


def cancellation_under_way(organization_id: int) -> str | None:
    """Return the number of the group's own open application to cancel its filing, or None."""
    key = workflow_of("filing_cancellation").sole_key(organization_id)
    return db.session.scalar(select(Case.number).where(Case.sole_key == key))

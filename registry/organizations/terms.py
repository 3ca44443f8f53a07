"""How long an entry holds."""

from datetime import date, timedelta

from core import calendar, clock
from registry.organizations.models import Organization


def next_end(organization: Organization, years: int) -> date:
    """Return the last day of the next term: what is left of the present one is not lost."""
    today, until = clock.today(), organization.valid_until
    first = until + timedelta(days=1) if until is not None and until >= today else today
    return calendar.last_day_of_term(first, years)

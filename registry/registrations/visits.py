"""When premises can have been visited: after the application came in, and not tomorrow."""

from datetime import date
from typing import TYPE_CHECKING

from core import clock
from core.errors import Words
from core.i18n import _, day

if TYPE_CHECKING:
    from registry.registrations.models import Registration


def refused_day(case: "Registration", visited: date) -> Words | None:
    """Return why premises were not visited for this application on that day, or None."""
    if visited > clock.today():
        return _("The day of the visit cannot be in the future.")
    received = clock.local(case.submitted_at).date() if case.submitted_at else None
    if received is not None and visited < received:
        return _(
            "The application came in on %(day)s; it was not visited before.", day=day(received)
        )
    return None

"""How long the counter keeps by what address or number a person was reached."""

from datetime import datetime

from core.counter.models import AssistedFiling
from core.db import db
from core.i18n import _l
from core.privacy.policy import LAW, days
from core.privacy.retention import Retention
from core.workflow.models import Case

DAYS = days(
    "counter",
    365,
    _l("Addresses given at the counter are kept, after the case has ended, for"),
    LAW,
)


def forget_contacts(before: datetime) -> int:
    """Erase how people were reached whose cases ended before a moment."""
    ended = db.select(Case.id).where(Case.closed_at < before)
    found = db.session.scalars(
        db.select(AssistedFiling).where(AssistedFiling.case_id.in_(ended), ~AssistedFiling.erased)
    ).all()
    for assisted in found:
        assisted.contact, assisted.erased = "", True
    return len(found)


CONTACTS = Retention(
    "counter", _l("Address or number that a person gave at the counter"), LAW,
    _l("The person is erased, the record stays"), DAYS, forget_contacts,
)  # fmt: skip

"""How long the counter keeps by what address or number a person was reached."""

from datetime import datetime

from core.accounts import User
from core.counter.models import AssistedFiling
from core.db import db
from core.i18n import _l
from core.privacy.own import Coded, OwnPart, Rows
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


def _assisted(user: User) -> Rows:
    found = db.session.scalars(
        db.select(AssistedFiling)
        .where(AssistedFiling.applicant_id == user.id)
        .order_by(AssistedFiling.case_id)
    )
    return [
        {
            "case": Coded(str(it.case_id), it.case.called),
            "office": it.office.name,
            "officer": it.officer.display_name,
            "contact": it.contact,
            "started_at": it.started_at,
            "confirmed_at": it.confirmed_at,
        }
        for it in found
    ]


OWN = OwnPart(
    "counter", _l("Filled in for you at the counter"), _assisted,
    {
        "case": _l("Application"), "office": _l("Office"), "officer": _l("Officer"),
        "contact": _l("Contact"), "started_at": _l("Begun at"), "confirmed_at": _l("Confirmed at"),
    },
)  # fmt: skip

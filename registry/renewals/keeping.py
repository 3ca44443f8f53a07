"""What a renewal says of the person in charge: how long it is kept where it was never handed in."""

from typing import Any

from core.accounts import User
from core.db import db
from core.i18n import _l
from core.privacy import keep_for, offer_own
from core.privacy.drafts import of_drafts
from core.privacy.own import Coded, OwnPart
from registry.people.keeping import FIELDS, offer_in_charge
from registry.renewals.models import FilingRenewal

DRAFTS = of_drafts(
    "renewal_drafts",
    _l("Person in charge in renewals that were never submitted"),
    FilingRenewal.person_in_charge,
    FilingRenewal.person_phone,
)


def _entered(user: User) -> list[dict[str, Any]]:
    found = db.session.scalars(
        db.select(FilingRenewal)
        .where(FilingRenewal.applicant_id == user.id)
        .order_by(FilingRenewal.id)
    )
    return [
        {
            "case": Coded(str(it.id), it.called),
            "person_in_charge": it.person_in_charge,
            "phone": it.person_phone,
            "domicile": it.domicile,
            "scope": it.scope,
        }
        for it in found
    ]


OWN = OwnPart(
    "renewals", _l("Renewals you applied for"), _entered,
    {
        "case": _l("Application"), "person_in_charge": _l("Person in charge"),
        "phone": FIELDS["phone"],
        "domicile": _l("Place of activity"), "scope": _l("Scope of activities"),
    },
)  # fmt: skip


def declare() -> None:
    """Put it into the table, the own copy, and what officers may look at with a reason."""
    keep_for(DRAFTS)
    offer_own(OWN)
    offer_in_charge(FilingRenewal, person_phone=FIELDS["phone"])

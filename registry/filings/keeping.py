"""What a filing says of persons: how long it is kept where it was never handed in."""

from typing import Any

from core.accounts import User
from core.db import db
from core.i18n import _l
from core.privacy import keep_for, offer_own
from core.privacy.drafts import of_drafts
from core.privacy.own import Coded, OwnPart
from registry.filings.models import Filing
from registry.people.keeping import FIELDS, offer_in_charge

DRAFTS = of_drafts(
    "filing_drafts",
    _l("Person in charge and founding members in filings that were never submitted"),
    Filing.person_in_charge,
    Filing.person_phone,
    Filing.person_identity,
    Filing.founders,
)


def _entered(user: User) -> list[dict[str, Any]]:
    found = db.session.scalars(
        db.select(Filing).where(Filing.applicant_id == user.id).order_by(Filing.id)
    )
    return [
        {
            "case": Coded(str(it.id), it.called),
            "person_in_charge": it.person_in_charge,
            "phone": it.person_phone,
            "identity_number": it.person_identity,
            "founders": "、".join(it.founders),
            "domicile": it.domicile,
            "scope": it.scope,
        }
        for it in found
    ]


OWN = OwnPart(
    "filings", _l("Filings you applied for"), _entered,
    {
        "case": _l("Application"), "person_in_charge": _l("Person in charge"),
        "phone": FIELDS["phone"],
        "identity_number": FIELDS["identity_number"], "founders": _l("Founding members"),
        "domicile": _l("Place of activity"), "scope": _l("Scope of activities"),
    },
)  # fmt: skip


def declare() -> None:
    """Put it into the table, the own copy, and what officers may look at with a reason."""
    keep_for(DRAFTS)
    offer_own(OWN)
    offer_in_charge(Filing, person_phone=FIELDS["phone"], person_identity=FIELDS["identity_number"])

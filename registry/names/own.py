"""The names somebody holds or held, in the file with their own data."""

from typing import Any

from core.accounts import User
from core.db import db
from core.i18n import _l
from core.privacy.own import OwnPart
from registry.names.models import NameReservation


def _reserved(user: User) -> list[dict[str, Any]]:
    found = db.session.scalars(
        db.select(NameReservation)
        .where(NameReservation.holder_id == user.id)
        .order_by(NameReservation.id)
    )
    return [
        {
            "name": it.name, "type": it.type, "reserved_at": it.reserved_at,
            "expires_on": it.expires_on, "ended_at": it.ended_at,
        }
        for it in found
    ]  # fmt: skip


OWN = OwnPart(
    "reserved_names", _l("Reserved names"), _reserved,
    {
        "name": _l("Name"), "type": _l("Type"), "reserved_at": _l("Reserved at"),
        "expires_on": _l("Until"), "ended_at": _l("Ended at"),
    },
)  # fmt: skip

"""What somebody follows, in the file with their own data."""

from typing import Any

from core.accounts import User
from core.db import db
from core.i18n import _l
from core.privacy.own import OwnPart
from registry.following.models import Follow


def _followed(user: User) -> list[dict[str, Any]]:
    found = db.session.scalars(
        db.select(Follow).where(Follow.user_id == user.id).order_by(Follow.id)
    )
    return [
        {
            "organization": it.organization.name if it.organization else None,
            "search": it.question, "told": it.pace, "since": it.since,
        }
        for it in found
    ]  # fmt: skip


OWN = OwnPart(
    "followed", _l("What I follow"), _followed,
    {
        "organization": _l("Organization"), "search": _l("Search of the register"),
        "told": _l("How you are told"), "since": _l("Since"),
    },
)  # fmt: skip

"""Who did what last: for pages that name who stands behind a setting."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core import clock
from core.audit.models import AuditEntry
from core.audit.wording import said_person
from core.db import db


@dataclass(frozen=True)
class Deed:
    """An action on record: by whom, in words, on which day, to which record, and what changed."""

    by: str
    on: date
    subject_id: int | None
    changes: dict[str, Any]


def deeds(action: str) -> list[Deed]:
    """Return every entry of an action, the oldest first. For actions that are rare."""
    rows = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)
    )
    return [
        Deed(
            said_person(it.actor_name, it.actor_id),
            clock.local(it.at).date(),
            it.subject_id,
            it.changes,
        )
        for it in rows
    ]

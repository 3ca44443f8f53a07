"""Write to the audit record, and close the chain over what a transaction wrote."""

import hashlib
import json
from datetime import UTC
from typing import Any

from flask import g, has_request_context, request
from sqlalchemy import insert

from core import clock
from core.accounts.actor import Actor
from core.audit.models import AuditEntry, AuditHead
from core.db import Model, before_commit, db

GENESIS = "0" * 64


def record(
    action: str,
    subject: Model | None = None,
    *,
    by: Actor,
    changes: dict[str, Any] | None = None,
    note: str = "",
    case_id: int | None = None,
) -> None:
    """Note that `by` did `action` (`thing:verb`) to `subject`; the running transaction carries it.

    `changes` maps a field to `[before, after]`, plain JSON values, never personal data.
    """
    web = has_request_context()
    waiting = db.session.info.setdefault("audit", [])
    waiting.append(
        (
            subject,
            {
                "at": clock.now(),
                "actor_id": by.user_id,
                "actor_name": by.name,
                "body_id": by.body_id,
                "action": action,
                "subject_type": type(subject).__name__ if subject is not None else "",
                "case_id": case_id,
                "changes": json.loads(json.dumps(changes or {}, default=str)),
                "note": note,
                "request_id": g.get("request_id", "") if web else "",
                "address": (request.remote_addr or "") if web else "",
            },
        )
    )


def digest_of(spoken: dict[str, Any]) -> str:
    """Return the SHA-256 of an entry's canonical JSON."""
    text = json.dumps(spoken, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _close_chain() -> None:
    """Chain what this transaction recorded to the end of the record, in the order it happened.

    Done last, so that the lock on the head is held only from here to the commit.
    """
    waiting = db.session.info.pop("audit", [])
    if not waiting:
        return
    head = db.session.scalar(db.select(AuditHead).with_for_update())
    if head is None:
        head = AuditHead(id=1, day=clock.today(), place=0, digest=GENESIS)
        db.session.add(head)
    rows = []
    for subject, row in waiting:
        today = clock.local(row["at"]).date()
        if today > head.day:
            head.day, head.place = today, 0
        head.place += 1
        row["at"] = row["at"].astimezone(UTC)
        subject_id = getattr(subject, "id", None)
        entry = AuditEntry(
            **row,
            subject_id=subject_id,
            day=head.day,
            place=head.place,
            previous=head.digest,
        )
        head.digest = digest_of(entry.spoken())
        rows.append(
            {**row, "subject_id": subject_id, "day": head.day, "place": head.place,
             "previous": entry.previous, "digest": head.digest}
        )
    db.session.flush()
    db.session.execute(insert(AuditEntry), rows)


before_commit.append(_close_chain)

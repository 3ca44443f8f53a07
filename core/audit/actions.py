"""Write to the audit record, and close the chain over what a transaction wrote."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, timedelta
from typing import Any

from flask import g, has_request_context, request
from sqlalchemy import insert

from core import clock
from core.accounts.actor import Actor
from core.audit.models import AuditEntry, AuditHead, AuditRoot
from core.db import Model, atomic, before_commit, db, insert_once
from core.errors import DomainError

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


def refused(
    error: DomainError, action: str, subject: Model | None = None, *, by: Actor
) -> DomainError:
    """Return `error`, to be raised: the refusal then stands on record with its reason.

    What an action recorded itself is undone with its transaction; this is noted after it.
    """

    def note() -> None:
        record(action, subject, by=by, note=str(error))

    error.on_record = note
    return error


@contextmanager
def refusals(action: str, subject: Model | None = None, *, by: Actor) -> Iterator[None]:
    """Have whatever is refused inside stand on record with its reason, as `refused` does."""
    try:
        yield
    except DomainError as error:
        raise refused(error, action, subject, by=by) from None


def keep_refusal(error: DomainError) -> None:
    """Note a refusal that asked for it, in a transaction of its own. Edges call this."""
    if error.on_record is not None:
        with atomic():
            error.on_record()


def digest_of(spoken: dict[str, Any]) -> str:
    """Return the SHA-256 of an entry's canonical JSON."""
    text = json.dumps(spoken, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def locked_head() -> AuditHead:
    """Return the end of the chain, locked until the transaction ends."""
    first = {"id": 1, "day": clock.today(), "place": 0, "digest": GENESIS}
    head: AuditHead | None = db.session.scalar(db.select(AuditHead).with_for_update())
    if head is None:
        insert_once(AuditHead, **first)  # two first writers: the second waits and reads
        head = db.session.scalars(db.select(AuditHead).with_for_update()).one()
    return head


def close_days() -> list[AuditRoot]:
    """Write down what the chain of each finished day came to; return the new roots, oldest first.

    From then on nothing can be added to those days: what was begun before midnight and ends
    after this stands under today. Days without entries have a root too, so that none is missing.
    """
    head, today = locked_head(), clock.today()
    last = db.session.scalar(db.select(AuditRoot).order_by(AuditRoot.day.desc()).limit(1))
    if last is not None:
        day, digest = last.day + timedelta(days=1), last.digest
    else:
        first = db.session.scalar(db.select(db.func.min(AuditEntry.day)))
        day, digest = first or today, GENESIS
    roots = []
    while day < today:
        entries, end = _come_to(day)
        digest = end or digest
        root = AuditRoot(day=day, entries=entries, digest=digest, closed_at=clock.now())
        db.session.add(root)
        roots.append(root)
        day += timedelta(days=1)
    if head.day < today:
        head.day, head.place = today, 0
    return roots


def _come_to(day: date) -> tuple[int, str | None]:
    """Return how many entries a day has, and the digest of the last."""
    entries: int = db.session.scalar(
        db.select(db.func.count()).select_from(AuditEntry).where(AuditEntry.day == day)
    )
    last: str | None = db.session.scalar(
        db.select(AuditEntry.digest)
        .where(AuditEntry.day == day)
        .order_by(AuditEntry.place.desc())
        .limit(1)
    )
    return entries, last


def _close_chain() -> None:
    """Chain what this transaction recorded to the end of the record, in the order it happened.

    Done last, so that the lock on the head is held only from here to the commit.
    """
    waiting = db.session.info.pop("audit", [])
    if not waiting:
        return
    head = locked_head()
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
            {
                **row,
                "subject_id": subject_id,
                "day": head.day,
                "place": head.place,
                "previous": entry.previous,
                "digest": head.digest,
            }
        )
    db.session.flush()
    db.session.execute(insert(AuditEntry), rows)


before_commit.append(_close_chain)

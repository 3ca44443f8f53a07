"""The audit table: rows are added, chained by hash, and never changed.

The database itself refuses UPDATE and DELETE on both engines (triggers below).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from core.db import JsonDict, Model


class AuditEntry(Model):
    """One thing that happened: who, for whom, what, on which record, what differed."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    place: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    actor_name: Mapped[str] = mapped_column(String(100))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    action: Mapped[str] = mapped_column(String(100))
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int | None]
    case_id: Mapped[int | None]
    changes: Mapped[JsonDict]
    note: Mapped[str] = mapped_column(Text)
    request_id: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(60))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)

    __table_args__ = (
        UniqueConstraint("day", "place"),
        Index(None, "subject_type", "subject_id"),
        Index(None, "case_id"),
        Index(None, "actor_id", "at"),
    )

    def spoken(self) -> dict[str, Any]:
        """Return what the digest covers: everything but the digest, as plain values."""
        return {
            "day": self.day.isoformat(),
            "place": self.place,
            "at": self.at.isoformat(),
            "actor_id": self.actor_id,
            "actor_name": self.actor_name,
            "body_id": self.body_id,
            "action": self.action,
            "subject_type": self.subject_type,
            "subject_id": self.subject_id,
            "case_id": self.case_id,
            "changes": self.changes,
            "note": self.note,
            "request_id": self.request_id,
            "address": self.address,
            "previous": self.previous,
        }


class AuditHead(Model):
    """The end of the chain: one row, whose lock puts writers in line."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    place: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


class AuditRoot(Model):
    """What a day's chain came to: its length and last digest, printed and sent to the office."""

    __tablename__ = "audit_root"

    day: Mapped[date] = mapped_column(primary_key=True)
    entries: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    closed_at: Mapped[datetime]


def refuse_changes(table: str) -> list[tuple[str, DDL]]:
    """Return, engine by engine, the triggers that refuse UPDATE and DELETE on `table`."""
    statements = [
        (
            "sqlite",
            DDL(  # type: ignore[no-untyped-call]
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            ),
        )
        for verb in ("UPDATE", "DELETE")
    ]
    statements += [
        (
            "postgresql",
            DDL(  # type: ignore[no-untyped-call]
                f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
            ),
        ),
        (
            "postgresql",
            DDL(  # type: ignore[no-untyped-call]
                f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE "
                f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
            ),
        ),
    ]
    return statements


for _table in (AuditEntry.__table__, AuditRoot.__table__):
    for _engine, _statement in refuse_changes(_table.name):  # type: ignore[attr-defined]
        event.listen(_table, "after_create", _statement.execute_if(dialect=_engine))

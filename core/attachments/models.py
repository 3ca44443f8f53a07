"""Files by content, and who handed which of them in for what."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.attachments.rules import SHOWN_INLINE
from core.db import Model, enum_column


class StoredFile(Model):
    """The bytes kept under a SHA-256. Rows are added, never changed."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    scan: Mapped["FileScan | None"] = relationship(lazy="joined", viewonly=True)


class Verdict(StrEnum):
    """What the virus scanner said of some content; WAITING until it did."""

    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"


class FileScan(Model):
    """Whether uploaded content is clean. There is no row where no scanner was ever set.

    `found` names the virus, `words` say why the last of so many `attempts` was in vain.
    """

    __tablename__ = "file_scan"

    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict, "scan_verdict"))
    found: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(String(300), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    looked_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "verdict", "next_at"),
        CheckConstraint("(verdict = 'infected') = (found <> '')", name="infected_with_something"),
        CheckConstraint(
            "(verdict = 'waiting') = (looked_at IS NULL)", name="looked_into_or_waiting"
        ),
    )


class Attachment(Model):
    """A file in its place: of a case, of another record, or still its uploader's alone.

    `slot` is the document it serves as ("charter"). What was taken away stays in the table, out
    of sight.
    """

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"))
    owner_table: Mapped[str | None] = mapped_column(String(60))
    owner_id: Mapped[int | None]
    slot: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(150))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    file: Mapped[StoredFile] = relationship()

    __table_args__ = (
        Index(None, "case_id", "slot"),
        Index(None, "owner_table", "owner_id", "slot"),
        CheckConstraint("(owner_table IS NULL) = (owner_id IS NULL)", name="owner_whole"),
        CheckConstraint("case_id IS NULL OR owner_table IS NULL", name="one_owner"),
    )

    @property
    def can_be_shown(self) -> bool:
        """Whether a browser may show it in place: a PDF or an image."""
        return self.file.media_type in SHOWN_INLINE

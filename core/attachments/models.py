"""Files by content, and who handed which of them in for what."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.attachments.rules import SHOWN_INLINE
from core.db import Model


class StoredFile(Model):
    """The bytes kept under a SHA-256. Rows are added, never changed."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


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

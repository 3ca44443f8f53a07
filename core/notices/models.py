"""Tables of notices and of the objections to them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.accounts.models import Body, User
from core.db import Encrypted, JsonDict, Model
from core.notices import kinds
from core.notices.rules import NoticeStatus, status_at


class PublicNotice(Model):
    """What an office makes known: facts by label, and until which day people may object."""

    __tablename__ = "public_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[JsonDict]
    basis: Mapped[str] = mapped_column(String(300), default="")
    office_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    published_at: Mapped[datetime] = mapped_column(default=clock.now)
    objections_until: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    office: Mapped[Body | None] = relationship(foreign_keys=[office_id])
    published_by: Mapped[User | None] = relationship()
    objections: Mapped[list["Objection"]] = relationship(
        back_populates="notice", order_by="Objection.id"
    )

    __table_args__ = (
        CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason <> ''", name="withdrawn_with_reason"
        ),
        Index(None, "published_at", "id"),
        Index(None, "kind", "published_at", "id"),
    )

    @property
    def status(self) -> NoticeStatus:
        """What the notice is now."""
        return status_at(self, clock.now())

    @property
    def kind_label(self) -> str:
        return kinds.label_of(self.kind)


class Objection(Model):
    """Somebody says that what was made known is wrong; the office answers.

    Who it is and how to reach them is encrypted; `token` opens the person's own page.
    """

    __tablename__ = "objection"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("public_notice.id"), index=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(Encrypted)
    contact: Mapped[str] = mapped_column(Encrypted)
    erased: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime] = mapped_column(default=clock.now)
    answer: Mapped[str] = mapped_column(Text, default="")
    upheld: Mapped[bool | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    notice: Mapped[PublicNotice] = relationship(back_populates="objections")
    answered_by: Mapped[User | None] = relationship()

    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (upheld IS NULL)", name="answered_with_finding"),
        CheckConstraint("answered_at IS NULL OR answer <> ''", name="answered_in_words"),
    )

"""Who filled in an application at the counter for whom, and the code it was confirmed by."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.accounts import Body, User
from core.db import Encrypted, Model, enum_column
from core.messages.models import Channel
from core.workflow.models import Case


class AssistedFiling(Model):
    """One application entered at the counter.

    `code_version` is the version of the case that the code was sent for: what is changed later
    needs a new code.
    """

    __tablename__ = "assisted_filing"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    contact: Mapped[str] = mapped_column(Encrypted)
    erased: Mapped[bool] = mapped_column(default=False, server_default=false())
    channel: Mapped[Channel] = mapped_column(enum_column(Channel, "counter_channel"))
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    code_digest: Mapped[str | None] = mapped_column(String(64))
    code_version: Mapped[int | None]
    code_expires_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship()
    officer: Mapped[User] = relationship(foreign_keys=[officer_id])
    applicant: Mapped[User] = relationship(foreign_keys=[applicant_id])
    office: Mapped[Body] = relationship()

    @property
    def organization(self) -> str:
        """The name of whom the applicant acts for; "" for themselves."""
        body = self.case.applicant_body
        return body.name if body else ""

    __table_args__ = (
        CheckConstraint("officer_id <> applicant_id", name="for_somebody_else"),
        CheckConstraint(
            "(code_digest IS NULL) = (code_version IS NULL)"
            " AND (code_digest IS NULL) = (code_expires_at IS NULL)",
            name="code_whole",
        ),
    )

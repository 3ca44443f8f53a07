"""Tables of opinions: who was asked what about which case, what they may read, what they said."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from core import clock
from core.accounts import Body, User
from core.attachments.models import Attachment
from core.db import Model, enum_column
from core.i18n import _l
from core.workflow.models import Case


class OpinionStatus(StrEnum):
    """Where a question to another body stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return str(STATUS_LABELS[self])

    @property
    def tone(self) -> str:
        return STATUS_TONES[self]


STATUS_LABELS = {
    OpinionStatus.ASKED: _l("Opinion open"),
    OpinionStatus.ANSWERED: _l("Opinion given"),
    OpinionStatus.LAPSED: _l("No opinion in time"),
    OpinionStatus.WITHDRAWN: _l("No longer needed"),
}
STATUS_TONES = {
    OpinionStatus.ASKED: "blue",
    OpinionStatus.ANSWERED: "green",
    OpinionStatus.LAPSED: "red",
    OpinionStatus.WITHDRAWN: "grey",
}


class Stance(StrEnum):
    """What a body thinks."""

    AGREE = "agree"
    NO_OBJECTION = "no_objection"
    OBJECT = "object"

    @property
    def label(self) -> str:
        return str(STANCE_LABELS[self])

    @property
    def tone(self) -> str:
        return "red" if self is Stance.OBJECT else "green"


STANCE_LABELS = {
    Stance.AGREE: _l("Agrees"),
    Stance.NO_OBJECTION: _l("No objection"),
    Stance.OBJECT: _l("Objects"),
}

#: The papers of a case that a body may read for its opinion.
opinion_paper = Table(
    "opinion_paper",
    Model.metadata,
    Column("opinion_id", ForeignKey("opinion.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True),
)


class Opinion(Model):
    """A question to one body about one case, and its answer.

    `asking_body` is the office that has the case. `sections` are those of the application that the
    body may read, `papers` the files; both only while the question is open. `due_at` is the end of
    its last day. Its own files are attachments of this row.
    """

    __tablename__ = "opinion"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    asking_body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    question: Mapped[str] = mapped_column(Text)
    sections: Mapped[list[str]] = mapped_column(JSON, default=list)
    due_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    status: Mapped[OpinionStatus] = mapped_column(
        enum_column(OpinionStatus, "opinion_status"), default=OpinionStatus.ASKED
    )
    stance: Mapped[Stance | None] = mapped_column(enum_column(Stance, "opinion_stance"))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    case: Mapped[Case] = relationship()
    body: Mapped[Body] = relationship(foreign_keys=[body_id])
    asking_body: Mapped[Body] = relationship(foreign_keys=[asking_body_id])
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])
    papers: Mapped[list[Attachment]] = relationship(secondary=opinion_paper, order_by=Attachment.id)

    @property
    def last_on(self) -> date:
        """The last day on which the body can answer."""
        return clock.last_day_before(self.due_at)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read at class creation
    __table_args__ = (
        CheckConstraint(
            "(status = 'answered') = (stance IS NOT NULL)", name="answered_means_a_stance"
        ),
        CheckConstraint("(stance IS NULL) = (answered_by_id IS NULL)", name="answered_by_someone"),
        CheckConstraint("(status = 'asked') = (closed_at IS NULL)", name="ended_at_a_moment"),
        CheckConstraint(
            "stance IS NULL OR stance <> 'object' OR answer <> ''", name="objects_with_reasons"
        ),
        CheckConstraint("body_id <> asking_body_id", name="of_another_body"),
        Index(
            "uq_opinion_open",
            "case_id",
            "body_id",
            unique=True,
            sqlite_where=status == OpinionStatus.ASKED,
            postgresql_where=status == OpinionStatus.ASKED,
        ),
        Index(None, "case_id", "id"),
        Index(None, "body_id", "status", "due_at", "id"),
        Index(None, "status", "due_at"),
    )

"""Tables of following: who follows what, and the changes they are to be told of."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.accounts import User
from core.db import JsonDict, Model, enum_column
from core.i18n import _l
from registry.organizations.models import Organization


class Pace(StrEnum):
    """How somebody wants to be told of what they follow."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    INBOX = "inbox"

    @property
    def label(self) -> str:
        return str(PACE_LABELS[self])


PACE_LABELS = {
    Pace.AT_ONCE: _l("A message and a mail about each change"),
    Pace.DAILY: _l("One message and mail each morning with everything"),
    Pace.INBOX: _l("Messages here only, no mail"),
}


class Follow(Model):
    """A person follows an organization, or a search of the register.

    `asked` are the filters of the search by name; `question` is the same as an address, by which
    two are the same. `token` opens the way out in a mail without signing in.
    """

    __tablename__ = "follow"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    question: Mapped[str | None] = mapped_column(String(500))
    asked: Mapped[JsonDict] = mapped_column(default=dict)
    pace: Mapped[Pace] = mapped_column(enum_column(Pace, "follow_pace"), default=Pace.DAILY)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)
    user: Mapped[User] = relationship()
    organization: Mapped[Organization | None] = relationship()

    __table_args__ = (
        UniqueConstraint("user_id", "organization_id"),
        UniqueConstraint("user_id", "question"),
        CheckConstraint(
            "(organization_id IS NULL) <> (question IS NULL)", name="one_thing_is_followed"
        ),
    )


class FollowNews(Model):
    """A version of the register that somebody is to be told of, once."""

    __tablename__ = "follow_news"

    follow_id: Mapped[int] = mapped_column(
        ForeignKey("follow.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[int] = mapped_column(ForeignKey("organization_version.id"), primary_key=True)
    noted_at: Mapped[datetime] = mapped_column(default=clock.now)
    told_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "told_at"),)

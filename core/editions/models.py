"""Versions of texts that were proposed and confirmed, from the day on which each holds."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.accounts.models import User
from core.constraints import explain
from core.db import JsonDict, Model
from core.editions.declaration import EditionKind, edition_kind
from core.i18n import _l


class Edition(Model):
    """One version of one text. It holds from its day until the next confirmed one's day.

    Without a second person's confirmation it is a proposal and holds never.
    """

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(100))
    content: Mapped[JsonDict]
    effective_from: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])

    __table_args__ = (
        UniqueConstraint("kind", "key", "effective_from"),
        CheckConstraint("confirmed_by_id <> proposed_by_id", name="second_person"),
        CheckConstraint(
            "(confirmed_by_id IS NULL) = (confirmed_at IS NULL)", name="confirmed_by_someone"
        ),
    )

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_by_id is not None

    @property
    def declared(self) -> EditionKind:
        """The kind of text this is a version of."""
        return edition_kind(self.kind)

    @property
    def title(self) -> str:
        return self.declared.title(self.key)


explain(
    "uq_edition_kind_key_effective_from",
    _l("There is a version or a proposal for this day already. Choose another day."),
    field="effective_from",
)
explain("ck_edition_second_person", _l("A second person has to confirm what you proposed."))

"""Values that were proposed and confirmed, from the day on which each holds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.accounts.models import User
from core.constraints import explain
from core.db import Model
from core.i18n import _l


class PolicyValue(Model):
    """One value of one policy. It holds from its day until the next confirmed one's day.

    Without a second person's confirmation it is a proposal and holds never.
    """

    __tablename__ = "policy_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(100))
    value: Mapped[Any] = mapped_column(JSON)
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
        UniqueConstraint("key", "effective_from"),
        CheckConstraint("confirmed_by_id <> proposed_by_id", name="second_person"),
        CheckConstraint(
            "(confirmed_by_id IS NULL) = (confirmed_at IS NULL)", name="confirmed_by_someone"
        ),
    )

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_by_id is not None


explain(
    "uq_policy_value_key_effective_from",
    _l("There is a value or a proposal for this day already. Choose another day."),
    field="effective_from",
)
explain(
    "ck_policy_value_second_person",
    _l("A second person has to confirm what you proposed."),
)

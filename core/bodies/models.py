"""Names that bodies had and will have, each from its day."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.accounts.models import Body, User
from core.constraints import explain
from core.db import Model
from core.i18n import _l


class BodyName(Model):
    """A change of name: `former` until the day before, `name` from `from_on` on.

    `applied_at` is when the body took it; empty while the day is still to come.
    """

    __tablename__ = "body_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    former: Mapped[str] = mapped_column(String(300))
    name: Mapped[str] = mapped_column(String(300))
    from_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    applied_at: Mapped[datetime | None]
    body: Mapped[Body] = relationship()
    by: Mapped[User | None] = relationship()

    __table_args__ = (
        UniqueConstraint("body_id", "from_on"),
        CheckConstraint("name <> former", name="another_name"),
    )


explain(
    "uq_body_name_body_id_from_on",
    _l("The name changes on this day already. Choose another day."),
    field="from_on",
)

"""The table of cancellations at the group's own wish."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.workflow.models import Case
from registry.organizations.models import Organization


class FilingCancellation(Case):
    """An application of a filed group to end its filing. `title` (of the case) is its name.

    `ground` is one of `rules.CancellationGround`; a draft leaves it open.
    """

    __tablename__ = "filing_cancellation"

    id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    ground: Mapped[str | None] = mapped_column(String(40))
    resolved_on: Mapped[date | None]
    settlement: Mapped[str | None] = mapped_column(Text)
    organization: Mapped[Organization] = relationship(
        primaryjoin="foreign(Case.subject_body_id) == Organization.id", viewonly=True
    )

    __mapper_args__ = {"polymorphic_identity": "filing_cancellation"}  # noqa: RUF012

"""The table of yearly reports."""

from decimal import Decimal

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.constraints import explain
from core.i18n import _l
from core.workflow.models import Case


class ActivityReport(Case):
    """What a filed group did in a year: one report for each group and year, for good.

    `organization_id` is the body that the case is about, kept here for the constraint.
    """

    __tablename__ = "activity_report"

    id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    year: Mapped[int]
    activity_count: Mapped[int | None]
    participants: Mapped[int | None]
    summary: Mapped[str | None] = mapped_column(Text)
    individual_members: Mapped[int | None]
    income: Mapped[Decimal | None]
    spending: Mapped[Decimal | None]
    wishes: Mapped[str | None] = mapped_column(Text)

    __mapper_args__ = {"polymorphic_identity": "activity_report"}  # noqa: RUF012
    __table_args__ = (  # type: ignore[assignment]  # a table of its own, not that of all cases
        UniqueConstraint("organization_id", "year"),
    )


explain(
    "uq_activity_report_organization_id_year",
    _l("There is a report of this group for this year already."),
)

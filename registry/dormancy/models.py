"""The table of cancellations of dormant groups' filings."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.workflow.models import Case
from registry.organizations.models import Organization


class DormantCancellation(Case):
    """A street's own proceeding to cancel a dormant group's filing. `title` is the group's name.

    `silent_since` is the day of its last sign of life, `objections_until` the end of the notice.
    """

    __tablename__ = "dormant_cancellation"

    id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    silent_since: Mapped[date]
    dormant_since: Mapped[date]
    objections_until: Mapped[date | None]
    organization: Mapped[Organization] = relationship(
        primaryjoin="foreign(Case.subject_body_id) == Organization.id", viewonly=True
    )

    __mapper_args__ = {"polymorphic_identity": "dormant_cancellation"}  # noqa: RUF012

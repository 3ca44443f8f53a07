"""The table of filings."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from core.db import Encrypted
from core.workflow.models import Case
from registry.organizations.models import OrganizationFacts


class Filing(OrganizationFacts, Case):
    """An application of a community group to be filed. `title` (of the case) is its name.

    `founders` are the names of the founding members; the contact of the person in charge is
    encrypted.
    """

    __tablename__ = "filing"

    id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    founders: Mapped[list[str]] = mapped_column(JSON, default=list)
    person_identity: Mapped[str | None] = mapped_column(Encrypted)
    person_phone: Mapped[str | None] = mapped_column(Encrypted)
    group_rules: Mapped[str | None] = mapped_column(Text)
    place_shared: Mapped[str | None] = mapped_column(String(20))
    decided_on: Mapped[date | None]

    __mapper_args__ = {"polymorphic_identity": "filing"}  # noqa: RUF012

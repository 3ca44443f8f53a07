"""The table of changes of registration."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from core.db import JsonDict
from core.workflow.models import Case
from registry.changes.entries import Entry
from registry.organizations.models import Organization
from registry.people.models import ApplicationPerson
from registry.registrations.models import TypedFacts


class RegistrationChange(TypedFacts, Case):
    """An application to change what the register says. `title` (of the case) is the present name.

    Its facts begin as those of the register; those of the entries in `chosen` are to become the
    register's. `before` is what the register said of these, since it was handed in. A sponsor unit
    agrees here (`sponsor_agreed_on`) or in writing (`consented_on`).
    """

    __tablename__ = "registration_change"

    id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(300))
    chosen: Mapped[list[str]] = mapped_column(JSON, default=list)
    before: Mapped[JsonDict] = mapped_column(default=dict)
    resolved_on: Mapped[date | None]
    consented_on: Mapped[date | None]
    sponsor_agreed_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    people: Mapped[list[ApplicationPerson]] = relationship(order_by=ApplicationPerson.id)
    organization: Mapped[Organization] = relationship(
        primaryjoin="foreign(Case.subject_body_id) == Organization.id", viewonly=True
    )

    __mapper_args__ = {"polymorphic_identity": "registration_change"}  # noqa: RUF012

    @property
    def proposed_name(self) -> str:
        """The name it asks for; "" where the name stays."""
        return self.name or "" if Entry.NAME in self.chosen else ""

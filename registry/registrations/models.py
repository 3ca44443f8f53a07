"""The table of registrations."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import divisions
from core.db import enum_column
from core.workflow.models import Case
from registry.organizations.models import OrganizationFacts
from registry.people.models import ApplicationPerson
from registry.registrations.kinds import DirectClass


class TypedFacts(OrganizationFacts):
    """Facts that an application tells, with those that only organizations of its type have."""

    def told(self, name: str) -> Any:
        """Return an answer: a column, or something that only the type tells."""
        own = self.own
        return getattr(own if name in type(own).model_fields else self, name)

    def keep(self, name: str, value: Any) -> None:
        """Keep an answer where `told` finds it. Raises ValidationError for one of another type."""
        shape = type(self.own)
        if name in shape.model_fields:
            kept = shape.model_validate({**(self.details or {}), name: value})
            self.details = kept.model_dump(mode="json", exclude_none=True)
        else:
            setattr(self, name, value)


class Registration(TypedFacts, Case):
    """An application to be registered. `title` (of the case) is the proposed name."""

    __tablename__ = "registration"

    id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    direct_class: Mapped[DirectClass | None] = mapped_column(
        enum_column(DirectClass, "direct_class")
    )
    sponsor_agreed_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    people: Mapped[list[ApplicationPerson]] = relationship(order_by=ApplicationPerson.id)

    __mapper_args__ = {"polymorphic_identity": "registration"}  # noqa: RUF012

    @property
    def is_upgrade(self) -> bool:
        """Whether a filed organization asks to be registered, and not people who found one."""
        return self.applicant_body_id is not None

    @property
    def direct_class_label(self) -> str:
        return self.direct_class.label if self.direct_class else ""

    @property
    def division_prefix(self) -> str:
        """What the name of a body of this district begins with: 锦江区."""
        district = divisions.the_district()
        return district.name if district else ""

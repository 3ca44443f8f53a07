"""The table of registrations."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import divisions
from core.db import enum_column
from core.i18n import _l
from core.workflow.models import Case
from registry.organizations.models import OrganizationFacts
from registry.people.models import ApplicationPerson


class DirectClass(StrEnum):
    """The four classes that may register without a sponsor unit (国务院机构改革方案 2013)."""

    TRADE = "trade"
    SCIENCE = "science"
    CHARITY = "charity"
    COMMUNITY_SERVICE = "community_service"

    @property
    def label(self) -> str:
        return str(DIRECT_CLASS_LABELS[self])


DIRECT_CLASS_LABELS = {
    DirectClass.TRADE: _l("Trade associations and chambers of commerce"),
    DirectClass.SCIENCE: _l("Science and technology"),
    DirectClass.CHARITY: _l("Public charity"),
    DirectClass.COMMUNITY_SERVICE: _l("Urban and rural community services"),
}


class Registration(OrganizationFacts, Case):
    """An application to be registered. `title` (of the case) is the proposed name."""

    __tablename__ = "registration"

    id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    direct_class: Mapped[DirectClass | None] = mapped_column(
        enum_column(DirectClass, "direct_class")
    )
    party_lead_unit: Mapped[str | None] = mapped_column(String(200))
    sponsor_agreed_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    people: Mapped[list[ApplicationPerson]] = relationship(order_by=ApplicationPerson.id)

    __mapper_args__ = {"polymorphic_identity": "registration"}  # noqa: RUF012

    @property
    def direct_class_label(self) -> str:
        return self.direct_class.label if self.direct_class else ""

    @property
    def division_prefix(self) -> str:
        """What the name of a body of this district begins with: 锦江区."""
        district = divisions.the_district()
        return district.name if district else ""

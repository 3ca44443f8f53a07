"""The table of renewals."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Encrypted
from core.workflow.models import Case
from registry.filings.groups import communities_of
from registry.organizations.models import Organization


class FilingRenewal(Case):
    """An application of a filed group to renew its filing, with what the group tells of itself now.

    `title` (of the case) is its name; the columns are named as those of the register they go into.
    """

    __tablename__ = "filing_renewal"

    id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    domicile: Mapped[str | None] = mapped_column(String(300))
    scope: Mapped[str | None] = mapped_column(Text)
    individual_members: Mapped[int | None]
    person_in_charge: Mapped[str | None] = mapped_column(String(100))
    person_phone: Mapped[str | None] = mapped_column(Encrypted)
    decided_on: Mapped[date | None]
    organization: Mapped[Organization] = relationship(
        primaryjoin="foreign(Case.subject_body_id) == Organization.id", viewonly=True
    )

    @property
    def lacks_community(self) -> bool:
        """Whether nobody knows the group's community, which its receipt names."""
        _street, offered = communities_of(self.organization)
        return bool(offered) and self.division_id not in {it.id for it in offered}

    __mapper_args__ = {"polymorphic_identity": "filing_renewal"}  # noqa: RUF012


#: What a renewal brings into the register.
TOLD = ("domicile", "scope", "individual_members", "person_in_charge")

"""The stored counts of a register too large to be counted for every visitor."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Model, enum_column
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track


class RegisterTally(Model):
    """How many organizations there are of one track, type, status and street."""

    __tablename__ = "register_tally"

    id: Mapped[int] = mapped_column(primary_key=True)
    track: Mapped[Track] = mapped_column(enum_column(Track, "tally_track"))
    type: Mapped[OrganizationType | None] = mapped_column(
        enum_column(OrganizationType, "tally_type")
    )
    status: Mapped[OrganizationStatus] = mapped_column(
        enum_column(OrganizationStatus, "tally_status")
    )
    street_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"))
    hits: Mapped[int]

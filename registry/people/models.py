"""The people of an application, until the register takes them over."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Encrypted, Model, enum_column
from core.i18n import _l


class Position(StrEnum):
    """What a person is to the organization that is being founded."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    PROMOTER = "promoter"
    PERSON_IN_CHARGE = "person_in_charge"
    OFFICER = "officer"

    @property
    def label(self) -> str:
        return str(POSITION_LABELS[self])


POSITION_LABELS = {
    Position.LEGAL_REPRESENTATIVE: _l("Legal representative"),
    Position.PROMOTER: _l("Promoter"),
    Position.PERSON_IN_CHARGE: _l("Person in charge"),
    Position.OFFICER: _l("Proposed officer"),
}


class ApplicationPerson(Model):
    """A person named in an application. Identity number and phone are encrypted."""

    __tablename__ = "application_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    position: Mapped[Position] = mapped_column(enum_column(Position, "person_position"))
    name: Mapped[str] = mapped_column(String(100))
    identity_number: Mapped[str | None] = mapped_column(Encrypted, info={"index": "identity_index"})
    identity_index: Mapped[str | None] = mapped_column(String(64), index=True)
    phone: Mapped[str | None] = mapped_column(Encrypted)

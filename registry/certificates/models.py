"""The tables of certificates: applications for another one, and reminders of an end."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.db import Model, db, enum_column
from core.documents import Instrument
from core.workflow.models import Case
from registry.certificates.rules import Copies, ReplacementGround
from registry.organizations.models import Organization


class CertificateReplacement(Case):
    """An application for another certificate. `title` (of the case) is the organization's name.

    `original` and `duplicate` are the papers that it concerns, as they stood at submission; None
    where the platform issued none.
    """

    __tablename__ = "certificate_replacement"

    id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    ground: Mapped[ReplacementGround | None] = mapped_column(
        enum_column(ReplacementGround, "replacement_ground")
    )
    copies: Mapped[Copies | None] = mapped_column(enum_column(Copies, "replacement_copies"))
    circumstances: Mapped[str | None] = mapped_column(Text)
    lost_on: Mapped[date | None]
    published_in: Mapped[str | None] = mapped_column(String(200))
    published_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    original_id: Mapped[int | None] = mapped_column(ForeignKey("instrument.id"))
    duplicate_id: Mapped[int | None] = mapped_column(ForeignKey("instrument.id"))
    original: Mapped[Instrument | None] = relationship(foreign_keys=[original_id])
    duplicate: Mapped[Instrument | None] = relationship(foreign_keys=[duplicate_id])
    organization: Mapped[Organization] = relationship(
        primaryjoin="foreign(Case.subject_body_id) == Organization.id", viewonly=True
    )

    @property
    def concerned(self) -> dict[str, Instrument | None]:
        """The papers that are asked for anew, by the kind of instrument."""
        own = {"certificate_original": self.original, "certificate_duplicate": self.duplicate}
        return {kind: own[kind] for kind in self.copies.kinds} if self.copies else {}

    @property
    def concerned_ids(self) -> set[int]:
        """The papers that are asked for anew and were issued here, by id."""
        return {paper.id for paper in self.concerned.values() if paper is not None}

    @property
    def rival(self) -> "CertificateReplacement | None":
        """The earlier application, not closed yet, for a paper that this one asks for too."""
        others = db.session.scalars(
            select(CertificateReplacement)
            .where(
                CertificateReplacement.subject_body_id == self.subject_body_id,
                CertificateReplacement.number.is_not(None),
                CertificateReplacement.closed_at.is_(None),
                CertificateReplacement.id != self.id,
            )
            .order_by(CertificateReplacement.number)
        )
        for other in others:
            if self.number is not None and (other.number or "") > self.number:
                break
            if self.concerned_ids & other.concerned_ids:
                return other
        return None

    __mapper_args__ = {"polymorphic_identity": "certificate_replacement"}  # noqa: RUF012


class ExpiryReminder(Model):
    """The holder was told that a certificate ends: once for each of the office's distances."""

    __tablename__ = "expiry_reminder"

    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(String(10), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)

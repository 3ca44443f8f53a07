"""The tables of upgrades: who is being registered, how far every group is, what groups tell."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import JSON

from core import clock
from core.constraints import explain
from core.db import JsonDict, Model, enum_column
from core.i18n import _l
from core.workflow.models import Case
from registry.organizations.kinds import OrganizationType
from registry.organizations.models import Organization


class Upgrade(Model):
    """The one application by which a filed group is being, or was, registered.

    Made with the submission and gone again with a case that ends otherwise: the database refuses
    a second one. `filing_number` is the former number; code and day stand there once the
    certificate is issued, and the row then stays for good.
    """

    __tablename__ = "upgrade"

    organization_id: Mapped[int] = mapped_column(
        ForeignKey("organization.id"), primary_key=True, autoincrement=False
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), unique=True)
    filing_number: Mapped[str] = mapped_column(String(60), unique=True)
    claimed_at: Mapped[datetime] = mapped_column(default=clock.now)
    unified_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    upgraded_on: Mapped[date | None]
    case: Mapped[Case] = relationship()

    __table_args__ = (
        CheckConstraint("(upgraded_on IS NULL) = (unified_code IS NULL)", name="done_with_a_code"),
    )


UNDER_WAY = _l("Another application to register this group has been submitted already.")
for _name in ("pk_upgrade", "uq_upgrade_organization_id", "uq_upgrade_filing_number"):
    explain(_name, UNDER_WAY)


class UpgradeFacts(Model):
    """What a filed group tells of itself beyond its filing: answers by name, as plain JSON."""

    __tablename__ = "upgrade_facts"

    organization_id: Mapped[int] = mapped_column(
        ForeignKey("organization.id"), primary_key=True, autoincrement=False
    )
    facts: Mapped[JsonDict] = mapped_column(default=dict)
    told_at: Mapped[datetime] = mapped_column(default=clock.now)
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class UpgradeOutlook(Model):
    """How far a filed group is from the type of registration nearest to it, as last looked at.

    `missing` counts the conditions in `lacking`, by key. `ready_on` is the day since which none is
    missing; `told_on` the day on which group and street were told, once and never again.
    """

    __tablename__ = "upgrade_outlook"

    organization_id: Mapped[int] = mapped_column(
        ForeignKey("organization.id"), primary_key=True, autoincrement=False
    )
    type: Mapped[OrganizationType] = mapped_column(enum_column(OrganizationType, "outlook_type"))
    missing: Mapped[int]
    lacking: Mapped[list[str]] = mapped_column(JSON, default=list)
    ready_on: Mapped[date | None]
    told_on: Mapped[date | None]
    organization: Mapped[Organization] = relationship()

    __table_args__ = (
        CheckConstraint("(missing = 0) = (ready_on IS NOT NULL)", name="ready_on_a_day"),
        Index(None, "missing", "organization_id"),
    )

    @property
    def name_pinyin(self) -> str:
        """By what the list is sorted by name."""
        return self.organization.name_pinyin

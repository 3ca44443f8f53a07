"""Tables of the administrative tree: divisions, who followed whom, facts, and who decides."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Optional

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.accounts.models import Body
from core.db import Model, enum_column
from core.divisions.names import short_name
from core.i18n import _l


class Level(StrEnum):
    """The rank of a division. A tree may leave ranks out."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    COURTYARD = "courtyard"

    @property
    def label(self) -> str:
        return str(LEVEL_LABELS[self])

    @property
    def rank(self) -> int:
        """0 for the highest level."""
        return list(Level).index(self)


LEVEL_LABELS = {
    Level.CITY: _l("City"),
    Level.DISTRICT: _l("District"),
    Level.STREET: _l("Street"),
    Level.COMMUNITY: _l("Community"),
    Level.GRID: _l("Grid"),
    Level.COURTYARD: _l("Courtyard"),
}


def _while_empty(column: str) -> dict[str, Any]:
    """Return the options of an index that is unique among the rows where `column` is NULL."""
    empty = text(f"{column} IS NULL")
    return {"unique": True, "sqlite_where": empty, "postgresql_where": empty}


class Division(Model):
    """A piece of the map from a day until a day, both counted; empty ends are open.

    A division that a reform leaves alone stays one node throughout.
    """

    __tablename__ = "division"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(String(12))  # GB/T 2260, where there is one
    name: Mapped[str] = mapped_column(String(100))
    level: Mapped[Level] = mapped_column(enum_column(Level, "division_level"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)  # customary order among sisters
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    parent: Mapped[Optional["Division"]] = relationship(remote_side=[id])

    __table_args__ = (
        UniqueConstraint("parent_id", "name", "valid_from"),
        # NULLs are never equal: what has no parent or no first day needs an index of its own.
        Index(
            "uq_division_sister_since_ever",
            "parent_id",
            "name",
            **_while_empty("valid_from"),
        ),
        Index(
            "uq_division_top",
            "name",
            **_while_empty("parent_id"),
        ),
        Index(
            "uq_division_code_in_force",
            "code",
            **_while_empty("valid_to"),
        ),
        CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name="period"
        ),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
    )

    @property
    def short_name(self) -> str:
        """The name without its rank: 春熙路, 净居寺, 锦江."""
        return short_name(self.name)

    def stands_on(self, day: date) -> bool:
        """Return whether the division exists on `day`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class DivisionSuccession(Model):
    """On a day, one division took over another, or a part of it."""

    __tablename__ = "division_succession"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("division.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("division.id"), index=True)
    on: Mapped[date]

    __table_args__ = (
        UniqueConstraint("from_id", "to_id"),
        CheckConstraint("from_id <> to_id", name="two_divisions"),
    )


class DivisionFact(Model):
    """A published figure of a division, such as its population: the day it is of, who says so."""

    __tablename__ = "division_fact"

    id: Mapped[int] = mapped_column(primary_key=True)
    division_id: Mapped[int] = mapped_column(ForeignKey("division.id"))
    key: Mapped[str] = mapped_column(String(60))
    on: Mapped[date | None]  # empty for what does not change, such as the area
    value: Mapped[Decimal]  # at most two decimals
    source: Mapped[str] = mapped_column(String(200), default="", server_default="")

    __table_args__ = (
        UniqueConstraint("division_id", "key", "on"),
        Index(
            "uq_division_fact_lasting",
            "division_id",
            "key",
            **_while_empty('"on"'),
        ),
    )


class Jurisdiction(Model):
    """Which body decides one kind of case in a division and below it, from a day until a day."""

    __tablename__ = "jurisdiction"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_kind: Mapped[str] = mapped_column(String(60))
    division_id: Mapped[int] = mapped_column(ForeignKey("division.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    division: Mapped[Division] = relationship()
    body: Mapped[Body] = relationship()

    __table_args__ = (
        UniqueConstraint("case_kind", "division_id", "from_on"),
        Index(
            "uq_jurisdiction_in_force",
            "case_kind",
            "division_id",
            **_while_empty("to_on"),
        ),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="period"),
    )

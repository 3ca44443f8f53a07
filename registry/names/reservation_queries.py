"""Reads of all reservations, for the office."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from core.paging import Order, Page, page_of
from registry.names.models import NameReservation

NEWEST = Order((NameReservation.id,))


@dataclass(frozen=True)
class Narrowing:
    """What the listed reservations have in common; `show` is "", "ended" or "all"."""

    q: str = ""
    show: str = ""

    @property
    def count(self) -> int:
        return bool(self.q) + bool(self.show)

    def conditions(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.show != "all":
            held = NameReservation.ended_at.is_(None)
            found.append(~held if self.show == "ended" else held)
        if self.q:
            found.append(NameReservation.name.contains(self.q, autoescape=True))
        return found


def reservations(narrowing: Narrowing) -> Select[NameReservation]:
    """Return the query of the reservations with holder and case."""
    along = (joinedload(NameReservation.holder), joinedload(NameReservation.case))
    return select(NameReservation).where(*narrowing.conditions()).options(*along)


def list_reservations(
    narrowing: Narrowing, *, size: int, after: str | None
) -> Page[NameReservation]:
    """Return a page of the reservations, the latest first."""
    return page_of(reservations(narrowing), NEWEST, size=size, after=after)

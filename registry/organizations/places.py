"""Where an organization sits: its street and committee, and the field that asks for them."""

from datetime import date
from typing import Any

from wtforms import SelectField
from wtforms.validators import Optional

from core import divisions
from core.accounts import Body, BodyKind
from core.db import db
from core.divisions import Division, Level
from core.forms import choices
from core.i18n import _l


def street_of(division: Division) -> Division | None:
    """Return the street a division lies in, itself where it is one, or None without streets."""
    line = [division, *divisions.ancestors(division)]
    return next((place for place in line if place.level is Level.STREET), None)


def authority_in(division: Division) -> str:
    """Return under whom the name of a filed group must be alone: its street, or what that goes into
    by a reform that is decided, also one of a day to come.
    """
    street = street_of(division) or division
    return f"street:{(divisions.on_map(street, date.max) or street).id}"


def committee_of(division: Division) -> Body | None:
    """Return the residents' committee of a community, or None where the tree knows none."""
    committee: Body | None = db.session.scalar(
        db.select(Body).where(
            Body.kind == BodyKind.COMMUNITY_COMMITTEE, Body.division_id == division.id
        )
    )
    return committee


class PlaceField(SelectField):
    """One community, grouped by street; a street without communities stands for itself.

    `data` is the id of the division, or None.
    """

    def __init__(self, label: Any = None, **shape: Any) -> None:
        super().__init__(
            label or _l("Street and community"),
            [Optional()],
            coerce=lambda v: int(v) if v not in (None, "", "None") else None,
            **shape,
        )

    def prepare(self, only: Division | None = None) -> None:
        """Offer the streets and communities of today, in the order of the tree, or of one street."""
        offered = choices([("", "—")])
        for street in [only] if only else divisions.streets():
            inside = divisions.communities(street) or [street]
            offered += choices(((it.id, it.name) for it in inside), street.name)
        self.choices = offered

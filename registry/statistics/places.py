"""Streets on a map: that of the time, or today's, where successors stand for those of old."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core import clock, divisions
from core.divisions import Division, Level
from core.divisions.figures import Known
from core.divisions.queries import upper_divisions
from core.i18n import _, _l


class Map(StrEnum):
    """Which streets the figures are shown by."""

    THEN = "then"
    TODAY = "today"

    @property
    def label(self) -> str:
        return str(
            {Map.THEN: _l("Streets as they were"), Map.TODAY: _l("Streets as they are today")}[self]
        )


@dataclass(frozen=True)
class Place:
    """A street of the map and the ids of all streets that it stands for, itself included.

    One that stands for nothing on the map, because nobody recorded what it went into or it was
    divided, stands there under its own name.
    """

    name: str
    ids: frozenset[int]
    on_map: bool = True


def places(kind: Map, day: date, used: set[int]) -> list[Place]:
    """Return the streets of a map in their customary order, then those of `used` it cannot show."""
    shown = divisions.shown_on(clock.today() if kind is Map.TODAY else day)
    known = [it for it in upper_divisions() if it.level is Level.STREET]
    standing: dict[int, list[int]] = {}
    for key, place in shown.items():
        if place is not None:
            standing.setdefault(place.id, []).append(key)
    found = [Place(it.short_name, frozenset(standing[it.id])) for it in known if it.id in standing]
    lost = [it for it in known if shown[it.id] is None and it.id in used]
    return found + [Place(_name_of_lost(it), frozenset({it.id}), on_map=False) for it in lost]


def _name_of_lost(street: Division) -> str:
    if street.valid_to is None:
        return street.short_name
    return _("%(name)s (until %(year)d)", name=street.short_name, year=street.valid_to.year)


#: 全国人口普查条例, 第八条: a census every ten years, for 1 November of the years ending in 0.
CENSUS_YEARS = 10


def is_newest(on: date, day: date) -> bool:
    """Return whether a count of the day `on` is of the last census before `day`.

    Where it is not, a census lies between whose figure is not on file, and the old one is no
    longer what is known.
    """
    return day < on.replace(year=on.year + CENSUS_YEARS)


@dataclass(frozen=True)
class People:
    """The population of a place, with the day and source of the figure."""

    number: int
    on: date | None
    source: str


def people_of(place: Place, known: Mapping[int, Known]) -> People | None:
    """Return the population of a place by the latest day of which every street it then consisted
    of has a figure; None where there is no such day.
    """
    figures = {key: known[key] for key in place.ids if key in known}
    streets = [it for it in upper_divisions() if it.id in place.ids]
    for day in sorted({it.on for it in figures.values() if it.on}, reverse=True):
        parts = [figures.get(it.id) for it in streets if it.stands_on(day)]
        found = [it for it in parts if it is not None and it.on == day]
        if found and len(found) == len(parts):
            return People(int(sum(it.value for it in found)), day, found[0].source)
    return None

"""What a picture is: a finding, a drawing, and a table whose numbers lead to lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for

from core import clock, divisions, i18n
from core.divisions.figures import Known
from registry.chronicle.spans import Happening
from registry.organizations.kinds import Track
from registry.statistics.places import Map
from registry.statistics.queries import last_day

R, F = Track.REGISTERED, Track.FILED


class Counted(int):
    """A number that a list counts: `url` is the address of that list."""

    endpoint: str
    asked: dict[str, Any]

    @property
    def url(self) -> str:
        return url_for(self.endpoint, **self.asked)


def counted(number: int, endpoint: str, **asked: Any) -> Counted:
    """Return `number`, which the list at `endpoint` counts when it is asked so."""
    it = Counted(number)
    it.endpoint, it.asked = endpoint, {k: v for k, v in asked.items() if v is not None}
    return it


def standing(number: int, day: date, **asked: Any) -> Counted:
    """Return a number of organizations that lived on a day."""
    return counted(number, "portal.register", as_of=day.isoformat(), living=1, **asked)


def happened(number: int, kind: Happening, track: Track, first: date, last: date) -> Counted:
    """Return a number of happenings between two days, both counted."""
    days = {"first": first.isoformat(), "last": last.isoformat()}
    return counted(number, "portal.changes", kind=kind.value, track=track.value, **days)


@dataclass(frozen=True)
class Picture:
    """One picture. `draw` is "lines" (with `points` and series), "bars" or "stack" (with parts);
    `rows` are those of the table, their first cell the head of the row.
    """

    key: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    draw: str
    values: Sequence[Any] = ()
    points: Sequence[str] = ()
    parts: Sequence[str] = ()
    unit: str = ""
    note: str = ""
    source: str = ""
    empty: bool = False


@dataclass(frozen=True)
class Frame:
    """What the pictures show: a year, until which day of it, on which map."""

    year: int
    day: date
    map: Map = Map.THEN
    known: dict[int, Known] = field(default_factory=dict)

    @property
    def before(self) -> date:
        """The last day of the year before."""
        return date(self.year - 1, 12, 31)


def frame(year: int, kind: Map = Map.THEN, until: date | None = None) -> Frame:
    """Return the frame of a year, which ends with `until` (today unless said) where it runs on."""
    day = min(last_day(year), until or clock.today())
    return Frame(year, day, kind, divisions.known("population", day))


def tracks() -> list[str]:
    """Return the names of the two tracks."""
    return [R.label, F.label]


def short(day: date) -> str:
    """Return a month as an axis writes it."""
    return f"{day.month}月" if i18n.is_chinese() else f"{day:%b}"

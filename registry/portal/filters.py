"""What a visitor asks the register for, read from the page's address.

Unknown arguments are ignored; a bad value is told beside its filter and left out, so that the
list stays useful.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from unicodedata import normalize

from werkzeug.datastructures import MultiDict

from core import divisions
from core.divisions.queries import upper_divisions
from core.i18n import _
from registry.organizations import question
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.organizations.listing import Sort

SIZES = (20, 50, 100)
LONGEST_QUERY = 100

#: Filters that the counts beside the list offer, and what each is one of.
CHOICES: dict[str, type[StrEnum]] = {
    "track": Track,
    "type": OrganizationType,
    "status": OrganizationStatus,
}
#: Whatever narrows the list, but for the words.
FILTERS = (*CHOICES, "street", "community", "founded_from", "founded_to")


@dataclass(frozen=True)
class Filters(question.Filters):
    """What is asked for, and what could not be understood."""

    #: What stands beside a filter that could not be understood.
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def active(self) -> int:
        """How many filters are set, the words asked for not counted."""
        return sum(getattr(self, name) is not None for name in FILTERS)


def read(arguments: "MultiDict[str, str]") -> Filters:
    """Return the filters of a page's address."""
    values: dict[str, Any] = {"q": arguments.get("q", "").strip()[:LONGEST_QUERY]}
    faults: dict[str, str] = {}
    for name, kind in CHOICES.items():
        written = arguments.get(name, "")
        if written in set(kind):
            values[name] = kind(written)
        elif written:
            faults[name] = _("There is no such choice; it was left out.")
    _read_street(arguments.get("street", ""), values, faults)
    _read_community(arguments.get("community", ""), values, faults)
    _read_days(arguments, values, faults)
    sort, size = arguments.get("sort", ""), arguments.get("size", "")
    if sort in set(Sort):
        values["sort"] = Sort(sort)
    if size in {str(it) for it in SIZES}:
        values["size"] = int(size)
    return Filters(**values, faults=faults)


def _read_street(written: str, values: dict[str, Any], faults: dict[str, str]) -> None:
    if not written:
        return
    known = {str(it.id): it.id for it in upper_divisions() if it.level is divisions.Level.STREET}
    if written in known:
        values["street"] = divisions.shown_as()[known[written]]
    else:
        faults["street"] = _("There is no such street; it was left out.")


def _read_community(written: str, values: dict[str, Any], faults: dict[str, str]) -> None:
    """A community narrows its street, which need not be named; one of another street is no choice."""
    if not written:
        return
    level = divisions.Level.COMMUNITY
    known = {str(it.id): it for it in upper_divisions() if it.level is level}
    found = known.get(written)
    if found is not None:
        present = known[str(divisions.shown_as(level=level)[found.id])]
        street = divisions.shown_as().get(present.parent_id or 0)
        if values.setdefault("street", street) == street:
            values["community"] = present.id
            return
    faults["community"] = _("There is no such community in this street; it was left out.")


def _read_days(
    arguments: "MultiDict[str, str]", values: dict[str, Any], faults: dict[str, str]
) -> None:
    for name, last in (("founded_from", False), ("founded_to", True)):
        written = arguments.get(name, "").strip()
        day = day_of(written, last=last) if written else None
        if day is not None:
            values[name] = day
        elif written:
            faults[name] = _("Please write a year or a day, such as 2010 or 2010-06-30.")
    first, end = values.get("founded_from"), values.get("founded_to")
    if first and end and first > end:
        values.pop("founded_to")
        faults["founded_to"] = _("This lies before the first day; it was left out.")


def day_of(written: str, *, last: bool) -> date | None:
    """Return the day somebody wrote: a day, or a month or year, of which the first or `last`."""
    plain = normalize("NFKC", written).strip()
    match = re.fullmatch(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[年月日]?", plain)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if day is not None and month is not None:
            return date(year, month, day)
        if not last:
            return date(year, month or 1, 1)
        after = date(year + 1, 1, 1) if (month or 12) == 12 else date(year, (month or 12) + 1, 1)
        return date.fromordinal(after.toordinal() - 1)
    except (ValueError, OverflowError):
        return None

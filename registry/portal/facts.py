"""What the register shows of an organization, in which order and in which words.

Of private persons nothing: the legal representative of a registered organization stands on its
certificate and is public by law, the person in charge of a filed group is not.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from core import clock, divisions, i18n
from core.divisions import Division, Level
from core.divisions.offices import entry_for
from core.divisions.queries import upper_divisions
from core.errors import Words
from core.i18n import _, _l
from registry.organizations import details
from registry.organizations.kinds import (
    FUNDS,
    LIVING,
    FilingCategory,
    ManagementMode,
    OrganizationStatus,
    OrganizationType,
    Track,
)

#: Public facts by code name, in the order of the page.
LABELS: dict[str, Words] = {
    "name": _l("Name"),
    "track": _l("Track"),
    "status": _l("Status"),
    "unified_code": _l("Unified social credit code"),
    "filing_number": _l("Filing number"),
    "type": _l("Type"),
    "category": _l("Category"),
    "legal_representative": _l("Legal representative"),
    "division_id": _l("Street and community"),
    "domicile": _l("Domicile"),
    "founded_on": _l("Founded on"),
    "ended_on": _l("Ended on"),
    "valid_until": _l("Valid until"),
    "registered_funds": _l("Registered funds"),
    "management_mode": _l("Management"),
    "sponsor_name": _l("Sponsor unit"),
    "industry_department": _l("Department in charge of the industry"),
    "party_lead_unit": _l("Party-building lead unit"),
    "purpose": _l("Purpose"),
    "scope": _l("Scope of activities"),
    "activity_area": _l("Area of activity"),
    "individual_members": _l("Individual members"),
    "unit_members": _l("Unit members"),
    "staff_count": _l("Full-time staff"),
}

#: What a registered organization was called by before.
FORMER: dict[str, Words] = {"filing_number": _l("Former filing number")}

#: Facts that the head of the page says already, beside the number.
IN_HEAD = frozenset({"name", "track", "status"})

KINDS: dict[str, type[StrEnum]] = {
    "track": Track,
    "status": OrganizationStatus,
    "type": OrganizationType,
    "category": FilingCategory,
    "management_mode": ManagementMode,
}


def spoken(name: str, value: Any) -> str:
    """Return a fact as the page writes it; "" for none. Reads what a version keeps as well."""
    if value is None or value == "":
        return ""
    if name in KINDS:
        return _kind(KINDS[name], str(value))
    if name.endswith("_on") or name == "valid_until":
        return _day(value)
    if name == "registered_funds":
        return _sum(value)
    if name == "division_id":
        return place(value)
    return str(value)


def place(division_id: int | None) -> str:
    """Return street and community of a division: 春熙路街道 净居寺社区; "" where it is unknown."""
    line = _line(division_id)
    return " ".join(it.name for it in line)


def place_on(division_id: int | None, day: date) -> str:
    """Return street and community as the map of a day has them, and the street of before where
    it was merged into another.
    """
    written = _line(division_id)
    known = {division.id: division for division in upper_divisions()}
    shown = [known[divisions.shown_as(day, it.level).get(it.id, it.id)] for it in written]
    pairs = [pair for pair in zip(written, shown, strict=True) if pair[0].level is Level.STREET]
    words = " ".join(it.name for it in shown)
    for old, new in pairs:
        if old.id != new.id and old.valid_to is not None:
            year = old.valid_to.year
            return _(
                "%(place)s (in %(street)s until %(year)d)", place=words, street=old.name, year=year
            )
    return words


def _line(division_id: int | None) -> list[Division]:
    """Return the divisions from the street down to this one; the district alone where it is that."""
    division = next((it for it in upper_divisions() if it.id == division_id), None)
    if division is None:
        return []
    line = [division, *divisions.ancestors(division)]
    inside = [it for it in line if it.level is not Level.CITY]
    return [*reversed(inside[:-1] or inside)]


def facts_of(organization: Any, on: date | None = None) -> list[tuple[Words, str]]:
    """Return what the page lists of an organization: labels and words, without what is empty.

    Where it lies is told by the map of the day `on` (today).
    """
    day = on or clock.today()

    def told(name: str) -> str:
        value = getattr(organization, name)
        return place_on(value, day) if name == "division_id" else spoken(name, value)

    said = {*IN_HEAD, "unified_code" if organization.unified_code else "filing_number"}
    shown = ((name, told(name)) for name in LABELS)
    own = details.shown(_type_of(organization.type), organization.details)
    former = FORMER if organization.track == Track.REGISTERED else {}
    labels = {**_labels(organization.type), **former}
    return [*((labels[n], words) for n, words in shown if words and n not in said), *own]


def _labels(type: Any) -> dict[str, Words]:
    """Return the labels for an organization of a type: each calls its funds by its law's name."""
    own = _type_of(type)
    return {**LABELS, "registered_funds": FUNDS[own]} if own in FUNDS else LABELS


def _type_of(value: Any) -> OrganizationType | None:
    return OrganizationType(value) if value in set(OrganizationType) else None


def in_charge(organization: Any) -> list[tuple[Words, str]]:
    """Return who registers and who supervises a registered organization today, if it lives."""
    if organization.track is not Track.REGISTERED or organization.status not in LIVING:
        return []
    division = next((d for d in upper_divisions() if d.id == organization.division_id), None)
    if division is None:
        return []
    asked = (("registration", _l("Registration authority")), ("oversight", _l("Supervised by")))
    entries = ((label, entry_for(kind, division)) for kind, label in asked)
    return [(label, entry.body.name) for label, entry in entries if entry]


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[Words, str, str]]:
    """Return the public facts that two versions tell differently: label, before, after."""
    told = (
        (name, spoken(name, before.get(name)), spoken(name, after.get(name))) for name in LABELS
    )
    labels = _labels(after.get("type"))
    changes = [(labels[name], old, new) for name, old, new in told if old != new]
    return [*changes, *_details_between(before, after)]


def _details_between(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[Words, str, str]]:
    """Return what the two versions tell differently of the facts that only the type has."""
    type = _type_of(after.get("type"))
    old, new = (
        {str(label): words for label, words in details.shown(type, version.get("details"))}
        for version in (before, after)
    )
    labels = dict.fromkeys((*old, *new))
    return [
        (label, old.get(label, ""), new.get(label, ""))
        for label in labels
        if old.get(label) != new.get(label)
    ]


def _kind(kind: type[StrEnum], value: str) -> str:
    try:
        member: Any = kind(value)
    except ValueError:  # a kind of former times
        return value
    return str(member.label)


def _day(value: Any) -> str:
    return i18n.day(value if isinstance(value, date) else date.fromisoformat(str(value)))


def _sum(value: Any) -> str:
    try:
        return i18n.money(Decimal(str(value)))
    except InvalidOperation:
        return str(value)

"""A batch of sound rows meets the register: new, changed, unchanged, or refused after all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, func, select

from core.accounts import Body
from core.db import db
from registry.organizations.importing import writing
from registry.organizations.importing.columns import Columns, Field
from registry.organizations.importing.reasons import Reason
from registry.organizations.importing.rows import Entry, Findings, Refusal
from registry.organizations.importing.writing import Change
from registry.organizations.kinds import Track
from registry.organizations.models import Organization

Facts = dict[str, Any]
#: What the register holds, by code and by filing number.
Known = dict[str, Facts]
#: The id and the number of who holds a filing number, or a name under an authority.
Taken = dict[Any, tuple[int, str]]

_ORGANIZATION = cast(Table, Organization.__table__)
_BODY = cast(Table, Body.__table__)
#: What a row may change, by the column of the file that says it.
CHANGED_BY = {
    Field.NAME: ("name",),
    Field.NUMBER: ("filing_number",),
    Field.TYPE: ("type",),
    Field.CATEGORY: ("category",),
    Field.STATUS: ("status",),
    Field.MODE: ("management_mode",),
    Field.REPRESENTATIVE: ("legal_representative", "person_in_charge"),
    Field.IN_CHARGE: ("legal_representative", "person_in_charge"),
    Field.DOMICILE: ("domicile",),
    Field.STREET: ("street_id",),
    Field.COMMUNITY: ("division_id",),
    Field.AREA: ("activity_area",),
    Field.PURPOSE: ("purpose",),
    Field.SCOPE: ("scope", "category"),
    Field.FUNDS: ("registered_funds",),
    Field.SPONSOR: ("sponsor_name",),
    Field.INDIVIDUALS: ("individual_members",),
    Field.UNITS: ("unit_members",),
    Field.STAFF: ("staff_count",),
    Field.FOUNDED: ("founded_on",),
    Field.ENDED: ("ended_on",),
    Field.VALID: ("valid_until",),
}


@dataclass
class Landed:
    """What a batch came to, in rows."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def __add__(self, other: "Landed") -> "Landed":
        return Landed(
            self.new + other.new,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
        )


class Landing:
    """Brings the rows of one file into the register, batch by batch.

    `on` is the day from which the register says so: the first day of the versions it writes.
    """

    def __init__(self, columns: Columns, on: date) -> None:
        self.columns, self.on = columns, on
        #: Whether the register holds nothing but this file's rows, which share nothing.
        self.is_alone = _last() is None
        self._last: int | None = None
        self._compared = list(
            dict.fromkeys(name for field in columns.places for name in CHANGED_BY.get(field, ()))
        )

    def land(self, entries: Sequence[Entry], *, dry_run: bool = False) -> Landed:
        """Write a batch inside `core.db.atomic()`, or only say what would be written."""
        landed = Landed()
        self.is_alone = self.is_alone and _last() == self._last
        known = self._known(entries)
        new: list[Entry] = []
        changes: list[Change] = []
        for entry in entries:
            present = _present(entry.facts, known)
            if present is None:
                new.append(entry)
                continue
            names = self._differences(entry.facts, present)
            if names:
                changes.append(Change(present["id"], entry, names))
            else:
                landed.unchanged += 1
        taken = self._taken([*new, *(change.entry for change in changes)], known)
        new = [it for it in new if self._free(it, None, taken, landed)]
        changes = [it for it in changes if self._free(it.entry, it.id, taken, landed)]
        landed.new, landed.updated = len(new), len(changes)
        if not dry_run:
            writing.insert(new, self.on)
            writing.update(changes, self.on)
            self._last = _last()
        return landed

    def _known(self, entries: Sequence[Entry]) -> Known:
        """Return what the register holds under the codes and filing numbers of a batch."""
        known: Known = {}
        if self.is_alone:
            return known
        names = dict.fromkeys(("id", "unified_code", "filing_number", "status", *self._compared))
        query = select(
            *(
                (_BODY if name in ("name", "division_id") else _ORGANIZATION).c[name]
                for name in names
            )
        ).join_from(_ORGANIZATION, _BODY, _ORGANIZATION.c.id == _BODY.c.id)
        for column in (_ORGANIZATION.c.filing_number, _ORGANIZATION.c.unified_code):
            wanted = {entry.facts[column.name] for entry in entries} - {None}
            if wanted:
                for row in db.session.execute(query.where(column.in_(wanted))).mappings():
                    known[row[column.name]] = dict(row)
        return known

    def _differences(self, facts: Facts, present: Facts) -> list[str]:
        """Return the columns of which the row says something else than the register."""
        if Field.STATUS not in self.columns.places:
            facts["status"] = present["status"]
        names = [name for name in self._compared if present[name] != facts[name]]
        if not names:
            return names
        silent = {"legal_representative" if facts["track"] is Track.FILED else "person_in_charge"}
        if Field.CATEGORY not in self.columns.places:
            # What kind of group it is stands in the scope, or nowhere.
            silent.add("scope" if facts["category"] else "category")
        return [name for name in names if name not in silent]

    def _taken(self, entries: Sequence[Entry], known: Known) -> Taken:
        """Return who holds the filing numbers and the names that a batch wants, and as what."""
        taken: Taken = {
            key: (row["id"], row["unified_code"] or key)
            for key, row in known.items()
            if key == row["filing_number"]
        }
        c = _ORGANIZATION.c
        if self.is_alone:
            return taken
        wanted: dict[str, set[str]] = {}
        for it in entries:
            if (name := it.living_name) is not None:
                wanted.setdefault(it.authority, set()).add(name)
        query = select(c.living_name, c.id, c.unified_code, c.filing_number)
        # By authority: an index is read for a list of names, not for a list of pairs.
        for authority, names in wanted.items():
            held = query.where(c.authority == authority, c.living_name.in_(names))
            for name, key, code, number in db.session.execute(held):
                taken[authority, name] = (key, code or number)
        return taken

    def _free(self, entry: Entry, own: int | None, taken: Taken, landed: Landed) -> bool:
        """Return whether nobody else holds the name and the number; refuse the row otherwise."""
        facts, bad = entry.facts, Findings()
        for column, reason, key in (
            (Field.NAME, Reason.NAME_TAKEN, (entry.authority, entry.living_name)),
            (Field.NUMBER, Reason.NUMBER_TAKEN, facts["filing_number"]),
        ):
            holder = taken.get(key)
            if holder and holder[0] != own:
                bad.add(column, reason, holder=holder[1])
        if bad.found:
            landed.refused.append(bad.refusal(entry.row, entry.cells, self.columns))
        return not bad.found


def _last() -> int | None:
    """Return the id of the latest entry of the register."""
    last: int | None = db.session.scalar(select(func.max(_ORGANIZATION.c.id)))
    return last


def _present(facts: Facts, known: Known) -> Facts | None:
    """Return the organization a row is about: by its code, or of a filed one by its number."""
    if facts["unified_code"]:
        return known.get(facts["unified_code"])
    row = known.get(facts["filing_number"])
    return row if row and row["unified_code"] is None else None

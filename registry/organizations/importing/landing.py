"""A batch of sound rows meets the register: new, changed, unchanged, or refused after all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, func, select, tuple_
from sqlalchemy.orm import selectinload

from core import clock
from core.accounts import SYSTEM, Body, BodyKind
from core.bulk import bulk_insert, next_ids
from core.db import db
from registry.organizations import actions, naming, search
from registry.organizations.importing.columns import Columns, Field
from registry.organizations.importing.reasons import Reason
from registry.organizations.importing.rows import Entry, Findings, Refusal
from registry.organizations.kinds import LIVING, Track
from registry.organizations.models import SPOKEN_NAMES, Organization, OrganizationVersion
from registry.organizations.naming import spelled
from registry.organizations.search import INDEX

Facts = dict[str, Any]
#: What the register holds, by code and by filing number.
Known = dict[str, Facts]
#: The id and the number of who holds a filing number, or a name under an authority.
Taken = dict[Any, tuple[int, str]]

SOURCE = "import"
_ORGANIZATION = cast(Table, Organization.__table__)
_BODY, _VERSION = cast(Table, Body.__table__), cast(Table, OrganizationVersion.__table__)
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
_BODY_COLUMNS = ("id", "kind", "name", "division_id")
_WRITTEN = (
    *(name for name in SPOKEN_NAMES if name not in _BODY_COLUMNS),
    "authority",
    "living_name",
    "folded_name",
)
_INSERTED = ("id", *_WRITTEN, "name_pinyin", "name_initials", "recorded_at", "version")
_VERSION_COLUMNS = (
    "id",
    "organization_id",
    "number",
    "valid_from",
    "recorded_at",
    "source",
    "facts",
)


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


@dataclass(slots=True)
class Change:
    """A row that differs from the organization with this id, in these columns."""

    id: int
    entry: Entry
    names: list[str]


class Landing:
    """Brings the rows of one file into the register, batch by batch.

    `on` is the day from which the register says so: the first day of the versions it writes.
    """

    def __init__(self, columns: Columns, on: date) -> None:
        self.columns, self.on = columns, on
        self._compared = list(
            dict.fromkeys(name for field in columns.places for name in CHANGED_BY.get(field, ()))
        )

    def land(self, entries: Sequence[Entry], *, dry_run: bool = False) -> Landed:
        """Write a batch inside `core.db.atomic()`, or only say what would be written."""
        landed = Landed()
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
            self._insert(new)
            self._update(changes)
        return landed

    def _known(self, entries: Sequence[Entry]) -> Known:
        """Return what the register holds under the codes and filing numbers of a batch."""
        known: Known = {}
        if _is_empty():
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
            if present["status"] not in LIVING:
                facts["living_name"] = None
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
        wanted = {(it.facts["authority"], it.facts["living_name"]) for it in entries}
        wanted = {it for it in wanted if it[1] is not None}
        if wanted and not _is_empty():
            query = select(c.authority, c.living_name, c.id, c.unified_code, c.filing_number)
            query = query.where(tuple_(c.authority, c.living_name).in_(wanted))
            for authority, name, key, code, number in db.session.execute(query):
                taken[authority, name] = (key, code or number)
        return taken

    def _free(self, entry: Entry, own: int | None, taken: Taken, landed: Landed) -> bool:
        """Return whether nobody else holds the name and the number; refuse the row otherwise."""
        facts, bad = entry.facts, Findings()
        for column, reason, key in (
            (Field.NAME, Reason.NAME_TAKEN, (facts["authority"], facts["living_name"])),
            (Field.NUMBER, Reason.NUMBER_TAKEN, facts["filing_number"]),
        ):
            holder = taken.get(key)
            if holder and holder[0] != own:
                bad.add(column, reason, holder=holder[1])
        if bad.found:
            landed.refused.append(bad.refusal(entry.row, entry.cells, self.columns))
        return not bad.found

    def _insert(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        now = clock.now()
        ids = next_ids(_BODY, len(entries))
        version_ids = next_ids(_VERSION, len(entries))
        numbered = list(zip(ids, (entry.facts for entry in entries), strict=True))
        kind = BodyKind.ORGANIZATION
        bulk_insert(
            _BODY, _BODY_COLUMNS, [(i, kind, f["name"], f["division_id"]) for i, f in numbered]
        )
        bulk_insert(
            _ORGANIZATION,
            _INSERTED,
            [(i, *map(f.get, _WRITTEN), *spelled(f["name"]), now, 1) for i, f in numbered],
        )
        bulk_insert(
            _VERSION,
            _VERSION_COLUMNS,
            [
                (version, i, 1, self.on, now, SOURCE, _spoken(f))
                for version, (i, f) in zip(version_ids, numbered, strict=True)
            ],
        )
        INDEX.add([(i, f["folded_name"]) for i, f in numbered])

    def _update(self, changes: Sequence[Change]) -> None:
        if not changes:
            return
        ids = [change.id for change in changes]
        query = select(Organization).where(Organization.id.in_(ids))
        loaded = db.session.scalars(query.options(selectinload(Organization.versions)))
        organizations = {it.id: it for it in loaded}
        for change in changes:
            organization, facts = organizations[change.id], change.entry.facts
            for name in (it for group in map(_along, change.names) for it in group):
                setattr(organization, name, facts[name])
            naming.write(organization)
            search.reindex(organization)
            actions.keep_version(organization, source=SOURCE, by=SYSTEM, valid_from=self.on)


def _is_empty() -> bool:
    return db.session.scalar(select(func.max(_ORGANIZATION.c.id))) is None


def _present(facts: Facts, known: Known) -> Facts | None:
    """Return the organization a row is about: by its code, or of a filed one by its number."""
    if facts["unified_code"]:
        return known.get(facts["unified_code"])
    row = known.get(facts["filing_number"])
    return row if row and row["unified_code"] is None else None


def _along(name: str) -> tuple[str, ...]:
    """Return what changes together with a column."""
    return {
        "street_id": ("street_id", "division_id"),
        "sponsor_name": ("sponsor_name", "sponsor_unit_id"),
    }.get(name, (name,))


def _spoken(facts: Facts) -> dict[str, Any]:
    """Return what a version keeps, as `actions.spoken_facts` says it."""
    kept = {name: facts[name] for name in SPOKEN_NAMES}
    for name in ("founded_on", "ended_on", "valid_until", "registered_funds"):
        if kept[name] is not None:
            kept[name] = str(kept[name])
    return kept

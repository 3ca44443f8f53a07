"""Writing a batch: new organizations all at once, changed ones as any change is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.orm import selectinload

from core import clock
from core.accounts import SYSTEM, Body, BodyKind
from core.bulk import bulk_insert, next_ids
from core.db import db
from registry.organizations import actions, index, naming
from registry.organizations.importing.rows import Entry
from registry.organizations.models import SPOKEN_NAMES, Organization, OrganizationVersion
from registry.organizations.naming import spelled

SOURCE = "import"
_ORGANIZATION = cast(Table, Organization.__table__)
_BODY, _VERSION = cast(Table, Body.__table__), cast(Table, OrganizationVersion.__table__)
_BODY_COLUMNS = ("id", "kind", "name", "division_id")
_WRITTEN = tuple(name for name in SPOKEN_NAMES if name not in _BODY_COLUMNS)
_INSERTED = (
    "id",
    "authority",
    "living_name",
    "folded_name",
    "name_pinyin",
    "name_initials",
    "name_syllables",
    "recorded_at",
    "version",
    *_WRITTEN,
)
_VERSION_COLUMNS = (
    "id",
    "organization_id",
    "number",
    "valid_from",
    "recorded_at",
    "source",
    "facts",
)


@dataclass(slots=True)
class Change:
    """A row that differs from the organization with this id, in these columns."""

    id: int
    entry: Entry
    names: list[str]


def insert(entries: Sequence[Entry], on: date) -> None:
    """Enter new organizations, each with its first version, and index their names."""
    if not entries:
        return
    now = clock.now()
    ids = next_ids(_BODY, len(entries))
    version_ids = next_ids(_VERSION, len(entries))
    numbered = list(zip(ids, entries, strict=True))
    spellings = [spelled(it.facts["name"]) for it in entries]
    kind = BodyKind.ORGANIZATION
    bulk_insert(
        _BODY,
        _BODY_COLUMNS,
        [(i, kind, it.facts["name"], it.facts["division_id"]) for i, it in numbered],
    )
    bulk_insert(
        _ORGANIZATION,
        _INSERTED,
        [
            (i, it.authority, it.living_name, it.folded_name, *spelling,
             now, 1, *map(it.facts.__getitem__, _WRITTEN))
            for (i, it), spelling in zip(numbered, spellings, strict=True)
        ],
    )  # fmt: skip
    bulk_insert(
        _VERSION,
        _VERSION_COLUMNS,
        [
            (version, i, 1, on, now, SOURCE, it.facts)
            for version, (i, it) in zip(version_ids, numbered, strict=True)
        ],
    )
    index.add(
        (i, it.folded_name, spelling) for (i, it), spelling in zip(numbered, spellings, strict=True)
    )


def update(changes: Sequence[Change], on: date) -> None:
    """Change what the rows say otherwise, and keep each organization's next version."""
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
        index.reindex(organization)
        actions.keep_version(organization, source=SOURCE, by=SYSTEM, valid_from=on)


def _along(name: str) -> tuple[str, ...]:
    """Return what changes together with a column."""
    return {
        "street_id": ("street_id", "division_id"),
        "sponsor_name": ("sponsor_name", "sponsor_unit_id"),
    }.get(name, (name,))

"""Reads: the register as it stood on a day, what happened in a time, how many there were."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from unicodedata import normalize

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true

from core import clock
from core.db import db
from core.search import fold
from registry.chronicle import spans
from registry.chronicle.spans import Happening, fact, organization, version
from registry.organizations import codes
from registry.organizations.kinds import (
    FilingCategory,
    OrganizationStatus,
    OrganizationType,
    Track,
)
from registry.organizations.models import OrganizationVersion


@dataclass(frozen=True)
class Asked:
    """What of the register is asked for; empty is everything. `streets` are ids; days are both
    counted; `living` leaves out what has ended.
    """

    words: str = ""
    track: Track | None = None
    type: OrganizationType | None = None
    category: FilingCategory | None = None
    status: OrganizationStatus | None = None
    streets: Collection[int] | None = None
    founded_from: date | None = None
    founded_to: date | None = None
    living: bool = False
    among: Collection[int] | None = None


@dataclass(frozen=True)
class Standing:
    """What the register said of one organization on a day."""

    id: int
    version_id: int
    facts: dict[str, Any]
    status: OrganizationStatus

    @property
    def number(self) -> str:
        return str(self.facts.get("unified_code") or self.facts.get("filing_number") or "")


@dataclass(frozen=True)
class OnDay:
    """A page of the register of a day: rows, the id behind which the next begins, and counts."""

    rows: Sequence[Standing]
    next: int | None
    total: int
    facets: dict[str, dict[Any, int]] = field(default_factory=dict)


# --- the register of a day


def register_on(day: date, asked: Asked, *, size: int = 20, after: int | None = None) -> OnDay:
    """Return what stood on the register on `day`, the latest entries first, behind an id.

    `facets` count by track, type, status and street as if nothing were chosen in that one.
    """
    query = _of_day(day, asked).order_by(version.c.organization_id.desc())
    if after is not None:
        query = query.where(version.c.organization_id < after)
    rows = [_standing(row) for row in db.session.execute(query.limit(size + 1))]
    total, facets = _counts(day, asked)
    more = len(rows) > size
    return OnDay(rows[:size], rows[size - 1].id if more else None, total, facets)


def everything_on(day: date, asked: Asked) -> Select[Any]:
    """Return the query of all that stood on `day`: id, version_id, facts and status."""
    return _of_day(day, asked).order_by(version.c.organization_id.desc())


def count_on(day: date, asked: Asked) -> int:
    """Return how many that were asked for stood on the register on `day`."""
    query = spans.told_on(day).where(*_conditions(day, asked))
    return db.session.scalar(query.add_columns(func.count())) or 0


def standing_on(organization_id: int, day: date) -> OrganizationVersion | None:
    """Return the version that held on `day`, or None where there was none yet."""
    found: OrganizationVersion | None = db.session.scalar(
        db.select(OrganizationVersion)
        .join(OrganizationVersion.organization)
        .where(OrganizationVersion.organization_id == organization_id, spans.holds_on(day))
        .limit(1)
    )
    return found


def first_day() -> date | None:
    """Return the first day on which anything stood on the register."""
    founded, told = db.session.execute(
        select(
            select(func.min(organization.c.founded_on)).scalar_subquery(),
            select(func.min(version.c.valid_from)).scalar_subquery(),
        )
    ).one()
    return min((it for it in (founded, told) if it is not None), default=None)


def _of_day(day: date, asked: Asked) -> Select[Any]:
    columns = (
        version.c.organization_id.label("id"),
        version.c.id.label("version_id"),
        version.c.facts,
        spans.status_on(day).label("status"),
    )
    return spans.told_on(day).add_columns(*columns).where(*_conditions(day, asked))


def _standing(row: Any) -> Standing:
    return Standing(row.id, row.version_id, row.facts, OrganizationStatus(row.status))


def _conditions(day: date, asked: Asked) -> list[ColumnElement[bool]]:
    found = _own_conditions(asked, version)
    if asked.track is not None:
        found.append(fact("track") == asked.track.value)
    if asked.type is not None:
        found.append(fact("type") == asked.type.value)
    if asked.status is not None:
        found.append(spans.status_on(day) == asked.status.value)
    if asked.streets is not None:
        found.append(spans.street().in_(asked.streets))
    if asked.living:
        found.append(spans.lives_on(day))
    return found


def _own_conditions(asked: Asked, row: Any) -> list[ColumnElement[bool]]:
    """Return what no facet chooses: words, category, days of founding, the organizations."""
    found: list[ColumnElement[bool]] = []
    if asked.words:
        found.append(_worded(asked.words, row))
    if asked.category is not None:
        found.append(fact("category", row) == asked.category.value)
    if asked.founded_from is not None:
        found.append(organization.c.founded_on >= asked.founded_from)
    if asked.founded_to is not None:
        found.append(organization.c.founded_on <= asked.founded_to)
    if asked.among is not None:
        found.append(organization.c.id.in_(asked.among))
    return found


def _worded(words: str, row: Any) -> ColumnElement[bool]:
    """Return the condition of having borne these words in the name then, or the number; letters
    may be the initials of the name today.
    """
    spellings = sorted({words, normalize("NFKC", words)})
    letters = fold(words).upper()
    ways = [fact("name", row).contains(it, autoescape=True) for it in spellings]
    if len(letters) > 1 and letters.isascii() and letters.isalnum():
        ways.append(organization.c.name_initials.contains(letters, autoescape=True))
    return or_(
        *ways,
        fact("unified_code", row) == codes.clean(words),
        fact("filing_number", row).in_(spellings),
    )


def _counts(day: date, asked: Asked) -> tuple[int, dict[str, dict[Any, int]]]:
    keys: dict[str, ColumnElement[Any]] = {
        "track": fact("track"),
        "type": fact("type"),
        "status": spans.status_on(day),
        "street": spans.street(),
    }
    kinds = spans.told_on(day).where(*_own_conditions(asked, version))
    if asked.living:
        kinds = kinds.where(spans.lives_on(day))
    labelled = [key.label(name) for name, key in keys.items()]
    each = kinds.add_columns(*labelled).subquery()
    query = select(*each.c, func.count().label("hits")).group_by(*each.c)
    wanted = {
        "track": asked.track and {asked.track.value},
        "type": asked.type and {asked.type.value},
        "status": asked.status and {asked.status.value},
        "street": None if asked.streets is None else set(asked.streets),
    }
    total, facets = 0, {name: dict[Any, int]() for name in keys}
    for row in db.session.execute(query):
        misses = [
            n
            for n, chosen in wanted.items()
            if chosen is not None and getattr(row, n) not in chosen
        ]
        if not misses:
            total += row.hits
        for name, counted in facets.items():
            value = getattr(row, name)
            if value is not None and not set(misses) - {name}:
                counted[value] = counted.get(value, 0) + row.hits
    return total, facets


# --- what happened


@dataclass(frozen=True)
class Event:
    """One happening: what, on which day, to whom, and the facts from then on."""

    kind: Happening
    on: date
    version_id: int
    organization_id: int
    facts: dict[str, Any]

    @property
    def number(self) -> str:
        return str(self.facts.get("unified_code") or self.facts.get("filing_number") or "")


@dataclass(frozen=True)
class Wanted:
    """Which happenings are asked for; both days are counted."""

    kind: Happening | None = None
    track: Track | None = None
    first: date | None = None
    last: date | None = None


def list_events(
    wanted: Wanted, *, size: int = 20, after: tuple[str, int] | None = None
) -> tuple[list[Event], tuple[str, int] | None]:
    """Return a page of what happened, the latest first, and the key behind which the next begins.

    A key is the day as text and the version's id.
    """
    told = spans.happenings()
    query = select(told.c.kind, told.c.on, told.c.version_id).where(*_wanted(told, wanted))
    if after is not None:
        day, key = after
        earlier = or_(told.c.on < day, (told.c.on == day) & (told.c.version_id < key))
        query = query.where(earlier)
    chosen = query.order_by(told.c.on.desc(), told.c.version_id.desc()).limit(size + 1)
    rows = db.session.execute(chosen).all()
    more, rows = len(rows) > size, rows[:size]
    facts = {
        row.id: row
        for row in db.session.execute(
            select(version.c.id, version.c.organization_id, version.c.facts).where(
                version.c.id.in_([row.version_id for row in rows])
            )
        )
    }
    found = [
        Event(
            Happening(row.kind),
            date.fromisoformat(row.on),
            row.version_id,
            facts[row.version_id].organization_id,
            facts[row.version_id].facts,
        )
        for row in rows
    ]
    return found, (rows[-1].on, rows[-1].version_id) if more else None


def count_events(wanted: Wanted) -> int:
    """Return how many happenings were asked for."""
    told = spans.happenings()
    query = select(func.count()).select_from(told).where(*_wanted(told, wanted))
    return db.session.scalar(query) or 0


def _wanted(told: Any, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kind is not None:
        found.append(told.c.kind == wanted.kind.value)
    if wanted.track is not None:
        found.append(told.c.track == wanted.track.value)
    if wanted.first is not None:
        found.append(told.c.on >= wanted.first.isoformat())
    found.append(told.c.on <= (wanted.last or clock.today()).isoformat())
    return found


# --- what was written into the register, for feeds and followers


@dataclass(frozen=True)
class Written:
    """A version as it was written: what it says, and what the one before it said."""

    version_id: int
    organization_id: int
    on: date
    recorded_at: datetime
    source: str
    case_id: int | None
    facts: dict[str, Any]
    before: dict[str, Any] | None

    @property
    def number(self) -> str:
        return str(self.facts.get("unified_code") or self.facts.get("filing_number") or "")


def list_written(
    asked: Asked = Asked(),
    *,
    versions: Collection[int] | None = None,
    before: int | None = None,
    size: int = 50,
) -> list[Written]:
    """Return versions in the order of writing, the latest first: those that fit `asked`, or
    `versions` by id; behind an id where one is given.
    """
    earlier = version.alias("earlier")
    query = (
        select(
            version.c.id,
            version.c.organization_id,
            version.c.valid_from,
            version.c.recorded_at,
            version.c.source,
            version.c.case_id,
            version.c.facts,
            earlier.c.facts.label("before"),
        )
        .join_from(version, organization, organization.c.id == version.c.organization_id)
        .outerjoin(earlier, _is_before(earlier))
        .order_by(version.c.id.desc())
        .limit(size)
    )
    if before is not None:
        query = query.where(version.c.id < before)
    if versions is not None:
        query = query.where(version.c.id.in_(versions))
    else:
        query = query.where(*_written_conditions(asked, version))
    return [
        Written(
            row.id,
            row.organization_id,
            row.valid_from,
            row.recorded_at,
            row.source,
            row.case_id,
            row.facts,
            row.before,
        )
        for row in db.session.execute(query)
    ]


def written_since(asked: Asked, least: int) -> Select[Any]:
    """Return the query of the versions from id `least` on that fit `asked`, or whose predecessor
    did: who follows a search is told of what leaves it as well. Columns: id, recorded_at.
    """
    earlier = version.alias("earlier")
    left = exists(
        select(earlier.c.id).where(_is_before(earlier), *_written_conditions(asked, earlier))
    )
    fits = and_(true(), *_written_conditions(asked, version))
    return (
        select(version.c.id, version.c.recorded_at)
        .join_from(version, organization, organization.c.id == version.c.organization_id)
        .where(version.c.id >= least, or_(fits, left))
    )


def first_written_after(moment: datetime) -> int | None:
    """Return the lowest id of the versions written since a moment, or None of none.

    Read from the newest back, so that it costs what was written since.
    """
    least: int | None = None
    while True:
        query = select(version.c.id, version.c.recorded_at).order_by(version.c.id.desc())
        if least is not None:
            query = query.where(version.c.id < least)
        rows = db.session.execute(query.limit(500)).all()
        fresh = [row.id for row in rows if row.recorded_at >= moment]
        if not fresh:
            return least
        least = min(fresh)
        if len(fresh) < len(rows):
            return least


def _is_before(earlier: Any) -> ColumnElement[bool]:
    return and_(
        earlier.c.organization_id == version.c.organization_id,
        earlier.c.number == version.c.number - 1,
    )


def _written_conditions(asked: Asked, row: Any) -> list[ColumnElement[bool]]:
    """Return what facts of a version as it was written fit `asked`."""
    found = _own_conditions(asked, row)
    for name in ("track", "type", "status"):
        value = getattr(asked, name)
        if value is not None:
            found.append(fact(name, row) == value.value)
    if asked.streets is not None:
        found.append(spans.street(row).in_(asked.streets))
    return found

"""The versions of the register as stretches of time and as happenings, written as SQL.

A version holds from its `valid_from`, the first one from the founding, until the first day of any
later one. Days are texts throughout (2026-03-01), so that both engines cut and compare them alike.
"""

from datetime import date
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    Subquery,
    Table,
    and_,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy import cast as sql_cast

from core.db import written_day
from core.i18n import _l
from registry.organizations.kinds import LIVING, OrganizationStatus
from registry.organizations.models import Organization, OrganizationVersion

version = cast(Table, OrganizationVersion.__table__)
organization = cast(Table, Organization.__table__)

#: Later than every day of the register.
NEVER = "9999-12-31"

ENDED = tuple(sorted(it.value for it in set(OrganizationStatus) - LIVING))


class Happening(StrEnum):
    """What a version tells: an organization came, rose, changed, ended or came back."""

    FOUNDED = "founded"
    ENTERED = "entered"
    UPGRADED = "upgraded"
    CHANGED = "changed"
    ENDED = "ended"
    RESTORED = "restored"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    Happening.FOUNDED: _l("Founded"),
    Happening.ENTERED: _l("Taken over, founding day unknown"),
    Happening.UPGRADED: _l("Upgraded from filed to registered"),
    Happening.CHANGED: _l("Facts changed"),
    Happening.ENDED: _l("Ended"),
    Happening.RESTORED: _l("Restored"),
}


def fact(name: str, row: Any = version) -> ColumnElement[str]:
    """Return the SQL for one fact that a version keeps, as text."""
    value: ColumnElement[str] = row.c.facts[name].as_string()
    return value


def street(row: Any = version) -> ColumnElement[int]:
    """Return the SQL for the street a version keeps."""
    return sql_cast(fact("street_id", row), Integer)


def ended_later(day: date) -> ColumnElement[bool]:
    """Return whether a version tells of an end that lies behind `day`: on it, it still lived."""
    return and_(fact("status").in_(ENDED), fact("ended_on") > day.isoformat())


def status_on(day: date) -> ColumnElement[str]:
    """Return the SQL for the status that a version means on `day`."""
    return case((ended_later(day), literal(OrganizationStatus.ACTIVE.value)), else_=fact("status"))


def lives_on(day: date) -> ColumnElement[bool]:
    """Return whether a version means, on `day`, an organization that lives."""
    return or_(fact("status").not_in(ENDED), ended_later(day))


def holds_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a version, joined to its organization, is the one of `day`."""
    later = version.alias("later")
    begun = or_(
        version.c.valid_from <= day,
        and_(version.c.number == 1, organization.c.founded_on <= day),
    )
    follower = exists(
        select(later.c.id).where(
            later.c.organization_id == version.c.organization_id,
            later.c.number > version.c.number,
            later.c.valid_from <= day,
        )
    )
    return and_(begun, ~follower)


def spans() -> CTE:
    """Return every version as a stretch: from `start` until before `until`, in which the
    organization lived until before `dead_from`. What stood before it is in `earlier_*`.
    """
    in_order: dict[str, Any] = {
        "partition_by": version.c.organization_id,
        "order_by": version.c.number,
    }
    founded_first = and_(version.c.number == 1, organization.c.founded_on < version.c.valid_from)
    start = written_day(
        case((founded_first, organization.c.founded_on), else_=version.c.valid_from)
    )
    followed = func.min(written_day(version.c.valid_from)).over(**in_order, rows=(1, None))
    told = (
        select(
            version.c.id.label("version_id"),
            version.c.organization_id,
            version.c.number,
            start.label("start"),
            func.coalesce(followed, NEVER).label("until"),
            written_day(organization.c.founded_on).label("founded"),
            fact("ended_on").label("ended"),
            fact("track").label("track"),
            fact("type").label("type"),
            fact("category").label("category"),
            fact("status").label("status"),
            street().label("street_id"),
            func.lag(fact("track")).over(**in_order).label("earlier_track"),
            func.lag(fact("status")).over(**in_order).label("earlier_status"),
        )
        .join_from(version, organization, organization.c.id == version.c.organization_id)
        .subquery("told")
    )
    end = func.coalesce(told.c.ended, told.c.start)
    dead_from = case((told.c.status.in_(ENDED), end), else_=literal(NEVER))
    return select(told, dead_from.label("dead_from")).cte("spans")


def moves(until: date) -> Subquery:
    """Return +1 for every coming into and -1 for every going out of a state of the register up
    to and including `until`: `on`, `move`, and what `spans` says of the organization.
    """
    span = spans()
    out = case((span.c.dead_from < span.c.until, span.c.dead_from), else_=span.c.until)
    lived = out > span.c.start
    kept = (span.c.track, span.c.type, span.c.category, span.c.street_id)
    last = until.isoformat()
    came = select(span.c.start.label("on"), literal(1).label("move"), *kept)
    left = select(out.label("on"), literal(-1).label("move"), *kept)
    return union_all(
        came.where(lived, span.c.start <= last), left.where(lived, out <= last)
    ).subquery("moves")


def happenings() -> Subquery:
    """Return what happened: `kind`, `on`, the version, and what it says of the organization."""
    span = spans()
    names = ("version_id", "organization_id", "track", "type", "category", "street_id")
    kept = [span.c[name] for name in names]
    was_dead = func.coalesce(span.c.earlier_status.in_(ENDED), False)
    is_dead = span.c.status.in_(ENDED)
    first = span.c.number == 1
    came = case(
        (and_(first, span.c.founded.is_not(None)), literal(Happening.FOUNDED.value)),
        (first, literal(Happening.ENTERED.value)),
        (and_(is_dead, ~was_dead), null()),
        (and_(~is_dead, was_dead), literal(Happening.RESTORED.value)),
        (span.c.earlier_track != span.c.track, literal(Happening.UPGRADED.value)),
        else_=literal(Happening.CHANGED.value),
    )
    day = case((and_(first, span.c.founded.is_not(None)), span.c.founded), else_=span.c.start)
    coming = select(came.label("kind"), day.label("on"), *kept).subquery("coming")
    # An organization that was entered as ended long ago came and went; both are told.
    going = select(
        literal(Happening.ENDED.value).label("kind"), span.c.dead_from.label("on"), *kept
    ).where(is_dead, ~was_dead, or_(~first, span.c.ended.is_not(None)))
    return union_all(select(coming).where(coming.c.kind.is_not(None)), going).subquery("happenings")


def told_on(day: date) -> Select[Any]:
    """Return the versions of a day, joined to their organizations, without columns."""
    return (
        select()
        .select_from(version)
        .join(organization, organization.c.id == version.c.organization_id)
        .where(holds_on(day))
    )

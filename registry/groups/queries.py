"""Reads of filed groups as their street looks after them: who has what to do, and by when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Label, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import undefer, with_expression

from core import clock, policy
from core.accounts import Actor, Role
from core.accounts.actor import acting_for
from core.db import db
from core.errors import NotFound
from core.i18n import _, _l
from core.paging import Order
from registry.activity_reports import queries as reports
from registry.activity_reports import rules as yearly
from registry.activity_reports.models import ActivityReport
from registry.filings.keepers import lies_in, places_for
from registry.organizations.kinds import LIVING, OrganizationStatus, Track
from registry.organizations.models import Organization
from registry.renewals.policy import OPENS_DAYS

#: Who looks after groups: the street after its own, the others after all.
READERS = (Role.STREET_OFFICER, Role.SUPERVISOR, Role.BUREAU_HEAD, Role.AUDITOR)


#: Of how many groups a person reads what is to do beside their cases: each is some questions.
OWN = 10


class Need(StrEnum):
    """What a group has to do, or has left undone."""

    RENEWAL_DUE = "renewal_due"
    RENEWAL_OVERDUE = "renewal_overdue"
    REPORT_DUE = "report_due"
    SILENT = "silent"
    DORMANT = "dormant"
    TERM_UNKNOWN = "term_unknown"

    @property
    def label(self) -> str:
        return str(NEEDS[self][0])

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        return NEEDS[self][1]


NEEDS = {
    Need.RENEWAL_DUE: (_l("Renewal due"), "amber"),
    Need.RENEWAL_OVERDUE: (_l("Renewal overdue"), "red"),
    Need.REPORT_DUE: (_l("Report due"), "amber"),
    Need.SILENT: (_l("Silent"), "red"),
    Need.DORMANT: (_l("Dormant"), "grey"),
    Need.TERM_UNKNOWN: (_l("Term not on record"), "grey"),
}
#: What presses most stands first.
PRESSING = (
    (Need.RENEWAL_OVERDUE, Need.SILENT),
    (Need.RENEWAL_DUE, Need.REPORT_DUE),
    (Need.DORMANT,),
    (Need.TERM_UNKNOWN,),
)


class Sort(StrEnum):
    """What the list is sorted by."""

    PRESSING = "pressing"
    ENDING = "ending"
    NAME = "name"
    NEWEST = "newest"

    @property
    def label(self) -> str:
        return str(SORTS[self])


SORTS = {
    Sort.PRESSING: _l("Overdue and silent first"),
    Sort.ENDING: _l("Soonest to end"),
    Sort.NAME: _l("Name"),
    Sort.NEWEST: _l("Latest filed first"),
}
ORDERS = {
    Sort.ENDING: Order((Organization.ends_key, Organization.id), newest_first=False),
    Sort.NAME: Order((Organization.name_pinyin, Organization.id), newest_first=False),
    Sort.NEWEST: Order((Organization.id,)),
}


@dataclass(frozen=True)
class Narrowing:
    """What an officer looks for; empty fields narrow nothing."""

    text: str = ""
    need: Need | None = None
    place: int | None = None
    sort: Sort = Sort.PRESSING

    @property
    def count(self) -> int:
        """How many of the fields narrow the list."""
        return sum(map(bool, (self.text, self.need, self.place)))


def silent_year(today: date) -> int:
    """Return the last year whose report is overdue."""
    year = yearly.reported_year(today)
    return year if today > reports.due_on(year) else year - 1


def has(need: Need) -> ColumnElement[bool]:
    """Return the condition of a group with a need today."""
    today = clock.today()
    active = Organization.status == OrganizationStatus.ACTIVE
    year, silent = yearly.reported_year(today), silent_year(today)
    match need:
        case Need.RENEWAL_DUE:
            opens = today + timedelta(days=int(policy.value(OPENS_DAYS)))
            return and_(active, Organization.valid_until.between(today, opens))
        case Need.RENEWAL_OVERDUE:
            ended = func.coalesce(Organization.valid_until < today, false())
            return and_(active, ended)
        case Need.REPORT_DUE:
            return and_(reports.owed(year), ~reports.handed_in(year)) if year > silent else false()
        case Need.SILENT:
            return and_(reports.owed(silent), ~reports.handed_in(silent))
        case Need.DORMANT:
            return Organization.status == OrganizationStatus.DORMANT
        case Need.TERM_UNKNOWN:
            return and_(active, Organization.valid_until.is_(None))


def how_pressing() -> Label[int]:
    """Return how pressing what a group needs is: its place in `PRESSING`, behind all for nothing."""
    places = [(or_(*map(has, needs)), place) for place, needs in enumerate(PRESSING)]
    return case(*places, else_=len(PRESSING)).label("pressing")


def order_of(wanted: Narrowing, actor: Actor) -> Order:
    """Return the order of the list. What presses is worked out for the groups of some streets alone:
    a whole city is sorted by the end of its filings.
    """
    if wanted.sort is not Sort.PRESSING:
        return ORDERS[wanted.sort]
    if not _of_some_streets(wanted, actor):
        return ORDERS[Sort.ENDING]
    columns: Any = (how_pressing(), *ORDERS[Sort.ENDING].columns)
    return Order(columns, newest_first=False)


def _of_some_streets(wanted: Narrowing, actor: Actor) -> bool:
    return wanted.place is not None or actor.holds(Role.STREET_OFFICER)


def list_groups(wanted: Narrowing, actor: Actor) -> Select[Organization]:
    """Return the query of the groups that `actor` looks after, ready to be paged by `order_of`."""
    query = (
        select(Organization)
        .where(Organization.track == Track.FILED, Organization.status.in_(LIVING))
        .options(undefer(Organization.ends_key))
    )
    places = places_for(actor)
    if wanted.place is not None:
        places = [it for it in places if it.id == wanted.place]
    if _of_some_streets(wanted, actor):
        query = query.where(lies_in(places))
        query = query.options(with_expression(Organization.pressing, how_pressing()))
    if wanted.text:
        query = query.where(
            or_(
                Organization.name.contains(wanted.text, autoescape=True),
                Organization.filing_number.contains(wanted.text, autoescape=True),
            )
        )
    return query.where(has(wanted.need)) if wanted.need else query


def exported(wanted: Narrowing, actor: Actor) -> Select[Any]:
    """Return the list with the last year reported on and what each group needs, as columns."""
    last = (
        select(func.max(ActivityReport.year))
        .where(
            ActivityReport.organization_id == Organization.id,
            ActivityReport.submitted_at.is_not(None),
        )
        .scalar_subquery()
    )
    query = list_groups(wanted, actor).add_columns(last, *(has(need) for need in Need))
    return order_of(wanted, actor).sorted(query)


def needs_of(ids: Collection[int]) -> dict[int, list[Need]]:
    """Return what each of these groups needs today, by id: one question for all."""
    rows = db.session.execute(
        select(Organization.id, *(has(need) for need in Need)).where(Organization.id.in_(ids))
    )
    return {key: [n for n, yes in zip(Need, found, strict=True) if yes] for key, *found in rows}


def count_needs(place: int | None, actor: Actor) -> dict[Need, int]:
    """Return how many groups of an officer's street, or of a chosen one, have each need: one
    question for all. Nothing where the list is not of some streets: a whole city is not counted.
    """
    if place is None and not actor.holds(Role.STREET_OFFICER):
        return {}
    everything = list_groups(Narrowing(place=place), actor).with_only_columns(
        *(func.count().filter(has(need)) for need in Need)
    )
    return dict(zip(Need, db.session.execute(everything).one(), strict=True))


def list_own(actor: Actor) -> Sequence[Organization]:
    """Return the living filed groups that the person belongs to, the first `OWN` by name."""
    return db.session.scalars(
        select(Organization)
        .where(
            Organization.id.in_(actor.member_of),
            Organization.track == Track.FILED,
            Organization.status.in_(LIVING),
        )
        .order_by(*ORDERS[Sort.NAME].columns)
        .limit(OWN)
    ).all()


def access_own(organization_id: int, actor: Actor) -> tuple[Organization, Actor]:
    """Return a filed group that the person belongs to, and the person acting for it.

    Raises NotFound for anybody else's, and for one that is not filed.
    """
    found = db.session.get(Organization, organization_id)
    if (
        found is None
        or actor.user is None
        or found.track is not Track.FILED
        or found.id not in actor.member_of
    ):
        raise NotFound(_("There is no such group, or you do not act for it."))
    return found, acting_for(actor.user, found.id)


def access_group(organization_id: int, actor: Actor) -> Organization:
    """Return a group that `actor` looks after. Raises NotFound for any other."""
    found: Organization | None = db.session.scalar(
        list_groups(Narrowing(), actor).where(Organization.id == organization_id)
    )
    if found is None or found.id in actor.member_of:
        raise NotFound(_("There is no such group, or it is not open to you."))
    return found

"""Reads of upgrades: what is recorded, how far a group is, the list of a street."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, select, true
from sqlalchemy.orm import contains_eager

from core import clock
from core.accounts import Actor, Body, Membership, Role, User
from core.accounts.roles import APPLICANT_ROLES
from core.db import db
from core.divisions import Division
from core.errors import NotFound, RuleBroken
from core.i18n import _, _l
from core.paging import Order
from core.workflow.models import Case
from registry.filings.groups import office_of, place_of
from registry.filings.keepers import lies_in, places_for
from registry.filings.models import Filing
from registry.organizations.kinds import LIVING, OrganizationType, Track
from registry.organizations.models import Organization
from registry.registrations.models import Registration
from registry.registrations.types import TYPES
from registry.upgrades.models import Upgrade, UpgradeFacts, UpgradeOutlook
from registry.upgrades.rules import Recorded

#: Who sees how far groups are: street officers theirs, these every one.
OVERSEERS = (Role.SUPERVISOR, Role.BUREAU_HEAD, Role.AUDITOR)
READERS = (Role.STREET_OFFICER, *OVERSEERS)

#: What the groups are that may rise.
FILED = and_(Organization.track == Track.FILED, Organization.status.in_(LIVING))

#: Facts of the register that answer a question of a type's own section.
COLUMNS = sorted(
    {ask.name for it in TYPES for ask in it.section.asks}
    & set(Organization.__mapper__.columns.keys())
)


def recorded_of(organizations: Sequence[Organization]) -> dict[int, Recorded]:
    """Return what is recorded of these groups, by id, in two queries however many there are.

    The founders of a filing count as members until the group tells how many there are.
    """
    ids = [it.id for it in organizations]
    filings = db.session.execute(
        select(Filing.subject_body_id, Filing.founders)
        .where(Filing.subject_body_id.in_(ids), Filing.decided_on.is_not(None))
        .order_by(Filing.id)
    )
    founders: dict[int | None, list[str]] = dict(filings.all())
    own = select(UpgradeFacts.organization_id, UpgradeFacts.facts).where(
        UpgradeFacts.organization_id.in_(ids)
    )
    told: dict[int, dict[str, Any]] = dict(db.session.execute(own).all())
    found = {}
    for it in organizations:
        known = {name: getattr(it, name) for name in COLUMNS}
        first = founders.get(it.id, [])
        facts = {"individual_members": len(first) or None, **_given(known), **told.get(it.id, {})}
        found[it.id] = Recorded(
            name=it.name,
            division_id=it.division_id,
            domicile=it.domicile,
            purpose=it.purpose,
            scope=it.scope,
            person_in_charge=it.person_in_charge,
            founders=tuple(first),
            facts=_given({**(it.details or {}), **facts}),
        )
    return found


def _given(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: it for name, it in facts.items() if it is not None}


def access_group(number: str, actor: Actor) -> Organization:
    """Return the filed or formerly filed group of this number, for its people and its offices.

    A hidden and an absent one are NotFound alike.
    """
    found: Organization | None = db.session.scalar(
        select(Organization).where(Organization.filing_number == number.strip())
    )
    if found is None or not may_see(found, actor):
        raise NotFound(_("There is no filed group with this number, or it is not open to you."))
    return found


def may_see(organization: Organization, actor: Actor) -> bool:
    """Return whether `actor` may see how far a group is: its people, its street, the bureau."""
    if organization.id in actor.member_of or actor.holds(*OVERSEERS):
        return True
    own = select(Organization.id).where(Organization.id == organization.id, _looked_after(actor))
    return db.session.scalar(own) is not None


def acts_for(organization: Organization, actor: Actor) -> bool:
    """Return whether `actor` may tell facts and apply for the group now."""
    return actor.body_id == organization.id and actor.holds(*APPLICANT_ROLES)


def upgrade_of(organization_id: int) -> Upgrade | None:
    """Return the application by which a group is being or was registered, or None."""
    return db.session.get(Upgrade, organization_id)


def open_applications(organization_id: int) -> Sequence[Case]:
    """Return the applications to register a group that are not closed, drafts included."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.subject_body_id == organization_id, Registration.closed_at.is_(None))
        .order_by(Registration.id)
    ).all()


def told_by(organization_id: int) -> tuple[UpgradeFacts, str] | None:
    """Return what the group told of itself last, and the name of who did; or None."""
    row = db.session.execute(
        select(UpgradeFacts, User.display_name)
        .outerjoin(User, User.id == UpgradeFacts.told_by_id)
        .where(UpgradeFacts.organization_id == organization_id)
    ).first()
    return (row[0], row[1] or "") if row else None


# --- the list


class Sort(StrEnum):
    """What the list is sorted by. A minus turns it round."""

    MISSING = "missing"
    MISSING_DOWN = "-missing"
    NAME = "name"
    NAME_DOWN = "-name"


class Far(StrEnum):
    """How far a group is."""

    READY = "ready"
    NEAR = "near"
    FAR = "far"

    @property
    def label(self) -> str:
        return str(FAR_LABELS[self])


FAR_LABELS = {
    Far.READY: _l("Conditions met"),
    Far.NEAR: _l("One or two things missing"),
    Far.FAR: _l("More is missing"),
}
#: Up to so many missing conditions a group is near.
NEAR = 2


@dataclass(frozen=True)
class Narrowing:
    """What somebody looks for; empty fields narrow nothing. `street` is an id."""

    text: str = ""
    far: Far | None = None
    type: OrganizationType | None = None
    street: int | None = None
    sort: Sort = Sort.MISSING

    @property
    def count(self) -> int:
        """How many of the fields narrow the list."""
        return sum(map(bool, (self.text, self.far, self.type, self.street)))


def _of(actor: Actor) -> ColumnElement[bool]:
    """The filed groups that live and that `actor` may see as an officer."""
    return FILED if actor.holds(*OVERSEERS) else and_(FILED, _looked_after(actor))


def _looked_after(actor: Actor) -> ColumnElement[bool]:
    """The groups of the streets for which `actor` is an officer."""
    return lies_in(places_for(actor)) if actor.holds(Role.STREET_OFFICER) else false()


def list_outlooks(wanted: Narrowing, actor: Actor) -> Select[UpgradeOutlook]:
    """Return the query of the groups looked for, ready to be paged by `order_of`."""
    far: dict[Far | None, ColumnElement[bool]] = {
        Far.READY: UpgradeOutlook.missing == 0,
        Far.NEAR: UpgradeOutlook.missing.between(1, NEAR),
        Far.FAR: UpgradeOutlook.missing > NEAR,
    }
    query = (
        select(UpgradeOutlook)
        .join(UpgradeOutlook.organization)
        .options(contains_eager(UpgradeOutlook.organization))
        .where(_of(actor), far.get(wanted.far, true()))
    )
    if wanted.text:
        query = query.where(
            Organization.name.contains(wanted.text, autoescape=True)
            | Organization.filing_number.contains(wanted.text, autoescape=True)
        )
    if wanted.type is not None:
        query = query.where(UpgradeOutlook.type == wanted.type)
    if wanted.street is not None:
        chosen = db.session.get(Division, wanted.street)
        query = query.where(lies_in([chosen] if chosen else []))
    return query


def order_of(wanted: Narrowing) -> Order:
    """Return the order of the list."""
    column = (
        UpgradeOutlook.missing
        if wanted.sort in (Sort.MISSING, Sort.MISSING_DOWN)
        else Organization.name_pinyin
    )
    return Order(
        (column, UpgradeOutlook.organization_id), newest_first=wanted.sort.value.startswith("-")
    )


def count_ready(actor: Actor) -> int:
    """Return how many groups meet the conditions: the number beside the list's link."""
    ready = list_outlooks(Narrowing(far=Far.READY), actor).subquery()
    return db.session.scalar(select(func.count()).select_from(ready)) or 0


def applications_of(ids: Collection[int]) -> dict[int, str]:
    """Return the numbers of the submitted applications to register these groups, by group."""
    rows = db.session.execute(
        select(Upgrade.organization_id, Case.number)
        .join(Case, Case.id == Upgrade.case_id)
        .where(Upgrade.organization_id.in_(ids))
    )
    return {key: number for key, number in rows if number}


# --- for the job


def next_groups(after: int, size: int) -> Sequence[int]:
    """Return the ids of the next living filed groups behind `after`."""
    behind = select(Organization.id).where(Organization.id > after, FILED)
    return db.session.scalars(behind.order_by(Organization.id).limit(size)).all()


def filed_among(ids: Collection[int]) -> Sequence[Organization]:
    """Return which of these are living filed groups, by id."""
    chosen = select(Organization).where(Organization.id.in_(ids), FILED)
    return db.session.scalars(chosen.order_by(Organization.id)).all()


def outlooks_of(ids: Collection[int]) -> dict[int, UpgradeOutlook]:
    """Return the outlooks of these groups, by group."""
    found = db.session.scalars(
        select(UpgradeOutlook).where(UpgradeOutlook.organization_id.in_(ids))
    )
    return {it.organization_id: it for it in found}


def told_of(organization: Organization) -> dict[int, list[User]]:
    """Return who is told of a group, by the body they act for: its own people, and the officers
    of the office that files in its place.
    """
    told = {organization.id: _holding(organization.id, Role.OWNER, Role.HANDLER)}
    try:
        office: Body | None = office_of(place_of(organization))
    except RuleBroken:  # nobody is set to file there
        office = None
    if office is not None:
        own = told[organization.id]
        officers = _holding(office.id, Role.STREET_OFFICER)
        told[office.id] = [it for it in officers if it not in own]
    return told


def _holding(body_id: int, *roles: Role) -> list[User]:
    today = clock.today()
    held = db.session.scalars(
        select(Membership).where(Membership.body_id == body_id, Membership.role.in_(roles))
    )
    return [it.user for it in held if it.holds_on(today) and not it.user.closed]

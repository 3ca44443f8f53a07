"""Entries of the demo that change: one that has changed, others on their way."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from stdnum.cn import ric

from core import clock, divisions
from core.accounts import SYSTEM, Body, Role
from core.accounts import actions as accounts
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.documents import Instrument
from core.workflow import actions
from registry.changes import actions as changes
from registry.changes.entries import Entry
from registry.changes.models import RegistrationChange
from registry.changes.states import ChangeState
from registry.demo.applications import SPONSOR
from registry.demo.cast import person_called
from registry.demo.certificates import found_association
from registry.demo.driver import drive, hand_in_papers, office_hours
from registry.organizations.kinds import OrganizationType, Track
from registry.organizations.models import Organization

E, S = Entry, ChangeState

_NEW = "51010419790412236"
#: Who represents an organization from now on.
REPRESENTATIVE: dict[str, Any] = {
    "legal_representative": "蒋文静",
    "identity_number": _NEW + ric.calc_check_digit(_NEW),
    "phone": "13800000006",
}
SCOPE: dict[str, Any] = {"scope": "组织居民健身和体育交流；举办公益培训；承接政府购买服务。"}

Told = Mapping[Entry, Mapping[str, Any]]


def has_changes() -> bool:
    """Return whether anybody has asked to change an entry."""
    return db.session.scalar(db.select(RegistrationChange.id).limit(1)) is not None


def make_changes() -> None:
    """Let organizations with certificates of this platform, and two of 2010, change what they must."""
    new_place = {
        "domicile": "成都市锦江区东大街88号3楼",
        "division_id": divisions.communities()[0].id,
    }
    first = _certified(OrganizationType.SERVICE_INSTITUTION)
    second = _certified(OrganizationType.ASSOCIATION)
    third, fourth = _of_june_2010(SPONSOR), _of_june_2010(None)
    told: tuple[tuple[int, Told, ChangeState, int], ...] = (
        (first, {E.DOMICILE: new_place, E.LEGAL_REPRESENTATIVE: REPRESENTATIVE}, S.CHANGED, 2),
        (second, {E.SCOPE: SCOPE}, S.SPONSOR_REVIEW, 1),
        (third, {E.NAME: {"name": "成都市锦江区银杏社区戏剧协会"}}, S.DECIDING, 1),
        (fourth, {E.REGISTERED_FUNDS: {"registered_funds": Decimal(180000)}}, S.SUBMITTED, 0),
    )
    for organization_id, entries, state, days in told:
        case_id = open_change(organization_id, entries, days + 6)
        drive(case_id, state.value, days_ago=days)


def open_change(organization_id: int, told: Told, days_ago: int) -> int:
    """Fill in an application to change entries, some working days ago; return the id of its draft.

    `told` is what each entry's section says.
    """
    with office_hours(days_ago):
        with atomic():
            by = acting_for(person_called("applicant"), organization_id)
            case = changes.open_change({}, by=by)
            save, today = actions.save_section, clock.today()
            save(case, "choice", by=by, chosen=[it.value for it in told], resolved_on=today)
            for entry, values in told.items():
                save(case, entry.value, by=by, **values)
            if case.workflow.section_of(case, "consent"):
                save(case, "consent", by=by, consented_on=today)
            case_id: int = case.id
        hand_in_papers(case_id, "applicant")
    return case_id


def found_sponsored(name: str, serial: int) -> int:
    """Enter an association with certificates and a sponsor unit of this platform; return its id.

    Without a case behind it: for tests, and for trying things out.
    """
    sponsor = db.session.scalars(db.select(Body).where(Body.name == SPONSOR)).one()
    return found_association(name, serial, sponsor_unit_id=sponsor.id, sponsor_name=sponsor.name)


def _certified(type: OrganizationType) -> int:
    """Return the first organization of a type whose certificate this platform issued."""
    found: int = db.session.scalars(
        db.select(Organization.id)
        .join(Instrument, Instrument.body_id == Organization.id)
        .where(Instrument.kind == "certificate_original", Organization.type == type)
        .order_by(Organization.id)
        .limit(1)
    ).one()
    return found


def _of_june_2010(sponsor: str | None) -> int:
    """Return an association taken over from the earlier register; the applicant acts for it."""
    with atomic():
        found = db.session.scalars(
            db.select(Organization)
            .where(
                Organization.track == Track.REGISTERED,
                Organization.type == OrganizationType.ASSOCIATION,
                Organization.sponsor_name == sponsor,
                ~db.select(Instrument.id).where(Instrument.body_id == Organization.id).exists(),
            )
            .order_by(Organization.id)
            .limit(1)
        ).one()
        accounts.grant_membership(
            person_called("applicant"), found, Role.OWNER, from_on=date(2019, 12, 31), by=SYSTEM
        )
        organization_id: int = found.id
    return organization_id

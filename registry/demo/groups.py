"""What people of filed groups do to keep or end their filing: for the demo and the tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from core import calendar, clock, divisions
from core.accounts import SYSTEM
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.workflow import actions, workflow_of
from registry.cancellations.rules import CancellationGround
from registry.demo.cast import person_called
from registry.demo.certificates import CertificateFacts
from registry.demo.driver import office_hours
from registry.dormancy import actions as dormancy
from registry.filings.groups import communities_of
from registry.filings.policy import RECEIPT_YEARS
from registry.organizations import actions as register
from registry.organizations import officers
from registry.organizations.kinds import FilingCategory, OrganizationType, Track
from registry.organizations.models import Organization
from registry.renewals.models import FilingRenewal

#: What is told where a kind of case asks; a phone is stored encrypted.
RENEWED: dict[str, Any] = {
    "domicile": "社区党群服务中心二楼活动室",
    "scope": "组织居民每周活动，参加社区公益演出和志愿服务。",
    "individual_members": 18,
    "person_in_charge": "李秀英",
    "person_phone": "13800000002",
}
REPORTED: dict[str, Any] = {
    "activity_count": 46,
    "participants": 820,
    "summary": "每周二、周四排练，重阳节、春节为社区老人演出四场，参加街道邻里节。",
    "individual_members": 18,
    "income": Decimal(2400),
    "spending": Decimal("2186.50"),
    "wishes": "希望有一间能放音响的活动室。",
}
ENDED: dict[str, Any] = {
    "ground": CancellationGround.DISSOLVED.value,
    "resolved_on": date(2026, 1, 5),
    "settlement": "账上余额86元已退还成员，音响交社区居委会。",
}
ANSWERS = {"filing_renewal": ("group", RENEWED), "activity_report": ("report", REPORTED),
           "filing_cancellation": ("request", ENDED)}  # fmt: skip


def found_group(name: str, place: int, *, on: date | None = None) -> int:
    """File a group at its street without a case, owned by the choir's leader; return its id.

    For tests, and for trying things out. `place` makes its number.
    """
    with atomic():
        day = on or clock.today()
        community = next(c for c in divisions.communities() if c.name.startswith("总府"))
        stated = {name: value for name, value in RENEWED.items() if name != "person_phone"}
        organization = register.found(
            CertificateFacts(
                type=OrganizationType.COMMUNITY_ORGANIZATION,
                category=FilingCategory.CULTURE_AND_SPORT,
                **stated,
            ),  # type: ignore[arg-type]
            name=name,
            track=Track.FILED,
            number=f"BA-510104-春熙路街道-{day.year}-{place:04d}",
            authority=f"street:{community.parent_id}",
            division=community,
            founded_on=day,
            valid_until=calendar.last_day_of_term(day, RECEIPT_YEARS.default),
            by=SYSTEM,
            owner_id=person_called("choir").id,
        )
        officers.record_person(
            organization, position="person_in_charge", name="李秀英",
            identity_number=None, phone=RENEWED["person_phone"], from_on=day,
        )  # fmt: skip
        organization_id: int = organization.id
    return organization_id


def start(organization_id: int, kind: str, days_ago: int, **more: Any) -> int:
    """Fill in what a group starts itself, some working days ago; return the id of its draft."""
    key, told = ANSWERS[kind]
    workflow = workflow_of(kind)
    with office_hours(days_ago), atomic():
        by = acting_for(person_called("choir"), organization_id)
        case = actions.start(workflow, workflow.guides[0], by=by)
        if isinstance(case, FilingRenewal):
            _street, offered = communities_of(case.organization)
            told = {**told, "division_id": offered[0].id if offered else None}
        actions.save_section(case, key, by=by, **{**told, **more})
        case_id: int = case.id
    return case_id


def begin_dormant(organization_id: int, days_ago: int) -> int:
    """Make a group dormant, and let its street begin to cancel it; return the id of the case."""
    with office_hours(days_ago):
        with atomic():
            dormancy.fall_dormant(db.session.get_one(Organization, organization_id), by=SYSTEM)
        with atomic():
            group = db.session.get_one(Organization, organization_id)
            by = acting_for(person_called("street"), None)
            case_id: int = dormancy.open_dormant_cancellation(group, by=by).id
    return case_id

"""Filed groups on their way to registration: one that lacks something, one that is ready."""

from decimal import Decimal
from typing import Any

from core import clock
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.workflow import actions
from registry.demo.applications import people
from registry.demo.cases import file_group
from registry.demo.cast import person_called
from registry.demo.driver import hand_in_papers, office_hours
from registry.organizations.kinds import ManagementMode, OrganizationType
from registry.organizations.models import Organization
from registry.registrations.kinds import DirectClass
from registry.registrations.models import Registration
from registry.upgrades import actions as upgrades
from registry.upgrades.jobs import look_for_upgrades
from registry.upgrades.models import UpgradeFacts

__all__ = ["file_group"]

A = OrganizationType.ASSOCIATION
#: What a choir is called once it is registered.
RISEN = "成都市锦江区银杏合唱协会"
#: What an association needs of its own, and what a group tells that is not there yet.
ENOUGH: dict[str, Any] = {
    "individual_members": 60,
    "unit_members": 0,
    "staff_count": 1,
    "registered_funds": Decimal(30000),
}
TOO_LITTLE: dict[str, Any] = {**ENOUGH, "individual_members": 38, "registered_funds": None}
#: Both are among the 169 filed groups.
GROUPS = (("四点半课堂", ENOUGH), ("银龄读书会", TOO_LITTLE))


def has_upgrades() -> bool:
    """Return whether any group has told how far it is."""
    return db.session.scalar(db.select(UpgradeFacts.organization_id).limit(1)) is not None


def make_upgrades() -> None:
    """Let two groups tell of themselves and one begin its application; then look at all."""
    for name, told in GROUPS:
        found = db.session.scalars(
            db.select(Organization.id).where(Organization.name.contains(name))
        ).one()
        with office_hours(2):
            tell(found, **told)
    look_for_upgrades()
    ready = db.session.scalars(
        db.select(Organization).where(Organization.name.contains(GROUPS[0][0]))
    ).one()
    with office_hours(1), atomic():
        upgrades.open_upgrade(ready, A, by=acting_for(person_called("choir"), ready.id))


def tell(organization_id: int, **told: Any) -> None:
    """Let the owner of a group tell what an association needs, or what is `told` in its place."""
    with atomic():
        group = db.session.get_one(Organization, organization_id)
        by = acting_for(person_called("choir"), organization_id)
        upgrades.tell_facts(group, A, by=by, **{**ENOUGH, **told})


def fill_in(case_id: int, name: str = RISEN) -> None:
    """Complete the application of a group that registers directly, with all its papers."""
    with atomic():
        case = db.session.get_one(Registration, case_id)
        by = acting_for(person_called("choir"), case.applicant_body_id or 0)
        told: dict[str, dict[str, Any]] = {
            "management": {
                "management_mode": ManagementMode.DIRECT,
                "sponsor_unit_id": None,
                "direct_class": DirectClass.COMMUNITY_SERVICE,
                "industry_department": "锦江区文化体育和旅游局",
                "party_lead_unit": "锦江区社会组织综合党委",
            },
            "identity": {
                "title": name,
                "division_id": case.division_id,
                "domicile": case.domicile,
                "activity_area": "成都市锦江区",
            },
            "purpose": {"purpose": "丰富居民文化生活。", "scope": case.scope},
            "people": {"people": people(clock.today().day % 4)},
        }
        for key, values in told.items():
            actions.save_section(case, key, by=by, **values)
    hand_in_papers(case_id, "choir")

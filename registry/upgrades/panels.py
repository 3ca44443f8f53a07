"""What stands of an upgrade on other pages: the organization's, the draft's, the case's, the guide's."""

from typing import Any

from flask import render_template

from core.accounts import current_actor
from core.db import db
from core.workflow import Workflow
from core.workflow.models import Case
from registry.organizations.kinds import LIVING, Track
from registry.organizations.models import Organization
from registry.registrations.models import Registration
from registry.registrations.types import typed
from registry.upgrades import queries, rules
from registry.upgrades.views import labels_of


def of_organization(organization: Organization) -> str | None:
    """Show how far a group is to those it concerns; to everybody that it was filed before."""
    if organization.track is Track.REGISTERED:
        done = queries.upgrade_of(organization.id) if organization.filing_number else None
        if done is None or done.upgraded_on is None:
            return None
        return render_template("registry/upgrades/numbers_panel.html", upgrade=done)
    if organization.status not in LIVING or not queries.may_see(organization, current_actor()):
        return None
    recorded = queries.recorded_of([organization])[organization.id]
    type, lacking = rules.nearest(recorded)
    return render_template(
        "registry/upgrades/outlook_panel.html",
        organization=organization,
        type=type,
        labels=labels_of(type, lacking),
        own=organization.id in current_actor().member_of,
    )


def of_case(case: Case) -> str | None:
    """Say of an application that it comes from a filing, and what was filled in from it."""
    if not (isinstance(case, Registration) and case.is_upgrade):
        return None
    organization = db.session.get_one(Organization, case.subject_body_id)
    return render_template(
        "registry/upgrades/case_panel.html",
        case=case,
        organization=organization,
        hint=typed(case.type).name_hint if case.type else "",
        private=case.standing.private,
        may_see=queries.may_see(organization, current_actor()),
    )


def of_start(workflow: Workflow) -> str | None:
    """Lead whoever acts for a filed group from the start of a registration to its upgrade."""
    body: Any = current_actor().body
    if workflow.kind != "registration" or not isinstance(body, Organization):
        return None
    if body.track is not Track.FILED:
        return None
    return render_template("registry/upgrades/start_panel.html", organization=body)

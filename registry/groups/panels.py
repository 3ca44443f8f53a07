"""What a filed group has to do, on top of its page and among the cases of its people."""

from typing import Any

from flask import render_template

from core.accounts import Role, current_actor
from core.errors import NotFound
from core.forms import Form
from core.workflow.lines import state_mark
from core.workflow.standing import parties
from registry.groups import duties, queries
from registry.organizations.kinds import LIVING, OrganizationStatus, Track


def of_organization(organization: Any) -> str | None:
    """Show a filed group's duties to those who act for it or look after it; nobody else."""
    actor = current_actor()
    if organization.track is not Track.FILED or organization.status not in LIVING:
        return None
    own = organization.id in actor.member_of
    if not own:
        if not actor.holds(*queries.READERS):
            return None
        try:
            queries.access_group(organization.id, actor)
        except NotFound:
            return None
    ending = duties.ending(organization)
    seen = [case for case in ending if own or parties(case, actor)]
    return render_template(
        "registry/groups/duties.html",
        organization=organization,
        duties=duties.duties_of(organization),
        ending=[(case, state_mark(case.standing, public=own)) for case in seen],
        own=own,
        may_begin=not own
        and not ending
        and actor.holds(Role.STREET_OFFICER)
        and organization.status is OrganizationStatus.DORMANT,
        form=Form(),
    )


def of_own_cases(_subject: Any) -> str | None:
    """Show beside one's own cases what each filed group one belongs to has to do."""
    form, groups = Form(), []
    for group in queries.list_own(current_actor()):
        ending = [(it, state_mark(it.standing, public=True)) for it in duties.ending(group)]
        pressing = [it for it in duties.duties_of(group) if it.tone != "green"]
        groups.append((group, pressing, ending))
    return render_template("registry/groups/own_duties.html", groups=groups, form=form)

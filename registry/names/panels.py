"""The name of an application on the examiner's page: findings, and near names side by side."""

from flask import render_template

from core import divisions
from core.accounts import current_actor
from core.workflow.models import Case
from core.workflow.parties import Party
from core.workflow.standing import parties
from registry.names import checking


def case_panel(case: Case) -> str | None:
    """Return the panel for the office while the case is open; the applicant reads it in the form."""
    if not checking.has_name(case) or not checking.name_in(case) or case.standing.final:
        return None
    actor = current_actor()
    if not actor.is_staff or Party.APPLICANT in parties(case, actor):
        return None
    if divisions.the_district() is None:
        return None
    report = checking.report(checking.proposed_in(case), office=True)
    return render_template("names/case_panel.html", report=report)

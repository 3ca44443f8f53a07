"""What stands on a draft and on a case that was entered at the counter."""

from flask import render_template, url_for

from core.accounts import current_actor
from core.counter import queries
from core.workflow.models import Case


def of_draft(case: Case) -> str | None:
    """Show that an officer fills it in; to the officer also how it is submitted."""
    filing = queries.of_case(case.id) if case.entered_by_id else None
    if filing is None:
        return None
    mine = filing.officer_id == current_actor().user_id
    to = url_for("counter.counter_confirm", case_id=case.id) if mine else None
    return render_template("counter/draft_panel.html", filing=filing, to=to)


def of_case(case: Case) -> str | None:
    """Show who entered it, and how the applicant confirmed it."""
    filing = queries.of_case(case.id) if case.entered_by_id else None
    return render_template("counter/case_panel.html", filing=filing) if filing else None

"""Opinions where people look for them: on the case, and in the overdue report."""

from collections.abc import Iterator
from typing import Any

from flask import render_template

from core import attachments
from core.accounts import Actor, current_actor
from core.i18n import _, day
from core.opinions import listing, queries
from core.opinions.models import OpinionStatus
from core.opinions.rights import may_ask, may_withdraw, reads_of_case
from core.workflow.models import Case


def of_case(case: Case) -> str | None:
    """Show the offices what other bodies were asked and said; count what is still open."""
    actor = current_actor()
    if not reads_of_case(case, actor):
        return None
    opinions, asks = queries.of_case(case.id), may_ask(case, actor)
    if not opinions and not asks:
        return None
    return render_template(
        "opinions/case_panel.html",
        case=case,
        opinions=[
            (
                it,
                attachments.list_attachments(owner=it) if it.stance else [],
                it.status is OpinionStatus.ASKED and may_withdraw(it, actor),
            )
            for it in opinions
        ],
        counted=[
            (each, n) for each in OpinionStatus if (n := sum(it.status is each for it in opinions))
        ],
        may_ask=asks,
    )


def beside_case(case: Case) -> str | None:
    """Count the opinions beside the steps, so that who decides knows what is still open."""
    counted = queries.count_of_case(case.id)
    if not counted or not reads_of_case(case, current_actor()):
        return None
    return render_template("opinions/case_count.html", counted=counted)


def still_open(case: Case, actor: Actor) -> Iterator[str]:
    """Yield which bodies have not answered yet: what they were asked ends with the decision."""
    if not reads_of_case(case, actor):
        return
    for opinion in queries.open_of_case(case.id):
        yield _(
            "%(body)s has been asked for its opinion until %(day)s and has not answered. This step "
            "takes the question back.",
            body=opinion.body.name,
            day=day(opinion.last_on),
        )


def of_offices(report: Any) -> str | None:
    """Show in the overdue report how bodies answered what they were asked."""
    found = listing.by_body(report.first, report.end, report.beyond)
    return render_template("opinions/office_panel.html", figures=found) if found else None

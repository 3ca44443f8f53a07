"""Cases and the one engine that moves them.

A kind of case is declared as a `Workflow`; the engine, the pages, the worklist, the sweeps, the
documentation and the generated tests ask the declaration.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask

from core.errors import Words
from core.workflow.application import DocumentSlot, Guide, Question, Section
from core.workflow.declaration import Workflow, declare, declared, workflow_of
from core.workflow.endings import when_decided
from core.workflow.parties import Party, Seat, seat_of
from core.workflow.steps import Ask, CaseClock, Finding, Phase, State, Transition

__all__ = [
    "Ask",
    "CaseClock",
    "DocumentSlot",
    "Finding",
    "Guide",
    "Party",
    "Phase",
    "Question",
    "Seat",
    "Section",
    "State",
    "Transition",
    "Workflow",
    "declare",
    "declared",
    "seat_of",
    "when_decided",
    "when_moved",
    "workflow_of",
]


def when_moved(work: Callable[[Any, Transition, Any], None]) -> None:
    """Have `work(case, step, by)` done after every step of every case, in its transaction."""
    from core.workflow import engine

    engine.when_moved(work)


def init_app(app: Flask) -> None:
    from core import attachments, divisions, policy, ui
    from core.accounts import closing
    from core.i18n import _l
    from core.workflow import (
        actions,
        corrections,
        drafting,
        held,
        jobs,
        piles,
        piling,
        queries,
        rechecks,
        resettling,
        routes,
        telling,
        version_pages,
        versions,
        words_of_record,
        worklist,
        worklist_actions,
    )

    app.register_blueprint(routes.bp)
    app.register_blueprint(drafting.apply_bp)
    app.register_blueprint(worklist.bp)
    app.register_blueprint(worklist_actions.bp)
    app.register_blueprint(version_pages.bp)
    policy.when_asked(app, versions.uses)
    divisions.when_foreseen(app, resettling.foreseen)
    ui.fill_panel(app, "policy", versions.panel)
    ui.fill_panel(app, "person", held.panel)
    closing.hindered_by(held.open_matters)
    attachments.authorise(
        app,
        "case_record",
        see=queries.has_part_in,
        change=actions.may_change_papers,
        keeps=corrections.was_handed_in,
        changed=actions.papers_changed,
    )
    when_moved(corrections.keep_answers)
    when_moved(rechecks.ask_again)

    words_of_record.declare()
    divisions.offer_kinds(app, lambda: {workflow.kind: workflow.title for workflow in declared()})

    app.add_template_filter(drafting.home_of, "home")

    def works(actor: Any) -> bool:
        return bool(actor.is_staff)

    def applies(actor: Any) -> bool:
        return bool(actor.is_signed_in and not actor.is_staff)

    def entry(area: str, label: Words, endpoint: str, order: int, **more: Any) -> None:
        ui.nav_entry(app, ui.NavEntry(area, label, endpoint, order, **more))

    worklist_of, cases_of = (
        (_l("Worklist"), "worklist.worklist"),
        (_l("My cases"), "cases.case_list"),
    )
    entry("officer", *worklist_of, 10, visible=works, count=piles.count_to_do)
    entry("applicant", *cases_of, 10, visible=lambda actor: actor.is_signed_in)
    # From pages for everybody, whose own links are others, the person's menu leads back to work.
    entry("account", *worklist_of, 5, visible=works)
    entry("account", *cases_of, 5, visible=applies)
    assert jobs and piling and telling  # what they declare is known by being imported

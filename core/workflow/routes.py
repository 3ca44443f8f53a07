"""The pages of a case, the same for every kind: look, step, check, take, hand over."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import page_for, signed_in, staff
from core.accounts import User, current_actor
from core.errors import NotFound
from core.i18n import _
from core.ui import page
from core.workflow import actions, corrections, engine, eyes, pages, queries, sections, telling
from core.workflow.application import Section
from core.workflow.forms import AssignForm, CheckForm, RecuseForm, StepForm, TakeForm, step_form
from core.workflow.lines import case_line, state_mark
from core.workflow.models import Case
from core.workflow.parties import Party
from core.workflow.standing import parties
from core.workflow.steps import Phase, Transition

bp = Blueprint("cases", __name__, url_prefix="/cases")


@bp.get("/")
@page_for(signed_in)
def case_list() -> ResponseReturnValue:
    found = queries.list_own_cases(current_actor(), after=request.args.get("after"))
    lines = [case_line(case, public=True) for case in found.items]
    drafts = [line for line in lines if line.case.standing.private]
    others = [line for line in lines if not line.case.standing.private]
    return page(
        "cases/case_list.html",
        found=found,
        drafts=drafts,
        elsewhere=queries.count_elsewhere(current_actor()),
        groups=[
            (_("For you to do"), [line for line in others if line.yours]),
            (_("With the office"), [line for line in others if not (line.yours or line.closed)]),
            (_("Closed"), [line for line in others if line.closed]),
        ],
    )


@bp.get("/<int:case_id>")
@page_for(signed_in)
def case_detail(case_id: int) -> ResponseReturnValue:
    return _show(queries.access_case(case_id, current_actor()))


@bp.post("/<int:case_id>/<step>")
@page_for(signed_in)
def case_step(case_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    case = queries.access_case(case_id, actor)
    declared = case.workflow.step.get(step)
    if declared is None:
        raise NotFound(_("There is no such step."))
    form = step_form(declared, case)
    if form.perform(engine.move, case, step, by=actor):
        if declared.submits:
            return redirect(url_for(".case_receipt", case_id=case_id))
        flash(_said_done(case, declared), "success")
        return redirect(_after(case))
    if declared.submits:
        return page("cases/answers.html", form.status, **answers_context(case, (step, form)))
    return _show(case, (step, form))


def _said_done(case: Case, step: Transition) -> str:
    """Return what was done, and where the case stands now."""
    if step.target is None:
        return _("Done: %(step)s", step=step.label)
    public = Party.APPLICANT in parties(case, current_actor())
    state = state_mark(case.standing, public=public).label
    return _("Done: %(step)s. The case now: %(state)s.", step=step.label, state=state)


def _after(case: Case) -> str:
    """Return where a person goes after a step: back to the case while it is still there."""
    if parties(case, current_actor()):
        return url_for(".case_detail", case_id=case.id)
    return url_for("worklist.worklist")


@bp.get("/<int:case_id>/receipt")
@page_for(signed_in)
def case_receipt(case_id: int) -> ResponseReturnValue:
    case = queries.access_case(case_id, current_actor())
    if case.number is None:
        return redirect(url_for(".case_detail", case_id=case_id))
    return page(
        "cases/case_receipt.html",
        case=case,
        state=case.standing,
        last_day=pages.last_day(case, public=True),
        holder=pages.holder(case, public=True),
        papers=pages.paper_rows(case),
        sent_again=corrections.handed_in(case)[1:],
    )


@bp.post("/<int:case_id>/checks/<key>")
@page_for(staff)
def case_check(case_id: int, key: str) -> ResponseReturnValue:
    case = queries.access_case(case_id, current_actor())
    form = CheckForm()
    if form.perform(actions.keep_check, case, by=current_actor(), key=key):
        flash(_("The finding is kept."), "success")
        return redirect(url_for(".case_detail", case_id=case_id, _anchor=f"check-{key}"))
    return _show(case, check=(key, form))


@bp.post("/<int:case_id>/take")
@page_for(staff)
def case_take(case_id: int) -> ResponseReturnValue:
    case = queries.access_case(case_id, current_actor())
    if TakeForm().perform(actions.take, case, by=current_actor()):
        flash(_("You have the case now."), "success")
        return redirect(url_for(".case_detail", case_id=case_id))
    return _show(case)


@bp.post("/<int:case_id>/assignment")
@page_for(staff)
def case_assign(case_id: int) -> ResponseReturnValue:
    case = queries.access_case(case_id, current_actor())
    form = AssignForm()
    form.offer(_colleagues(case), taken=case.assignee_id is not None)
    if form.perform(actions.assign, case, by=current_actor()):
        to = case.assignee.display_name if case.assignee else None
        words = (
            _("%(name)s has the case now.", name=to) if to else _("The case is on the pile again.")
        )
        flash(words, "success")
        return redirect(_after(case))
    return _show(case, assign=form)


def _colleagues(case: Case) -> list[User]:
    """Return to whom the case could be handed over: neither its holder nor oneself."""
    if case.waiting_party in (None, Party.APPLICANT.value):
        return []
    able = telling.people(case, Party(case.waiting_party))
    return [u for u in able if u.id not in (case.assignee_id, current_actor().user_id)]


@bp.route("/<int:case_id>/recusal", methods=["GET", "POST"])
@page_for(staff)
def case_recuse(case_id: int) -> ResponseReturnValue:
    case = queries.access_case(case_id, current_actor())
    form = RecuseForm()
    if form.perform(actions.recuse, case, by=current_actor()):
        flash(_("You take no part in case %(number)s any more.", number=case.number), "success")
        return redirect(url_for("worklist.worklist"))
    return page("cases/case_recuse.html", form.status, case=case, form=form)


def answers_context(case: Case, tried: tuple[str, StepForm] | None = None) -> dict[str, Any]:
    """Return what the "check your answers" page shows; `tried` is a submission that was refused."""
    return {
        "case": case,
        "state": case.standing,
        "groups": _groups(case, change=True, before=corrections.earlier(case)),
        "offers": [o for o in pages.offer_views(case, current_actor(), tried) if o.step.submits],
        "checks": pages.check_views(case, public=True),
    }


def _groups(
    case: Case, *, change: bool, before: corrections.Earlier | None, unsent: bool = False
) -> list[tuple[Section, list[dict[str, Any]], Any]]:
    """Return each section with its answers and its papers, marked where the office had others.

    With `change` it says of each that is open where to change it. What is `unsent` is shown as the
    office had it before.
    """
    if unsent and before is not None:
        return [
            (s, corrections.as_read(s, before), corrections.papers_as_read(case, s, before))
            for s in case.workflow.sections_of(case)
        ]
    open_ones = case.workflow.open_sections(case) if change else ()
    return [
        (
            section,
            corrections.marked(
                section, sections.answer_rows(case, section, change=section in open_ones), before
            ),
            sections.slot_views(case, section, before),
        )
        for section in case.workflow.sections_of(case)
    ]


def _show(
    case: Case,
    tried: tuple[str, StepForm] | None = None,
    check: tuple[str, CheckForm] | None = None,
    assign: AssignForm | None = None,
) -> ResponseReturnValue:
    actor = current_actor()
    mine = parties(case, actor)
    if not mine:
        raise NotFound(_("There is no such case, or it is not open to you."))
    refused = tried[1] if tried else check[1] if check else assign
    editable = actions.may_edit(case, actor)
    workflow, public = case.workflow, Party.APPLICANT in mine
    checking = workflow.checked_by in mine and case.state in workflow.checked_in
    checking = checking and not any(eyes.hindered(case, Phase.EXAMINATION, actor))
    may_take = case.waiting_party in {p.value for p in mine} and not editable
    hands_over = may_take or Party.BUREAU_HEAD in mine
    before = None if public else corrections.earlier(case)
    unsent = not public and corrections.is_unsent(case)
    if hands_over and assign is None:
        assign = AssignForm(formdata=None)
        assign.offer(_colleagues(case), taken=case.assignee_id is not None)
    return page(
        "cases/case_tasks.html" if case.standing.private else "cases/case_detail.html",
        refused.status if refused else 200,
        case=case,
        state=case.standing,
        public=public,
        offers=pages.offer_views(case, actor, tried),
        clock=pages.clock_view(case),
        last_day=pages.last_day(case, public=public),
        holder=pages.holder(case, public=public),
        checks=pages.check_views(
            case, public=public, checking=checking, unsent=unsent, tried=check
        ),
        tasks=sections.task_views(case) if editable else [],
        missing=[pages.finding_view(case, f) for f in sections.missing(case)] if editable else [],
        groups=_groups(case, change=False, before=before, unsent=unsent),
        unsent=unsent,
        read_at=before.at if before is not None else None,
        sent_again=corrections.handed_in(case)[1:],
        came_back=before is not None and not unsent,
        events=pages.timeline(case, actor),
        proposal=None if public else pages.proposal_view(case),
        papers=pages.paper_rows(case),
        may_recuse=Party.APPLICANT not in mine and actor.is_staff,
        may_take=may_take,
        take_form=TakeForm(formdata=None),
        assign_form=assign,
    )

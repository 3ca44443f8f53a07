"""Pages of the counter."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from core.access import holding, page_for
from core.accounts import current_actor, throttle
from core.accounts.policy import limit
from core.counter import actions, queries
from core.counter.forms import CodeForm, SendForm, start_form
from core.counter.models import AssistedFiling
from core.counter.policy import ASSISTANTS, CODE_ATTEMPTS
from core.db import atomic
from core.errors import NotFound
from core.i18n import _, moment
from core.ui import page
from core.workflow.declaration import declared

bp = Blueprint("counter", __name__, url_prefix="/counter")


@bp.get("")
@page_for(holding(*ASSISTANTS))
def counter_list() -> ResponseReturnValue:
    kinds = [guide for w in declared() for guide in w.guides if guide.is_open]
    filings = queries.list_open(current_actor())
    return page("counter/counter_list.html", kinds=kinds, filings=filings)


@bp.route("/new/<kind>", methods=["GET", "POST"])
@page_for(holding(*ASSISTANTS))
def counter_start(kind: str) -> ResponseReturnValue:
    workflow = next((w for w in declared() if w.guide_at(kind)), None)
    guide = workflow.guide_at(kind) if workflow else None
    if workflow is None or guide is None or not guide.is_open:
        raise NotFound(_("There is no such matter to apply for."))
    form = start_form(guide)
    stopped = [
        question
        for question in guide.questions
        if form.is_submitted() and form[question.key].data in question.stops
    ]
    if not stopped and form.perform(actions.start, workflow, guide=guide, by=current_actor()):
        return redirect(url_for("cases.case_detail", case_id=form.result.id))
    return page("counter/counter_start.html", form.status, guide=guide, form=form, stopped=stopped)


@bp.get("/<int:case_id>")
@page_for(holding(*ASSISTANTS))
def counter_confirm(case_id: int) -> ResponseReturnValue:
    return _show(queries.access_filing(case_id, current_actor()))


@bp.post("/<int:case_id>/code")
@page_for(holding(*ASSISTANTS))
def counter_code(case_id: int) -> ResponseReturnValue:
    filing = queries.access_filing(case_id, current_actor())
    if SendForm().perform(actions.send_code, filing, by=current_actor()):
        flash(_("The code is on its way to the applicant."), "success")
    return redirect(url_for(".counter_confirm", case_id=case_id))


@bp.post("/<int:case_id>/submission")
@page_for(holding(*ASSISTANTS))
def counter_submit(case_id: int) -> ResponseReturnValue:
    filing = queries.access_filing(case_id, current_actor())
    form = CodeForm()
    with atomic():
        subject = throttle.subject_of("counter", str(case_id))
        ticket = throttle.take(subject, limit(CODE_ATTEMPTS))
    if ticket.refused_until is not None:
        until = moment(ticket.refused_until)
        words = _("Too many attempts. Please try again after %(time)s, Beijing time.", time=until)
        form.form_errors.append(words)
        return _show(filing, 429, form)
    if form.perform(actions.submit, filing, by=current_actor()):
        with atomic():
            throttle.forget(subject)
        case = filing.case
        flash(
            _(
                "The application of %(name)s is submitted under number %(number)s.",
                name=filing.applicant.display_name,
                number=case.number,
            ),
            "success",
        )
        return redirect(url_for(".counter_list"))
    return _show(filing, form.status, form)


def _show(
    filing: AssistedFiling, status: int = 200, form: CodeForm | None = None
) -> ResponseReturnValue:
    if filing.confirmed_at is not None:
        return redirect(url_for(".counter_list"))
    case = filing.case
    step = actions.submission(case)
    blocked: list[Any] = list(step.guard(case)) if step else []
    return page(
        "counter/counter_confirm.html",
        status,
        filing=filing,
        case=case,
        blocked=blocked,
        asks=[ask for ask in step.asks if ask.kind == "yes"] if step else [],
        changed=filing.code_version not in (None, case.version),
        form=form or CodeForm(formdata=None),
        send_form=SendForm(formdata=None),
    )

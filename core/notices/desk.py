"""The desk of the office that published: read objections and answer them."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import page_for, staff
from core.accounts.actor import current_actor
from core.forms import Form
from core.i18n import _
from core.notices import actions, queries
from core.notices.forms import AnswerForm, RevealForm
from core.notices.models import Objection
from core.ui import page

bp = Blueprint("objections", __name__, url_prefix="/objections")


@bp.get("")
@page_for(staff)
def objection_list() -> ResponseReturnValue:
    answered = request.args.get("show") == "answered"
    found = queries.list_objections(
        current_actor(), answered=answered, after=request.args.get("after")
    )
    rows = [
        {
            "notice": objection.notice.title,
            "url": url_for(".objection_detail", objection_id=objection.id),
            "raised_at": objection.raised_at,
            "due": queries.answer_due_on(objection),
            "answered_at": objection.answered_at,
        }
        for objection in found.items
    ]
    return page("notices/objection_list.html", found=found, rows=rows, answered=answered)


@bp.get("/<int:objection_id>")
@page_for(staff)
def objection_detail(objection_id: int) -> ResponseReturnValue:
    return _show(queries.access_objection(objection_id, current_actor()))


@bp.post("/<int:objection_id>")
@page_for(staff)
def objection_answer(objection_id: int) -> ResponseReturnValue:
    objection = queries.access_objection(objection_id, current_actor())
    form = AnswerForm()
    if form.perform(actions.answer_objection, objection, by=current_actor()):
        flash(_("The answer is kept, and sent where the person left an e-mail address."), "success")
        return redirect(url_for(".objection_list"))
    return _show(objection, form)


@bp.post("/<int:objection_id>/person")
@page_for(staff)
def objection_person(objection_id: int) -> ResponseReturnValue:
    objection = queries.access_objection(objection_id, current_actor())
    form = RevealForm()
    shown = form.perform(actions.reveal_person, objection, by=current_actor())
    return _show(objection, reveal=form, shown=shown)


def _show(
    objection: Objection, form: Form | None = None, reveal: Form | None = None, shown: bool = False
) -> ResponseReturnValue:
    form, reveal = form or AnswerForm(formdata=None), reveal or RevealForm(formdata=None)
    return page(
        "notices/objection_detail.html",
        422 if form.errors or reveal.errors else 200,
        objection=objection,
        due_on=queries.answer_due_on(objection),
        may_answer=queries.may_answer(objection, current_actor()),
        form=form,
        reveal=reveal,
        shown=shown,
    )

"""Pages that act on a worklist: many cases to one desk, and the saved views."""

from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import page_for, staff
from core.accounts import User, current_actor
from core.db import db
from core.forms import Form
from core.i18n import _
from core.ui import page
from core.workflow import bulk, telling, views
from core.workflow.lines import case_lines
from core.workflow.models import Case
from core.workflow.piles import Pile, on_pile
from core.workflow.worklist_filters import address_of, question_of, said_filters
from core.workflow.worklist_forms import (
    ChosenForm,
    HandOverForm,
    ViewChoiceForm,
    ViewForm,
    chosen_rows,
    said_done,
    said_nothing_chosen,
)

bp = Blueprint("worklist_actions", __name__, url_prefix="/worklist")


# --- many cases to one desk


@bp.post("/take")
@page_for(staff)
def bulk_take() -> ResponseReturnValue:
    actor = current_actor()
    return _each("take", ChosenForm(), user_id=actor.user_id, free_only=True)


@bp.post("/return")
@page_for(staff)
def bulk_return() -> ResponseReturnValue:
    return _each("return", ChosenForm(), user_id=None)


@bp.post("/hand-over")
@page_for(staff)
def bulk_hand_over() -> ResponseReturnValue:
    form = HandOverForm()
    form.offer(_colleagues())
    if not chosen_rows():
        return _nothing_chosen(form)
    if "user_id" in request.form:
        return _each("hand_over", form)
    blank = HandOverForm(formdata=None, data={"question": form.question.data})
    blank.offer(_colleagues())
    return _ask_to_whom(blank)


def _each(what: str, form: ChosenForm, **to: Any) -> ResponseReturnValue:
    """Do it to every chosen case; return to the list, or name what could not be done."""
    if not chosen_rows():
        return _nothing_chosen(form)
    if not form.perform(bulk.assign_each, by=current_actor(), **to):
        return _ask_to_whom(form)
    back = address_of(form.question.data or "")
    outcome: bulk.Outcome | None = form.result
    if outcome is None:  # sent twice: the first time did it
        return redirect(back)
    if outcome.done:
        flash(said_done(what, outcome.done), "success")
    if not outcome.not_done:
        return redirect(back)
    return page("cases/worklist_not_done.html", outcome=outcome, back=back)


def _nothing_chosen(form: ChosenForm) -> ResponseReturnValue:
    flash(said_nothing_chosen(), "warning")
    return redirect(address_of(form.question.data or ""))


def _ask_to_whom(form: ChosenForm) -> ResponseReturnValue:
    return page(
        "cases/worklist_hand_over.html",
        form.status,
        form=form,
        lines=case_lines(_chosen()),
        chosen=request.form.getlist("chosen"),
        back=address_of(form.question.data or ""),
    )


def _chosen() -> list[Case]:
    """Return the chosen cases that the actor has a part in, the most urgent first."""
    ids = {case_id for case_id, _version in chosen_rows()}
    wanted = db.select(Case).where(Case.id.in_(ids), on_pile(Pile.OPEN, current_actor()))
    return list(db.session.scalars(wanted.order_by(Case.due_key, Case.id)))


def _colleagues() -> list[tuple[User, str]]:
    """Return who else may do what the chosen cases wait for, with their posts."""
    me = current_actor().user_id
    return [it for it in telling.takers(_chosen()) if it[0].id != me]


# --- saved views


@bp.get("/views")
@page_for(staff)
def view_list() -> ResponseReturnValue:
    actor = current_actor()
    found = views.list_views(actor)
    said = said_filters([dict(parse_qsl(view.question)) for view, _chosen in found], actor)
    rows = [
        {
            "view": view,
            "url": address_of(view.question) + f"&view={view.id}",
            "mine": view.owner_id == actor.user_id,
            "is_default": chosen,
            "said": words,
        }
        for (view, chosen), words in zip(found, said, strict=True)
    ]
    return page(
        "cases/worklist_views.html",
        rows=rows,
        form=ViewChoiceForm(formdata=None),
        may_share=views.may_share(actor),
    )


@bp.route("/views/new", methods=["GET", "POST"])
@page_for(staff)
def view_new() -> ResponseReturnValue:
    actor = current_actor()
    form = ViewForm(data={"question": question_of(request.args)})
    if not views.may_share(actor):
        form.keep_to_oneself()
    asked = question_of(dict(parse_qsl((form.question.data or "")[:1000])))
    form.question.data = asked
    if form.perform(views.save_view, by=actor):
        flash(_("The view is kept."), "success")
        return redirect(address_of(asked) + (f"&view={form.result.id}" if form.result else ""))
    return page(
        "cases/worklist_view_new.html",
        form.status,
        form=form,
        said=said_filters([dict(parse_qsl(asked))], actor)[0],
        back=address_of(asked),
    )


@bp.post("/views/<int:view_id>/default")
@page_for(staff)
def view_default(view_id: int) -> ResponseReturnValue:
    actor = current_actor()
    view = views.access_view(view_id, actor)
    chosen = None if request.form.get("off") else view
    return _done(ViewChoiceForm(), views.begin_with, chosen)


@bp.post("/views/<int:view_id>/share")
@page_for(staff)
def view_share(view_id: int) -> ResponseReturnValue:
    view = views.access_view(view_id, current_actor())
    return _done(ViewChoiceForm(), views.share, view, shared=not request.form.get("off"))


@bp.post("/views/<int:view_id>/delete")
@page_for(staff)
def view_delete(view_id: int) -> ResponseReturnValue:
    view = views.access_view(view_id, current_actor())
    return _done(ViewChoiceForm(), views.delete_view, view)


def _done(form: Form, action: Any, *args: Any, **more: Any) -> ResponseReturnValue:
    if form.perform(action, *args, by=current_actor(), **more):
        flash(_("Your views are changed."), "success")
    return redirect(url_for(".view_list"))

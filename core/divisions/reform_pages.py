"""Pages that change the map: each shows what would follow before anything is kept."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import holding, page_for
from core.accounts import current_actor
from core.divisions import actions, queries, reforms
from core.divisions.forms import (
    AddForm,
    ChangeForm,
    NamesForm,
    ReformForm,
    RenameForm,
    split_form,
)
from core.divisions.models import Division
from core.errors import RuleBroken
from core.i18n import _
from core.ui import page

bp = Blueprint("reforms", __name__)

changers = holding(*actions.CHANGERS)


@bp.route("/reform", methods=["GET", "POST"])
@page_for(changers)
def division_reform() -> ResponseReturnValue:
    form = ReformForm()
    old = [queries.access_division(it) for it in form.old.data or []]
    return _changed(
        form,
        actions.succeed,
        old=old,
        on=form.on.data,
        template="divisions/division_reform.html",
        title=_("Merge divisions"),
    )


@bp.route("/add", methods=["GET", "POST"])
@page_for(changers)
def division_add() -> ResponseReturnValue:
    form = AddForm()
    return _changed(
        form,
        reforms.add_division,
        old=[],
        on=form.from_on.data,
        template="divisions/division_add.html",
        title=_("Add a division"),
    )


@bp.route("/<int:division_id>/rename", methods=["GET", "POST"])
@page_for(changers)
def division_rename(division_id: int) -> ResponseReturnValue:
    division, form = queries.access_division(division_id), RenameForm()
    return _changed(
        form,
        _rename(division_id),
        old=[division],
        on=form.on.data,
        template="divisions/division_rename.html",
        title=_("Rename %(name)s", name=division.name),
        division=division,
    )


@bp.route("/<int:division_id>/split", methods=["GET", "POST"])
@page_for(changers)
def division_split(division_id: int) -> ResponseReturnValue:
    division = queries.access_division(division_id)
    title = _("Split %(name)s", name=division.name)
    names = NamesForm(request.form if request.method == "POST" else request.args)
    if len(names.listed) < 2:
        return page(
            "divisions/division_split.html",
            422 if names.names.data else 200,
            names=names,
            title=title,
            too_few=bool(names.names.data),
        )
    form = split_form(queries.children(division), names.listed)
    return _changed(
        form,
        _split(division_id),
        old=[division],
        on=form.on.data,
        template="divisions/division_split_below.html",
        title=title,
        division=division,
        parts=names.listed,
    )


def _rename(division_id: int) -> Callable[..., Any]:
    """Return the action on the division as the transaction reads it."""

    def rename(**entered: Any) -> Division:
        return reforms.rename_division(queries.access_division(division_id), **entered)

    return rename


def _split(division_id: int) -> Callable[..., Any]:
    def split(**entered: Any) -> list[Division]:
        return reforms.split_division(queries.access_division(division_id), **entered)

    return split


def _changed(
    form: ChangeForm,
    action: Callable[..., Any],
    *,
    old: list[Division],
    on: date | None,
    template: str,
    title: str,
    **context: Any,
) -> ResponseReturnValue:
    """Show the form, then what would follow, then make the change."""
    actor = current_actor()
    if form.is_submitted() and form.is_confirmed and form.perform(action, by=actor):
        flash(_("The new map is kept. It holds from its first day on."), "success")
        return redirect(url_for("divisions.division_list", on=on))
    if form.is_submitted() and not form.is_confirmed:
        outlook = None
        try:
            if form.validate() and on is not None:
                outlook = reforms.tried(form, action, by=actor, old=old, on=on)
        except RuleBroken as broken:
            form.blame(broken)
        if outlook is not None:
            entered = [
                (name, value)
                for name in request.form
                if name not in ("csrf_token", "confirmed", "once")
                for value in request.form.getlist(name)
            ]
            return page(
                "divisions/division_outlook.html",
                form=form,
                outlook=outlook,
                entered=entered,
                title=title,
                on=on,
            )
    context = {key: value for key, value in context.items() if key != "division"} | {
        "division": queries.access_division(context["division"].id)
        if "division" in context
        else None
    }
    return page(template, form.status, form=form, title=title, **context)

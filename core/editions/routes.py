"""One version of a text: what it says, what it changes, who stands behind it; confirm, withdraw."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import holding, page_for, staff
from core.accounts import current_actor
from core.editions import actions, queries
from core.editions.declaration import SETTERS
from core.editions.forms import StepForm
from core.editions.models import Edition
from core.errors import NotFound
from core.i18n import _
from core.ui import page

bp = Blueprint("editions", __name__)

setters = holding(*SETTERS)


@bp.get("/<int:edition_id>")
@page_for(staff)
def edition_detail(edition_id: int) -> ResponseReturnValue:
    return _show(queries.access_edition(edition_id), StepForm())


@bp.post("/<int:edition_id>/confirm")
@page_for(setters)
def edition_confirm(edition_id: int) -> ResponseReturnValue:
    edition, form = queries.access_edition(edition_id), StepForm()
    if form.perform(actions.confirm, edition, by=current_actor()):
        flash(_("The version is confirmed and holds from its day on."), "success")
        return redirect(url_for(".edition_detail", edition_id=edition_id))
    return _show(edition, form)


@bp.post("/<int:edition_id>/withdraw")
@page_for(setters)
def edition_withdraw(edition_id: int) -> ResponseReturnValue:
    edition, form = queries.access_edition(edition_id), StepForm()
    back = edition.declared.address(edition.key)
    if form.perform(actions.withdraw, edition, by=current_actor()):
        flash(_("The proposal is withdrawn. The present version stays."))
        return redirect(back)
    return _show(edition, form)


def _show(edition: Edition, form: StepForm) -> ResponseReturnValue:
    kind = edition.declared
    against = request.args.get("against", type=int)
    older = queries.access_edition(against) if against else queries.before(edition)
    if older is not None and (older.kind, older.key) != (edition.kind, edition.key):
        raise NotFound(_("There is no such version."))
    present = queries.in_force(kind, edition.key)
    return page(
        "editions/edition_detail.html",
        form.status,
        edition=edition,
        kind=kind,
        shown=kind.shown(edition.key, edition.content),
        older=older,
        rows=queries.comparison(older, edition),
        versions=queries.history(kind, edition.key),
        in_force=present is not None and present.id == edition.id,
        form=form,
        may_set=current_actor().holds(*SETTERS),
    )

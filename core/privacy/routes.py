"""Pages about personal data: the retention table, one's own copy, a number in full."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from core import clock
from core.access import anyone, page_for, signed_in, staff
from core.accounts import Actor, current_actor
from core.privacy import own, reveal
from core.privacy import retention as times
from core.privacy.forms import OwnDataForm, RevealForm
from core.ui import page

bp = Blueprint("privacy", __name__, url_prefix="/privacy")


@bp.get("/retention")
@page_for(anyone)
def retention() -> ResponseReturnValue:
    return page("privacy/retention.html", lines=times.table())


@bp.route("/own", methods=["GET", "POST"])
@page_for(signed_in)
def own_copy() -> ResponseReturnValue:
    actor, form = current_actor(), OwnDataForm()
    form.once.data = ""  # the file is made anew as often as it is asked for
    if actor.user is not None and form.perform(_pack, by=actor):
        name = f"my-data-{clock.today().isoformat()}.zip"
        return Response(
            form.result,
            content_type="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    return page("privacy/own_copy.html", form.status, form=form)


@bp.route("/numbers/<kind>/<int:row_id>/<field>", methods=["GET", "POST"])
@page_for(staff)
def number(kind: str, row_id: int, field: str) -> ResponseReturnValue:
    actor = current_actor()
    it, row = reveal.access(kind, row_id, field, actor)
    form = RevealForm()
    form.once.data = ""  # each look is one of its own
    shown = form.perform(_reveal, it=it, row=row, field=field, by=actor)
    return page(
        "privacy/number.html",
        form.status,
        form=form,
        name=it.name(row),
        label=it.fields[field],
        hidden=reveal.shown_masked(row, field),
        value=form.result if shown else None,
        case_id=it.case_id(row),
    )


def _pack(*, by: Actor) -> bytes:
    assert by.user is not None
    return own.packed(by.user, by=by)


def _reveal(*, reason: str, it: reveal.Revealable, row: object, field: str, by: Actor) -> str:
    return reveal.reveal(it, row, field, reason=reason, by=by)

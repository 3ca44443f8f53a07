"""Pages of bodies, and the end of a membership."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core import divisions
from core.access import holding, page_for
from core.accounts import Body, BodyKind, Role, current_actor
from core.bodies import actions, queries
from core.bodies.forms import BodyForm, BodySearch, EndForm, NameForm
from core.db import db
from core.divisions import Division, offices
from core.exports import Column, Kind, rows_of, stream
from core.i18n import _, _l
from core.paging import page_of
from core.ui import page

bp = Blueprint("bodies", __name__)

READERS = (Role.ADMINISTRATOR, Role.BUREAU_HEAD, Role.AUDITOR)
ROWS = 50

readers = holding(*READERS)
changers = holding(*actions.CHANGERS)


def _place(body: Body) -> str:
    if body.division_id is None:
        return ""
    return divisions.path(db.session.get_one(Division, body.division_id))


BODY_COLUMNS = (
    Column(_l("Name"), "name", width=40),
    Column(_l("Kind"), "kind", Kind.LABEL),
    Column(_l("Division"), _place, width=30),
)


@bp.get("/bodies")
@page_for(readers)
def body_list() -> ResponseReturnValue:
    search = BodySearch(request.args)
    words = (search.q.data or "").strip()[:100]
    found = page_of(
        queries.list_bodies(words, search.asked_kind),
        queries.BODY_ORDER,
        size=ROWS,
        after=request.args.get("after"),
    )
    counted = queries.count_members(found.items)
    rows = [
        {
            "name": it.name,
            "url": url_for(".body_detail", body_id=it.id),
            "kind": it.kind.label,
            "place": _place(it),
            "people": counted.get(it.id, 0),
        }
        for it in found.items
    ]
    return page(
        "bodies/body_list.html",
        search=search,
        narrowed=sum(map(bool, (words, search.asked_kind))),
        rows=rows,
        found=found,
        may_change=current_actor().holds(*actions.CHANGERS),
    )


@bp.get("/bodies.<format>")
@page_for(readers)
def body_export(format: str) -> Response:
    search = BodySearch(request.args)
    words, kind = (search.q.data or "").strip()[:100], search.asked_kind
    rows = rows_of(queries.BODY_ORDER.sorted(queries.list_bodies(words, kind)))
    return stream(_("Bodies"), BODY_COLUMNS, rows, format, filters=kind.label if kind else "")


@bp.route("/bodies/add", methods=["GET", "POST"])
@page_for(changers)
def body_add() -> ResponseReturnValue:
    form = BodyForm()
    if form.perform(actions.add_body, by=current_actor()):
        flash(_("The body is added. Give people their roles in it next."), "success")
        return redirect(url_for(".body_detail", body_id=form.result.id))
    return page("bodies/body_add.html", form.status, form=form)


@bp.get("/bodies/<int:body_id>")
@page_for(readers)
def body_detail(body_id: int) -> ResponseReturnValue:
    return _show(queries.access_body(body_id))


@bp.post("/bodies/<int:body_id>/name")
@page_for(changers)
def body_rename(body_id: int) -> ResponseReturnValue:
    body, form = queries.access_body(body_id), NameForm()
    if form.perform(actions.rename_body, body, by=current_actor()):
        flash(_("The new name is kept. It holds from its day on."), "success")
        return redirect(url_for(".body_detail", body_id=body_id))
    return _show(queries.access_body(body_id), form)


@bp.route("/memberships/<int:membership_id>/end", methods=["GET", "POST"])
@page_for(changers)
def membership_end(membership_id: int) -> ResponseReturnValue:
    membership, form = queries.access_membership(membership_id), EndForm()
    body_id, person_id = membership.body_id, membership.user_id
    if form.perform(actions.end_membership, membership, by=current_actor()):
        flash(_("The membership ends. What the person did stays on record."), "success")
        if "person" in request.args:
            return redirect(url_for("people.person_detail", person_id=person_id))
        return redirect(url_for(".body_detail", body_id=body_id))
    membership = queries.access_membership(membership_id)
    return page("bodies/membership_end.html", form.status, form=form, membership=membership)


def _show(body: Body, form: NameForm | None = None) -> ResponseReturnValue:
    may_change = current_actor().holds(*actions.CHANGERS)
    kinds = offices.decided_kinds()
    held = [
        {
            "kind": str(kinds[it.case_kind]),
            "division": divisions.path(it.division),
            "from_on": it.from_on,
            "to_on": it.to_on,
        }
        for it in queries.offices_held(body)
    ]
    is_office = body.kind is not BodyKind.ORGANIZATION
    return page(
        "bodies/body_detail.html",
        form.status if form else 200,
        body=body,
        place=_place(body),
        offices=held,
        members=queries.members(body),
        may_invite=current_actor().holds(Role.ADMINISTRATOR),
        names=queries.names_of(body),
        form=form or NameForm(formdata=None) if may_change and is_office else None,
        may_change=may_change,
    )

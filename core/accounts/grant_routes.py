"""Pages of roles: what administrators asked for, and what waits for a second one of them."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core import clock
from core.access import holding, page_for
from core.accounts import grants, queries
from core.accounts.actor import current_actor
from core.accounts.forms import EverywhereForm, RoleAnswerForm, RoleRequestForm
from core.accounts.roles import Role
from core.exports import Column, Kind, rows_of, stream
from core.i18n import _, _l
from core.ui import page

bp = Blueprint("roles", __name__, url_prefix="/roles")
ADMINISTRATORS = holding(Role.ADMINISTRATOR)

COLUMNS = (
    Column(_l("Full name"), "display_name"),
    Column(_l("Role"), "role", Kind.LABEL),
    Column(_l("Body"), lambda row: row.body.name),
    Column(_l("From"), "from_on", Kind.DAY),
    Column(_l("Until"), "to_on", Kind.DAY),
    Column(_l("Reason"), "reason", width=40),
    Column(_l("Asked for by"), lambda row: row.requested_by.display_name),
    Column(_l("Asked for on"), "requested_at", Kind.MOMENT),
    Column(_l("Confirmed"), "granted", Kind.LABEL),
    Column(_l("Decided by"), lambda row: row.decided_by.display_name if row.decided_by else ""),
)


@bp.get("")
@page_for(ADMINISTRATORS)
def role_list() -> ResponseReturnValue:
    waiting = request.args.get("show") != "decided"
    found = grants.list_requests(open_ones=waiting, after=request.args.get("after"))
    rows = [
        {
            "name": each.display_name,
            "url": url_for(".role_detail", request_id=each.id),
            "role": each.role.label,
            "body": each.body.name,
            "asked": each.requested_at,
            "by": each.requested_by.display_name,
            "granted": each.granted,
        }
        for each in found.items
    ]
    return page("accounts/role_list.html", found=found, rows=rows, waiting=waiting)


@bp.get("/export.<format>")
@page_for(ADMINISTRATORS)
def role_export(format: str) -> ResponseReturnValue:
    query = grants.query_requests(open_ones=request.args.get("show") != "decided")
    return stream(_("Roles"), COLUMNS, rows_of(grants.NEWEST.sorted(query)), format)


@bp.route("/new", methods=["GET", "POST"])
@page_for(ADMINISTRATORS)
def role_new() -> ResponseReturnValue:
    form = RoleRequestForm(data=_begun() if request.method == "GET" else None)
    form.offer(queries.named_bodies())
    if form.perform(grants.request_role, by=current_actor()):
        flash(_("The role waits for a second administrator."), "success")
        return redirect(url_for(".role_detail", request_id=form.result.id))
    return page("accounts/role_new.html", form.status, form=form)


def _begun() -> dict[str, Any]:
    """Return what a new request begins with: today, and the body or the person from whose page somebody came."""
    return {
        "from_on": clock.today(),
        "body_id": request.args.get("body_id", 0, int),
        "person": request.args.get("person", "")[:200],
    }


@bp.get("/<int:request_id>")
@page_for(ADMINISTRATORS)
def role_detail(request_id: int) -> ResponseReturnValue:
    return _show(request_id)


@bp.post("/<int:request_id>/confirm")
@page_for(ADMINISTRATORS)
def role_confirm(request_id: int) -> ResponseReturnValue:
    asked = grants.access_request(request_id, current_actor())
    form = EverywhereForm()
    if form.perform(grants.confirm_role, asked, by=current_actor()):
        if asked.user_id is None:
            flash(_("An invitation has been sent. The role is given when they accept."), "success")
        else:
            flash(_("The role is given."), "success")
        return redirect(url_for(".role_list"))
    return _show(request_id, form.status, confirm=form)


@bp.post("/<int:request_id>/refuse")
@page_for(ADMINISTRATORS)
def role_refuse(request_id: int) -> ResponseReturnValue:
    asked = grants.access_request(request_id, current_actor())
    form = RoleAnswerForm()
    if form.perform(grants.refuse_role, asked, by=current_actor()):
        flash(_("The role is not given."), "success")
        return redirect(url_for(".role_list"))
    return _show(request_id, form.status, refuse=form)


def _show(request_id: int, status: int = 200, **tried: Any) -> ResponseReturnValue:
    asked, today = grants.access_request(request_id, current_actor()), clock.today()
    every = queries.list_memberships(asked.user) if asked.user else []
    held = [it for it in every if it.holds_on(today)]
    return page(
        "accounts/role_detail.html",
        status,
        asked=asked,
        held=held,
        beside=[it.role for it in held if it.body_id == asked.body_id],
        confirm_form=tried.get("confirm") or EverywhereForm(formdata=None),
        refuse_form=tried.get("refuse") or RoleAnswerForm(formdata=None),
    )

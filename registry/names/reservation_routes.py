"""Reserved names: one's own, and all of them for the office."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core import policy
from core.access import page_for, signed_in, staff
from core.accounts import current_actor
from core.exports import Column, Kind, rows_of, stream
from core.i18n import _, _l, day
from core.ui import page
from registry.names import actions, queries, reservation_queries
from registry.names.forms import ButtonForm, ReservationSearch, ReserveForm
from registry.names.policy import RENEWALS, RESERVATION_DAYS
from registry.names.refusals import keep_refusal

bp = Blueprint("name_reservations", __name__, url_prefix="/names/reservations")
PAGE = 50

COLUMNS = (
    Column(_l("Name"), "name"),
    Column(_l("Type"), "type", Kind.LABEL),
    Column(_l("Holder"), lambda it: it.holder.display_name),
    Column(_l("Reserved at"), "reserved_at", Kind.MOMENT),
    Column(_l("Until"), "expires_on", Kind.DAY),
    Column(_l("Case"), lambda it: (it.case.number or "") if it.case else ""),
    Column(_l("Ended at"), "ended_at", Kind.MOMENT),
    Column(_l("Why it ended"), "ending", Kind.LABEL),
)


@bp.get("")
@page_for(signed_in)
def own() -> ResponseReturnValue:
    return _own_page()


@bp.post("")
@page_for(signed_in)
def reserve() -> ResponseReturnValue:
    form, actor = ReserveForm(), current_actor()
    if form.perform(actions.reserve, by=actor):
        until = form.result.expires_on
        flash(
            _("“%(name)s” is yours until %(day)s.", name=form.result.name, day=day(until))
            if until
            else _("This name is held for your application already."),
            "success",
        )
        return redirect(url_for(".own"))
    keep_refusal("name:reserve_refused", form, by=actor)
    return _own_page(form)


@bp.post("/<int:reservation_id>/renew")
@page_for(signed_in)
def renew(reservation_id: int) -> ResponseReturnValue:
    form, actor = ButtonForm(), current_actor()
    found = queries.access_reservation(reservation_id, actor)
    if form.perform(actions.renew, found, by=actor):
        assert form.result.expires_on is not None
        flash(_("The name is yours until %(day)s.", day=day(form.result.expires_on)), "success")
        return redirect(url_for(".own"))
    keep_refusal("name:renew_refused", form, by=actor, subject=found)
    return _own_page(button=form)


@bp.post("/<int:reservation_id>/release")
@page_for(signed_in)
def release(reservation_id: int) -> ResponseReturnValue:
    form, actor = ButtonForm(), current_actor()
    found = queries.access_reservation(reservation_id, actor)
    if form.perform(actions.release, found, by=actor):
        flash(_("You have given the name up; it is free for others."))
        return redirect(url_for(".own"))
    return _own_page(button=form)


def _own_page(
    form: ReserveForm | None = None, button: ButtonForm | None = None
) -> ResponseReturnValue:
    status = form.status if form else button.status if button else 200
    return page(
        "names/own.html",
        status,
        form=form or ReserveForm(formdata=None),
        button=button or ButtonForm(formdata=None),
        reservations=queries.list_own(current_actor()),
        days=policy.value(RESERVATION_DAYS.key),
        renewals=policy.value(RENEWALS.key),
    )


@bp.get("/register")
@page_for(staff)
def register() -> ResponseReturnValue:
    search = ReservationSearch(request.args)
    narrowing = _narrowing(search)
    found = reservation_queries.list_reservations(
        narrowing, size=PAGE, after=request.args.get("after")
    )
    rows = [
        {
            "name": it.name,
            "type": it.type.label,
            "holder": it.holder.display_name,
            "reserved_at": it.reserved_at,
            "expires_on": it.expires_on,
            "case": it.case,
            "ending": it.ending.label if it.ending else None,
            "ended_at": it.ended_at,
        }
        for it in found.items
    ]
    return page(
        "names/register.html", search=search, found=found, rows=rows, narrowed=narrowing.count
    )


@bp.get("/register.<format>")
@page_for(staff)
def register_export(format: str) -> ResponseReturnValue:
    search = ReservationSearch(request.args)
    narrowing = _narrowing(search)
    rows = rows_of(reservation_queries.reservations(narrowing))
    return stream(_("Reserved names"), COLUMNS, rows, format, filters=narrowing.q)


def _narrowing(search: ReservationSearch) -> reservation_queries.Narrowing:
    return reservation_queries.Narrowing((search.q.data or "").strip(), search.show.data or "")

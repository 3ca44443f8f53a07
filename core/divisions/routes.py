"""Pages of the map and its offices: how the district is divided on a day, and who decides."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import holding, page_for, staff
from core.accounts import current_actor
from core.divisions import actions, offices, queries
from core.divisions.forms import DaySearch, OfficeForm, RelieveForm
from core.divisions.models import Division, Jurisdiction
from core.exports import Column, Kind, stream
from core.i18n import _, _l, ngettext
from core.i18n import day as say_day
from core.ui import page

bp = Blueprint("divisions", __name__)

changers = holding(*actions.CHANGERS)


@dataclass(frozen=True)
class CommunityRow:
    id: int
    name: str
    street: str


@dataclass(frozen=True)
class StreetRow:
    id: int
    name: str
    communities: int
    valid_from: date | None
    valid_to: date | None
    became: str


@dataclass(frozen=True)
class OfficeRow:
    kind: str
    division: str
    body: str
    from_on: date
    to_on: date | None
    url: str | None


STREETS = (
    Column(_l("Street"), "name"),
    Column(_l("Communities"), "communities", Kind.NUMBER),
    Column(_l("From"), "valid_from", Kind.DAY),
    Column(_l("Until"), "valid_to", Kind.DAY),
    Column(_l("Went into"), "became", width=40),
)
OFFICES = (
    Column(_l("What is decided"), "kind", width=30),
    Column(_l("Division"), "division", width=30),
    Column(_l("Deciding body"), "body", width=40),
    Column(_l("From"), "from_on", Kind.DAY),
    Column(_l("Until"), "to_on", Kind.DAY),
)


@bp.get("/")
@page_for(staff)
def division_list() -> ResponseReturnValue:
    return _show()


@bp.get("/streets.<format>")
@page_for(staff)
def street_export(format: str) -> ResponseReturnValue:
    day = DaySearch(request.args).day
    return stream(_("Streets"), STREETS, _streets(day), format, filters=say_day(day))


@bp.get("/offices.<format>")
@page_for(staff)
def office_export(format: str) -> ResponseReturnValue:
    kinds = offices.decided_kinds()
    rows = [_office(it, kinds) for it in offices.list_entries()]
    return stream(_("Who decides"), OFFICES, rows, format)


@bp.post("/offices")
@page_for(changers)
def office_assign() -> ResponseReturnValue:
    form = OfficeForm()
    if form.perform(actions.assign_office, by=current_actor()):
        flash(_("The office is set. New cases go to it from its first day on."), "success")
        return redirect(url_for(".division_list"))
    return _show(form)


@bp.route("/offices/<int:entry_id>", methods=["GET", "POST"])
@page_for(changers)
def office_relieve(entry_id: int) -> ResponseReturnValue:
    entry, form = offices.access_entry(entry_id), RelieveForm()
    if form.perform(actions.relieve_office, entry, by=current_actor()):
        flash(_("The entry ends. After its last day the division above decides."), "success")
        return redirect(url_for(".division_list"))
    return page(
        "divisions/office_relieve.html",
        form.status,
        form=form,
        row=_office(entry, offices.decided_kinds()),
    )


def _show(form: OfficeForm | None = None) -> ResponseReturnValue:
    search = DaySearch(request.args)
    day, may_change = search.day, current_actor().holds(*actions.CHANGERS)
    if form is None and may_change:
        form = OfficeForm()
    streets, counted = _streets(day), queries.communities(on=day)
    kinds = offices.decided_kinds()
    return page(
        "divisions/division_list.html",
        form.status if form else 200,
        search=search,
        day=day,
        district=queries.the_district(),
        summary=ngettext("%(num)d street", "%(num)d streets", len(streets))
        + _(", ")
        + ngettext("%(num)d community", "%(num)d communities", len(counted)),
        streets=streets,
        offices=[_office(it, kinds) for it in offices.list_entries()],
        form=form,
        may_change=may_change,
        communities=[_community(it) for it in counted],
    )


def _streets(day: date) -> list[StreetRow]:
    """Return the streets that stood on a day, each with what became of it."""
    followers, counted = queries.all_successors(), queries.communities(on=day)
    return [_street(it, counted, followers.get(it.id, [])) for it in queries.streets(day)]


def _street(street: Division, communities: list[Division], became: list[Division]) -> StreetRow:
    return StreetRow(
        id=street.id,
        name=street.name,
        communities=sum(it.parent_id == street.id for it in communities),
        valid_from=street.valid_from,
        valid_to=street.valid_to,
        became=_(", ").join(it.name for it in became),
    )


def _community(it: Division) -> CommunityRow:
    return CommunityRow(it.id, it.name, it.parent.name if it.parent else "")


def _office(entry: Jurisdiction, kinds: offices.Kinds) -> OfficeRow:
    relieve = url_for(".office_relieve", entry_id=entry.id) if entry.to_on is None else None
    return OfficeRow(
        kind=str(kinds[entry.case_kind]),
        division=queries.path(entry.division),
        body=entry.body.name,
        from_on=entry.from_on,
        to_on=entry.to_on,
        url=relieve,
    )

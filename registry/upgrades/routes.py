"""The page of a group on its way to registration, and the list of those that are ready."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core import divisions
from core.access import holding, page_for, signed_in
from core.accounts import Actor, current_actor
from core.divisions.queries import upper_divisions
from core.errors import NotFound
from core.exports import FORMATS, Column, Kind, rows_of, stream
from core.i18n import _, _l
from core.paging import page_of
from core.ui import page
from registry.organizations.kinds import OrganizationType, Track
from registry.organizations.models import Organization
from registry.upgrades import actions, queries, rules
from registry.upgrades.forms import OutlookSearch, StartForm, facts_form
from registry.upgrades.models import UpgradeOutlook
from registry.upgrades.queries import READERS
from registry.upgrades.views import labels_of, type_view

bp = Blueprint("upgrades", __name__, url_prefix="/upgrades")

#: How many lines a page of the list has.
LINES = 50


# --- one group


@bp.get("/<path:number>")
@page_for(signed_in)
def upgrade_detail(number: str) -> ResponseReturnValue:
    organization = queries.access_group(number, current_actor())
    if organization.track is not Track.FILED:
        return redirect(url_for("portal.organization", number=organization.number))
    return _show(organization, _type_asked(organization))


@bp.post("/<path:number>/facts/<type>")
@page_for(signed_in)
def upgrade_tell(number: str, type: str) -> ResponseReturnValue:
    organization, kind = _asked(number, type)
    recorded = queries.recorded_of([organization])[organization.id]
    form = facts_form(recorded, kind)
    if form.perform(actions.tell_facts, organization, kind, by=current_actor()):
        flash(_("Kept. Below you see what is still missing."), "success")
        return redirect(url_for(".upgrade_detail", number=number, type=type))
    return _show(organization, kind, facts=form)


@bp.post("/<path:number>/application/<type>")
@page_for(signed_in)
def upgrade_start(number: str, type: str) -> ResponseReturnValue:
    organization, kind = _asked(number, type)
    form = StartForm()
    if form.perform(actions.open_upgrade, organization, kind, by=current_actor()):
        return redirect(url_for("cases.case_detail", case_id=form.result.id))
    return _show(organization, kind, start=form)


def _asked(number: str, type: str) -> tuple[Organization, OrganizationType]:
    organization = queries.access_group(number, current_actor())
    if type not in set(rules.offered()):
        raise NotFound(_("This type is not registered here."))
    return organization, OrganizationType(type)


def _type_asked(organization: Organization) -> OrganizationType:
    """Return the type that the address names, else the nearest."""
    wanted = request.args.get("type", "")
    if wanted in set(rules.offered()):
        return OrganizationType(wanted)
    return rules.nearest(queries.recorded_of([organization])[organization.id])[0]


def _show(
    organization: Organization, type: OrganizationType, facts: Any = None, start: Any = None
) -> ResponseReturnValue:
    actor = current_actor()
    recorded = queries.recorded_of([organization])[organization.id]
    claim = queries.upgrade_of(organization.id)
    own = organization.id in actor.member_of
    refused = facts or start
    views = [type_view(recorded, it) for it in rules.offered()]
    return page(
        "registry/upgrades/upgrade_detail.html",
        refused.status if refused else 200,
        organization=organization,
        view=next(it for it in views if it.type is type),
        tabs=[
            {
                "label": it.type.label,
                "url": url_for(".upgrade_detail", number=organization.number, type=it.type.value),
                "active": it.type is type,
                "count": it.missing,
            }
            for it in views
        ],
        own=own,
        readers=READERS,
        acting=queries.acts_for(organization, actor),
        holds=organization.status in rules.MAY_RISE,
        claim=claim,
        applications=queries.open_applications(organization.id) if own else [],
        told=queries.told_by(organization.id),
        facts=facts or facts_form(recorded, type, formdata=None),
        start=start or StartForm(formdata=None),
    )


# --- the list


COLUMNS = (
    Column(_l("Name"), lambda it: it.organization.name, width=40),
    Column(_l("Filing number"), lambda it: it.organization.filing_number, width=30),
    Column(_l("Street"), lambda it: _recorded().get(it.organization.street_id, "")),
    Column(_l("Nearest type"), "type", Kind.LABEL),
    Column(_l("Conditions missing"), "missing", Kind.NUMBER),
    Column(_l("What is missing"), lambda it: "；".join(labels_of(it.type, it.lacking)), width=50),
    Column(_l("Met since"), "ready_on", Kind.DAY),
    Column(_l("Told on"), "told_on", Kind.DAY),
)


def _streets() -> dict[int, str]:
    return {it.id: it.name for it in divisions.streets()}


def _recorded() -> dict[int, str]:
    """Return the names of the streets of all times: a group is shown in the one it was filed in."""
    return {it.id: it.name for it in upper_divisions()}


def _search(actor: Actor) -> OutlookSearch:
    search = OutlookSearch(request.args)
    search.offer(_streets() if actor.holds(*queries.OVERSEERS) else {})
    return search


@bp.get("")
@page_for(holding(*READERS))
def upgrade_list() -> ResponseReturnValue:
    actor = current_actor()
    search = _search(actor)
    wanted = search.narrowing()
    found = page_of(
        queries.list_outlooks(wanted, actor),
        queries.order_of(wanted),
        size=LINES,
        after=request.args.get("after"),
    )
    numbers = queries.applications_of([it.organization_id for it in found.items])
    streets = _recorded()
    query = request.query_string.decode()
    return page(
        "registry/upgrades/upgrade_list.html",
        search=search,
        wanted=wanted,
        found=found,
        ready=queries.count_ready(actor),
        rows=[_row(it, streets, numbers) for it in found.items],
        wide=actor.holds(*queries.OVERSEERS),
        exports=[
            (format.upper(), url_for(".upgrade_export", format=format) + f"?{query}")
            for format in FORMATS
        ],
    )


def _row(
    outlook: UpgradeOutlook, streets: dict[int, str], numbers: dict[int, str]
) -> dict[str, object]:
    it = outlook.organization
    return {
        "name": it.name,
        "url": url_for(".upgrade_detail", number=it.filing_number, type=outlook.type.value),
        "number": it.filing_number,
        "street": streets.get(it.street_id or 0, ""),
        "type": outlook.type,
        "missing": outlook.missing,
        "lacking": labels_of(outlook.type, outlook.lacking),
        "ready_on": outlook.ready_on,
        "application": numbers.get(outlook.organization_id, ""),
    }


@bp.get("/export.<format>")
@page_for(holding(*READERS))
def upgrade_export(format: str) -> ResponseReturnValue:
    actor = current_actor()
    search = _search(actor)
    wanted = search.narrowing()
    rows = rows_of(queries.order_of(wanted).sorted(queries.list_outlooks(wanted, actor)))
    said = search.described(_streets())
    return stream(_("Ready to register"), COLUMNS, rows, format, filters=said)

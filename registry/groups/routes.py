"""The street's list of filed groups, and the buttons on a group's page."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import holding, page_for, signed_in
from core.accounts import Role, current_actor, sessions
from core.errors import NotFound
from core.exports import FORMATS, Column, Kind, rows_of, stream
from core.forms import Form
from core.i18n import _, _l
from core.paging import page_of
from core.ui import page
from core.workflow import actions, workflow_of
from registry.activity_reports.queries import last_reported
from registry.dormancy.actions import open_dormant_cancellation
from registry.dormancy.queries import last_signs
from registry.groups import queries
from registry.groups.forms import GroupSearch
from registry.groups.queries import NEEDS, READERS, Need
from registry.organizations.models import Organization
from registry.portal import facts

bp = Blueprint("groups", __name__, url_prefix="/groups")

#: How many lines a page has.
LINES = 30
#: What a group can start from its page.
STARTED = ("filing_renewal", "activity_report", "filing_cancellation")


def _place(organization: Organization) -> str:
    return facts.place(organization.division_id or organization.street_id)


def _column(number: int) -> Callable[[Any], bool]:
    return lambda row: bool(row[number])


COLUMNS = (
    Column(_l("Name"), lambda row: row[0].name, width=40),
    Column(_l("Filing number"), lambda row: row[0].filing_number, width=30),
    Column(_l("Street and community"), lambda row: _place(row[0]), width=30),
    Column(_l("Status"), lambda row: row[0].status, Kind.LABEL),
    Column(_l("Filed on"), lambda row: row[0].founded_on, Kind.DAY),
    Column(_l("Valid until"), lambda row: row[0].valid_until, Kind.DAY),
    Column(_l("Latest year reported"), lambda row: row[1], Kind.NUMBER),
    *(Column(NEEDS[need][0], _column(place), Kind.LABEL) for place, need in enumerate(Need, 2)),
)


@bp.get("")
@page_for(holding(*READERS))
def group_list() -> ResponseReturnValue:
    actor, search = current_actor(), GroupSearch(request.args)
    search.offer(actor)
    wanted = search.narrowing()
    found = page_of(
        queries.list_groups(wanted, actor),
        queries.order_of(wanted, actor),
        size=LINES,
        after=request.args.get("after"),
    )
    query = request.query_string.decode()
    counts = queries.count_needs(wanted.place, actor)
    return page(
        "registry/groups/group_list.html",
        search=search,
        wanted=wanted,
        found=found,
        rows=_rows(found.items),
        counts=[(need, number) for need, number in counts.items() if number],
        exports=[
            (format.upper(), url_for(".group_export", format=format) + f"?{query}")
            for format in FORMATS
        ],
    )


def _rows(groups: Any) -> list[dict[str, Any]]:
    ids = [it.id for it in groups]
    needs, reported = queries.needs_of(ids), last_reported(ids)
    signs = last_signs(groups)
    return [
        {
            "name": it.name,
            "url": url_for("portal.organization", number=it.number),
            "place": _place(it),
            "needs": needs.get(it.id, []),
            "valid_until": it.valid_until,
            "reported": str(reported.get(it.id, "")),
            "sign_on": signs[it.id],
        }
        for it in groups
    ]


@bp.get("/export.<format>")
@page_for(holding(*READERS))
def group_export(format: str) -> ResponseReturnValue:
    search = GroupSearch(request.args)
    rows = rows_of(queries.exported(search.narrowing(), current_actor()))
    return stream(_("Groups on file"), COLUMNS, rows, format, filters=search.described())


@bp.post("/<int:organization_id>/cancellation")
@page_for(holding(Role.STREET_OFFICER))
def dormant_cancellation_open(organization_id: int) -> ResponseReturnValue:
    actor = current_actor()
    group, form = queries.access_group(organization_id, actor), Form()
    if form.perform(open_dormant_cancellation, group, by=actor):
        flash(_("The proceeding is open. Announce it next."), "success")
        return redirect(url_for("cases.case_detail", case_id=form.result.id))
    return _refused(group, form)


@bp.post("/<int:organization_id>/cases/<int:case_id>")
@page_for(signed_in)
def case_open(organization_id: int, case_id: int) -> ResponseReturnValue:
    """Lead to a case of the group, as somebody who acts for it."""
    group, _by = queries.access_own(organization_id, current_actor())
    sessions.act_for(group.id)
    return redirect(url_for("cases.case_detail", case_id=case_id))


@bp.post("/<int:organization_id>/<kind>")
@page_for(signed_in)
def duty_start(organization_id: int, kind: str) -> ResponseReturnValue:
    """Open what a group has to do, for the group, whomever its person acted for before."""
    if kind not in STARTED:
        raise NotFound(_("There is no such matter to apply for."))
    group, by = queries.access_own(organization_id, current_actor())
    workflow, form = workflow_of(kind), Form()
    if form.perform(actions.start, workflow, workflow.guides[0], by=by):
        sessions.act_for(group.id)
        return redirect(url_for("cases.case_detail", case_id=form.result.id))
    return _refused(group, form)


def _refused(group: Organization, form: Form) -> ResponseReturnValue:
    flash(" ".join(map(str, form.form_errors)), "error")
    return redirect(url_for("portal.organization", number=group.number))

"""The worklist: one page for everyone in an office."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SearchField, SelectField

from core import policy
from core.access import page_for, staff
from core.accounts import current_actor
from core.exports import FORMATS, Column, Kind, rows_of, stream
from core.i18n import _, _l
from core.paging import page_of
from core.ui import page, plain_url
from core.workflow import queries
from core.workflow.declaration import declared
from core.workflow.lines import case_line
from core.workflow.pages import last_day
from core.workflow.queries import Pile, Urgency, WorklistFilter
from core.workflow.sections import spoken

bp = Blueprint("worklist", __name__)

ROWS = 50
NARROWING = ("pile", "kind", "state", "urgency", "q", "policy", "since")

COLUMNS = (
    Column(_l("Number"), "number"),
    Column(_l("Case"), "title", width=40),
    Column(_l("Matter"), lambda case: str(case.matter_label)),
    Column(_l("State"), lambda case: str(case.standing.label)),
    Column(_l("Submitted on"), "submitted_at", Kind.MOMENT),
    Column(_l("Deadline"), last_day, Kind.DAY),
    Column(_l("In hand of"), lambda case: case.assignee.display_name if case.assignee else ""),
    Column(_l("Closed on"), "closed_at", Kind.MOMENT),
)


class WorklistSearch(Form):
    """The filters above the worklist; they travel in the address."""

    q = SearchField(_l("Number or name"))
    kind = SelectField(_l("Matter"))
    state = SelectField(_l("State"))
    urgency = SelectField(_l("Time"))


def _search_form(wanted: WorklistFilter) -> WorklistSearch:
    """Return the filters with every choice there is; states are those of the chosen matter."""
    kinds = [w for w in declared() if not wanted.kind or w.kind == wanted.kind]
    states = {
        key: str(state.label) for w in kinds for key, state in w.state.items() if not state.private
    }
    form = WorklistSearch(
        q=wanted.text,
        kind=wanted.kind or "",
        state=wanted.state or "",
        urgency=wanted.urgency.value if wanted.urgency else "",
    )
    every = ("", _("All"))
    form.kind.choices = [every, *((w.kind, str(w.title)) for w in declared())]
    form.state.choices = [every, *states.items()]
    form.urgency.choices = [every, *((u.value, u.label) for u in Urgency)]
    return form


def _wanted() -> WorklistFilter:
    """Read the filter from the address; what is not known there counts as not asked."""
    asked = request.args
    kinds = {w.kind for w in declared()}
    return WorklistFilter(
        pile=Pile(asked["pile"]) if asked.get("pile") in set(Pile) else Pile.OFFICE,
        kind=asked["kind"] if asked.get("kind") in kinds else None,
        state=asked.get("state") or None,
        urgency=Urgency(asked["urgency"]) if asked.get("urgency") in set(Urgency) else None,
        text=asked.get("q", "").strip()[:100],
        version=_version(asked.get("policy", ""), asked.get("since", "")),
    )


def _version(key: str, since: str) -> tuple[str, str] | None:
    """Return the version of a policy that the cases are to have; None for one nobody knows."""
    known = key in {it.key for it in policy.declared()}
    return (key, since[:10]) if known and since else None


def _tabs(wanted: WorklistFilter) -> list[dict[str, Any]]:
    """Return the piles with their counts; a count stops at a thousand."""
    counts = queries.count_piles(current_actor())
    return [
        {
            "label": pile.label,
            "url": plain_url(pile=pile.value, after=None),
            "count": counts.get(pile),
            "active": pile is wanted.pile,
        }
        for pile in Pile
    ]


def _said_version(wanted: WorklistFilter) -> str:
    """Return which version of which setting the cases are narrowed to, in words; else nothing."""
    if wanted.version is None:
        return ""
    key, since = wanted.version
    label = str(policy.declaration(key).label)
    if since == queries.DEFAULT:
        return _("Cases that keep the default of “%(label)s”", label=label)
    return _("Cases that keep “%(label)s” as of %(day)s", label=label, day=since)


def _described(form: WorklistSearch) -> str:
    """Return the filters in words, for the name of the exported file."""
    asked = (form.q, form.kind, form.state, form.urgency)
    return "_".join(spoken(field) for field in asked if field.data)


@bp.get("/worklist")
@page_for(staff)
def worklist() -> ResponseReturnValue:
    wanted = _wanted()
    found = page_of(
        queries.list_worklist(wanted, current_actor()),
        queries.worklist_order(wanted.pile),
        size=ROWS,
        after=request.args.get("after"),
    )
    narrowing = urlencode([(k, v) for k, v in request.args.items() if k in NARROWING])
    return page(
        "cases/worklist.html",
        wanted=wanted,
        found=found,
        lines=[case_line(case, public=False) for case in found.items],
        tabs=_tabs(wanted),
        form=_search_form(wanted),
        narrowed=sum(
            map(bool, (wanted.kind, wanted.state, wanted.urgency, wanted.text, wanted.version))
        ),
        version=_said_version(wanted),
        exports=[
            (format.upper(), url_for(".worklist_export", format=format) + f"?{narrowing}")
            for format in FORMATS
        ],
    )


@bp.get("/worklist.<format>")
@page_for(staff)
def worklist_export(format: str) -> ResponseReturnValue:
    wanted = _wanted()
    query = queries.list_worklist(wanted, current_actor())
    rows = rows_of(queries.worklist_order(wanted.pile).sorted(query))
    name = _("%(list)s: %(pile)s", list=_("Worklist"), pile=wanted.pile.label)
    return stream(name, COLUMNS, rows, format, filters=_described(_search_form(wanted)))

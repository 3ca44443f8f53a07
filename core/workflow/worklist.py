"""The worklist: one page for everyone in an office."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SearchField, SelectField

from core.access import page_for, staff
from core.accounts import current_actor
from core.i18n import _, _l
from core.paging import page_of
from core.ui import page, plain_url
from core.workflow import queries
from core.workflow.declaration import declared
from core.workflow.lines import case_line
from core.workflow.queries import Pile, Urgency, WorklistFilter

bp = Blueprint("worklist", __name__)

ROWS = 50


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
    )


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
    return page(
        "cases/worklist.html",
        wanted=wanted,
        found=found,
        lines=[case_line(case, public=False) for case in found.items],
        tabs=_tabs(wanted),
        form=_search_form(wanted),
        narrowed=sum(map(bool, (wanted.kind, wanted.state, wanted.urgency, wanted.text))),
    )

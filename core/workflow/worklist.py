"""The worklist: one page for everyone in an office."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import page_for, staff
from core.accounts import Role, current_actor
from core.errors import Words
from core.exports import FORMATS, Column, Kind, rows_of, stream
from core.i18n import _, _l
from core.ui import page, plain_url
from core.workflow import listing, piles, views
from core.workflow.lines import case_lines
from core.workflow.models import Case
from core.workflow.pages import last_day
from core.workflow.parties import Party
from core.workflow.piles import Pile
from core.workflow.worklist_filters import (
    address_of,
    chips_of,
    described,
    question_of,
    search_form,
    wanted_of,
)
from core.workflow.worklist_forms import ChosenForm

bp = Blueprint("worklist", __name__)

ROWS = 20

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


def _tabs(pile: Pile) -> list[dict[str, Any]]:
    """Return the piles with their counts; a count stops at a thousand."""
    counts = piles.count_piles(current_actor())
    return [
        {
            "label": it.label,
            "url": plain_url(pile=it.value, after=None, view=None),
            "count": counts.get(it),
            "active": it is pile,
        }
        for it in Pile
    ]


#: What may be done to many cases at once; each case is asked all the same whether it may.
_TAKE, _RETURN, _HAND_OVER = (
    ("worklist_actions.bulk_take", _l("Take")),
    ("worklist_actions.bulk_return", _l("Put back on the office's pile")),
    ("worklist_actions.bulk_hand_over", _l("Hand over…")),
)
_BULK: dict[Pile, tuple[tuple[str, Words], ...]] = {
    Pile.MINE: (_HAND_OVER, _RETURN),
    Pile.OFFICE: (_TAKE, _HAND_OVER),
    Pile.OPEN: (_TAKE, _HAND_OVER),
}


def _in_an_office(case: Case) -> bool:
    """Return whether an office has the case: what waits for its applicant is on nobody's desk."""
    return case.waiting_party not in (None, Party.APPLICANT.value)


def _bulk(pile: Pile) -> list[tuple[str, Words]]:
    """Return the buttons for the chosen cases: address and words."""
    actor = current_actor()
    offered = _BULK.get(pile, ())
    if pile is Pile.WAITING and Role.BUREAU_HEAD in actor.roles:
        offered = (_HAND_OVER,)
    works = set(piles.turns_of(actor)) & set(piles.waited_for())
    leads = Role.BUREAU_HEAD in actor.roles
    return [
        (url_for(endpoint), words)
        for endpoint, words in (offered if works or leads else ())
        if works or endpoint == _HAND_OVER[0]
    ]


@bp.get("/worklist")
@page_for(staff)
def worklist() -> ResponseReturnValue:
    actor = current_actor()
    kept = views.list_views(actor)
    if not request.args:
        first = next((view for view, is_default in kept if is_default), None)
        if first is not None:
            return redirect(f"{address_of(first.question)}&view={first.id}")
    wanted = wanted_of(request.args, actor)
    found = listing.page_of_worklist(wanted, actor, size=ROWS, after=request.args.get("after"))
    form = search_form(wanted, actor, further="more" in request.args)
    question = question_of(request.args)
    return page(
        "cases/worklist.html",
        wanted=wanted,
        found=found,
        lines=case_lines(found.items),
        tabs=_tabs(wanted.pile),
        form=form,
        chips=chips_of(form, wanted),
        views=[
            (view, f"{address_of(view.question)}&view={view.id}", question == view.question)
            for view, _default in kept
        ],
        view_new=url_for("worklist_actions.view_new") + f"?{question}",
        bulk=_bulk(wanted.pile) if any(_in_an_office(it) for it in found.items) else (),
        chosen_form=ChosenForm(formdata=None, data={"question": question}),
        exports=[
            (format.upper(), url_for(".worklist_export", format=format) + f"?{question}")
            for format in FORMATS
        ],
    )


@bp.get("/worklist.<format>")
@page_for(staff)
def worklist_export(format: str) -> ResponseReturnValue:
    actor = current_actor()
    wanted = wanted_of(request.args, actor)
    rows = rows_of(listing.list_worklist(wanted, actor))
    name = _("%(list)s: %(pile)s", list=_("Worklist"), pile=wanted.pile.label)
    filters = described(search_form(wanted, actor, further=False))
    return stream(name, COLUMNS, rows, format, filters=filters)

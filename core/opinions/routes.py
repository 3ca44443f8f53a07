"""Pages of opinions: ask, the list of a body, one question with its answer, take back."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core import attachments, audit, clock
from core.access import page_for, staff
from core.accounts import current_actor
from core.attachments.routes import give_out
from core.errors import NotAllowed
from core.exports import FORMATS, Column, Kind, rows_of, stream
from core.i18n import _, _l, ngettext
from core.opinions import actions, listing, queries
from core.opinions.forms import AnswerForm, AskForm, OpinionSearch, WithdrawForm
from core.opinions.models import Opinion, OpinionStatus
from core.opinions.rights import may_ask
from core.paging import page_of
from core.ui import page
from core.workflow import pages, sections
from core.workflow.queries import access_case

bp = Blueprint("opinions", __name__)
ROWS = 50


COLUMNS = (
    Column(_l("Number"), lambda it: it.case.number),
    Column(_l("Case"), lambda it: str(it.case.called), width=40),
    Column(_l("Asked by"), lambda it: it.asking_body.name, width=30),
    Column(_l("Asked on"), "asked_at", Kind.MOMENT),
    Column(_l("Answer by"), "last_on", Kind.DAY),
    Column(_l("State"), "status", Kind.LABEL),
    Column(_l("Our opinion"), "stance", Kind.LABEL),
    Column(_l("Closed on"), "closed_at", Kind.MOMENT),
)


# --- asking


@bp.route("/cases/<int:case_id>/opinions/new", methods=["GET", "POST"])
@page_for(staff)
def opinion_new(case_id: int) -> ResponseReturnValue:
    actor = current_actor()
    case = access_case(case_id, actor)
    form = AskForm().prepare(case)
    if not may_ask(case, actor):
        barred = NotAllowed(_("Only who has the case in hand asks other bodies for their opinion."))
        sent = form.is_submitted()
        raise audit.refused(barred, "opinion:ask_refused", case, by=actor) if sent else barred
    if form.perform(actions.ask, case, by=actor):
        asked = len(form.result or [])
        words = ngettext("%(num)d body has been asked.", "%(num)d bodies have been asked.", asked)
        flash(words, "success")
        return redirect(url_for("cases.case_detail", case_id=case_id, _anchor="opinions"))
    return page(
        "opinions/opinion_new.html",
        form.status,
        case=case,
        form=form,
        last_day=pages.last_day(case),
        pauses=case.workflow.pauses(),
    )


@bp.route("/opinions/<int:opinion_id>/withdrawal", methods=["GET", "POST"])
@page_for(staff)
def opinion_withdraw(opinion_id: int) -> ResponseReturnValue:
    actor = current_actor()
    opinion, form = queries.access_asked(opinion_id, actor), WithdrawForm()
    back = url_for("cases.case_detail", case_id=opinion.case_id, _anchor="opinions")
    if form.perform(actions.withdraw, opinion, by=actor):
        words = _("The question is taken back; %(body)s has been told.", body=opinion.body.name)
        flash(words, "success")
        return redirect(back)
    return page(
        "opinions/opinion_withdraw.html", form.status, opinion=opinion, form=form, back=back
    )


# --- being asked


@bp.get("/opinions")
@page_for(staff)
def opinion_list() -> ResponseReturnValue:
    search = OpinionSearch(request.args)
    wanted, actor = search.wanted(), current_actor()
    found = page_of(
        listing.list_opinions(wanted, actor),
        listing.order_of(wanted),
        size=ROWS,
        after=request.args.get("after"),
    )
    query = request.query_string.decode()
    return page(
        "opinions/opinion_list.html",
        search=search,
        wanted=wanted,
        found=found,
        rows=[_row(it) for it in found.items],
        exports=[
            (format.upper(), url_for(".opinion_export", format=format) + f"?{query}")
            for format in FORMATS
        ],
    )


@bp.get("/opinions.<format>")
@page_for(staff)
def opinion_export(format: str) -> ResponseReturnValue:
    wanted = OpinionSearch(request.args).wanted()
    query = listing.list_opinions(wanted, current_actor())
    rows = rows_of(listing.order_of(wanted).sorted(query))
    return stream(_("Opinions asked of us"), COLUMNS, rows, format, filters=wanted.text)


def _row(opinion: Opinion) -> dict[str, Any]:
    last = opinion.last_on
    is_open = opinion.status is OpinionStatus.ASKED
    return {
        "title": str(opinion.case.called),
        "url": url_for(".opinion_detail", opinion_id=opinion.id),
        "number": opinion.case.number,
        "office": opinion.asking_body.name,
        "asked_on": clock.local(opinion.asked_at).date(),
        "due": last,
        "due_tone": pages.nearness(pages.working_days_left(last)) if is_open else "grey",
        "state": opinion.status,
        "stance": opinion.stance,
        "is_open": is_open,
    }


@bp.route("/opinions/<int:opinion_id>", methods=["GET", "POST"])
@page_for(staff)
def opinion_detail(opinion_id: int) -> ResponseReturnValue:
    actor = current_actor()
    opinion, form = queries.access_opinion(opinion_id, actor), AnswerForm()
    if form.perform(actions.answer, opinion, by=actor):
        flash(_("Thank you. %(office)s has been told.", office=opinion.asking_body.name), "success")
        return redirect(url_for(".opinion_detail", opinion_id=opinion_id))
    is_open = opinion.status is OpinionStatus.ASKED and opinion.due_at > clock.now()
    return page(
        "opinions/opinion_detail.html",
        form.status,
        opinion=opinion,
        form=form,
        is_open=is_open,
        last_day=opinion.last_on,
        facts=_facts(opinion) if is_open else [],
        papers=queries.shown_papers(opinion) if is_open else [],
        files=attachments.list_attachments(owner=opinion),
    )


def _facts(opinion: Opinion) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Return the sections of the application that the body may read, with their answers."""
    return [
        (section.title, sections.answer_rows(opinion.case, section, change=False))
        for section in opinion.case.workflow.sections_of(opinion.case)
        if section.key in opinion.sections
    ]


@bp.get("/opinions/<int:opinion_id>/papers/<int:attachment_id>")
@page_for(staff)
def opinion_paper(opinion_id: int, attachment_id: int) -> ResponseReturnValue:
    found = queries.access_paper(opinion_id, attachment_id, current_actor())
    return give_out(found, inline=found.can_be_shown and "inline" in request.args)

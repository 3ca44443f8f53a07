"""What anybody may read, and raise an objection to."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core import clock, feeds
from core.access import anyone, page_for
from core.accounts.actor import current_actor
from core.errors import WrongState
from core.exports import Column, Kind, rows_of, stream
from core.i18n import _, _l
from core.limits import limited
from core.notices import actions, queries
from core.notices.forms import NoticeSearch, ObjectionForm
from core.notices.models import PublicNotice
from core.notices.rules import is_open_for_objections
from core.ui import page, plain_url

bp = Blueprint("notices", __name__)

COLUMNS = (
    Column(_l("Number"), "number"),
    Column(_l("Title"), "title", width=40),
    Column(_l("Kind of matter"), "kind_label"),
    Column(_l("Office"), lambda notice: notice.office.name if notice.office else "", width=30),
    Column(_l("Published on"), "published_at", Kind.MOMENT),
    Column(_l("Objections until"), "objections_until", Kind.DAY),
    Column(_l("State"), lambda notice: str(notice.status.label)),
    Column(
        _l("Content"),
        lambda notice: "\n".join(
            (*(f"{name}：{value}" for name, value in notice.facts.items()), notice.text)
        ).strip(),
        width=60,
    ),
)


@bp.get("/notices")
@page_for(anyone)
def notice_list() -> ResponseReturnValue:
    search = NoticeSearch(request.args).offer(queries.years())
    narrowing = search.narrowing()
    found = queries.list_notices(**narrowing, after=request.args.get("after"))
    narrowed = sum(bool(value) for value in narrowing.values())
    return page("notices/notice_list.html", search=search, found=found, narrowed=narrowed)


@bp.get("/notices/export.<format>")
@page_for(anyone)
@limited("search")
def notice_export(format: str) -> ResponseReturnValue:
    search = NoticeSearch(request.args).offer(queries.years())
    rows = rows_of(queries.newest_first(**search.narrowing()))
    return stream(_("Public notices"), COLUMNS, rows, format, filters=search.described())


@bp.get("/notices/<int:notice_id>")
@page_for(anyone)
def notice_detail(notice_id: int) -> ResponseReturnValue:
    notice = queries.access_notice(notice_id)
    return page(
        "notices/notice_detail.html",
        notice=notice,
        is_open=is_open_for_objections(notice, clock.now()),
        answered=sum(o.answered_at is not None for o in notice.objections),
    )


@bp.route("/notices/<int:notice_id>/object", methods=["GET", "POST"])
@page_for(anyone)
@limited("form")
def objection_new(notice_id: int) -> ResponseReturnValue:
    notice, form = queries.access_notice(notice_id), ObjectionForm()
    if request.method == "GET" and not is_open_for_objections(notice, clock.now()):
        raise WrongState(_("The period for objections has ended."))
    if form.perform(actions.raise_objection, notice, by=current_actor()):
        return redirect(url_for(".objection_own", token=form.result.token))
    return page("notices/objection_new.html", form.status, notice=notice, form=form)


@bp.get("/notices/objections/<token>")
@page_for(anyone)
@limited("verify")
def objection_own(token: str) -> ResponseReturnValue:
    objection = queries.access_own_objection(token)
    due_on = queries.answer_due_on(objection)
    answer = render_template("notices/objection_own.html", objection=objection, due_on=due_on)
    # The address is a secret: it must not leave in a referrer, and no search engine may keep it.
    headers = {
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
        "Cache-Control": "no-store",
    }
    return answer, 200, headers


@bp.get("/notices.atom")
@page_for(anyone)
def notice_feed() -> ResponseReturnValue:
    narrowing = NoticeSearch(request.args).narrowing()
    found = queries.list_notices(**narrowing, after=request.args.get("after"), size=50)
    feed = feeds.Feed(
        _("Public notices"),
        path=plain_url().rstrip("?"),
        first=plain_url(after=None).rstrip("?"),
        page=url_for(".notice_list"),
        next=plain_url(after=found.next) if found.next else None,
        entries=[_entry(it) for it in found.items],
    )
    return feeds.answer(feed)


def _entry(notice: PublicNotice) -> feeds.Entry:
    withdrawn = f" ({notice.status.label})" if notice.withdrawn_at else ""
    facts = [f"{label}{_(': ')}{value}" for label, value in notice.facts.items()]
    return feeds.Entry(
        url_for(".notice_detail", notice_id=notice.id),
        notice.title + withdrawn,
        updated=notice.withdrawn_at or notice.published_at,
        published=notice.published_at,
        summary="\n".join([*([notice.text] if notice.text else []), *facts]),
        category=(notice.kind, notice.kind_label),
    )

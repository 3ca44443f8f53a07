"""The overdue report, and the lists behind it: what ended late, and what time did by itself."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from core import policy
from core.access import holding, page_for
from core.accounts import Role, current_actor
from core.exports import FORMATS, Column, Kind, stream
from core.i18n import _, _l
from core.oversight import queries
from core.oversight.forms import ReportForm
from core.oversight.lines import EventLine, event_lines
from core.oversight.queries import Step, Wanted
from core.paging import Order, page_of
from core.ui import page
from core.workflow.models import CaseEvent
from core.workflow.policy import SOON_DAYS

bp = Blueprint("oversight", __name__, url_prefix="/oversight")

READERS = (Role.BUREAU_HEAD, Role.SUPERVISOR, Role.AUDITOR)
ROWS, MOST_EXPORTED = 50, 100_000
NEWEST = Order((CaseEvent.id,))
NARROWING = ("month", "office", "kind", "sort")
#: What the report may be sorted by; the most overdue first unless asked otherwise.
SORTS = ("office", "open", "soon", "overdue", "late", "median")

COLUMNS = (
    Column(_l("Office"), "office", width=36),
    Column(_l("Matter"), lambda it: str(it.workflow.title), width=28),
    Column(_l("Step"), lambda it: str(it.state.label), width=24),
    Column(_l("Open"), "open", Kind.NUMBER),
    Column(_l("Due soon"), "soon", Kind.NUMBER),
    Column(_l("Overdue"), "overdue", Kind.NUMBER),
    Column(_l("Finished this month"), "finished", Kind.NUMBER),
    Column(_l("Finished late this month"), "late", Kind.NUMBER),
    Column(_l("Ended by time itself this month"), "let_pass", Kind.NUMBER),
    Column(_l("Median working days"), "median", Kind.NUMBER),
    Column(_l("Declared limit (working days)"), "limit", Kind.NUMBER),
)
EVENT_COLUMNS = (
    Column(_l("Number"), "number"),
    Column(_l("Case"), "title", width=40),
    Column(_l("Matter"), "matter", width=28),
    Column(_l("Step taken"), "step", width=28),
    Column(_l("On"), "at", Kind.MOMENT),
    Column(_l("Step before"), "state", width=24),
    Column(_l("Working days taken"), "took", Kind.NUMBER),
    Column(_l("Working days it had"), "allowed", Kind.NUMBER),
    Column(_l("Article"), "basis", width=36),
    Column(_l("Counted against"), "office", width=36),
)


@bp.get("")
@page_for(holding(*READERS))
def report() -> ResponseReturnValue:
    form = ReportForm(request.args)
    wanted, actor = form.wanted(), current_actor()
    found, sort = _sorted(queries.steps(wanted, actor))
    automatic, counted = queries.count_automatic(wanted)
    narrowing = _narrowing()
    return page(
        "oversight/report.html",
        form=form,
        wanted=wanted,
        narrowed=bool(wanted.office) + bool(wanted.kind),
        rows=[_row(it, wanted) for it in found],
        sort=sort,
        whole={
            "open": sum(it.open for it in found),
            "soon": sum(it.soon for it in found),
            "overdue": sum(it.overdue for it in found),
            "late": sum(it.late for it in found),
        },
        automatic=automatic,
        counted=counted,
        soon_days=policy.value(SOON_DAYS),
        exports=[
            (format.upper(), url_for(".report_export", format=format) + narrowing)
            for format in FORMATS
        ],
        automatic_url=url_for(".consequences") + narrowing,
        late_url=url_for(".finished_late") + narrowing,
    )


@bp.get("/report.<format>")
@page_for(holding(*READERS))
def report_export(format: str) -> ResponseReturnValue:
    form = ReportForm(request.args)
    rows, _sort = _sorted(queries.steps(form.wanted(), current_actor()))
    return stream(_("Overdue report"), COLUMNS, rows, format, filters=form.described())


@bp.get("/late")
@page_for(holding(*READERS))
def finished_late() -> ResponseReturnValue:
    return _events("oversight/finished_late.html", automatic=False)


@bp.get("/late.<format>")
@page_for(holding(*READERS))
def late_export(format: str) -> ResponseReturnValue:
    return _exported(_("Finished late"), format, automatic=False)


@bp.get("/consequences")
@page_for(holding(*READERS))
def consequences() -> ResponseReturnValue:
    return _events("oversight/consequences.html", automatic=True)


@bp.get("/consequences.<format>")
@page_for(holding(*READERS))
def consequences_export(format: str) -> ResponseReturnValue:
    return _exported(_("Automatic outcomes"), format, automatic=True)


def _sorted(found: list[Step]) -> tuple[list[Step], str]:
    """Return the lines in the order asked for in the address, and that order."""
    sort = request.args.get("sort", "")
    name = sort.removeprefix("-")
    if name not in SORTS:
        return found, ""

    def place(it: Step) -> Any:
        value = getattr(it, name)
        return (value is not None, value)

    return sorted(found, key=place, reverse=sort.startswith("-")), sort


def _narrowing() -> str:
    """Return what the report is narrowed to as the end of an address."""
    kept = [(k, v) for k, v in request.args.items() if k in NARROWING and v]
    return f"?{urlencode(kept)}" if kept else ""


def _row(it: Step, wanted: Wanted) -> dict[str, Any]:
    """Return a line of the report with the ways to the cases behind its figures."""
    here: dict[str, Any] = {
        "pile": "open",
        "office": it.office_id,
        "kind": it.workflow.kind,
        "state": it.state.key,
    }
    month: dict[str, Any] = {
        "month": f"{wanted.month:%Y-%m}",
        "office": it.office_id,
        "kind": it.workflow.kind,
    }

    def listed(n: int, **more: Any) -> str | None:
        return url_for("worklist.worklist", **here, **more) if n and it.readable else None

    return {
        "office": it.office,
        "matter": str(it.workflow.title),
        "state": it.state,
        "open": (it.open, listed(it.open), "grey"),
        "soon": (it.soon, listed(it.soon, due="soon"), "amber"),
        "overdue": (it.overdue, listed(it.overdue, due="overdue"), "red"),
        "late": (it.late, url_for(".finished_late", **month) if it.late else None, "red"),
        "finished": it.finished,
        "median": it.median,
        "limit": it.limit,
        "promised": it.promised,
        "over": it.median is not None and it.limit is not None and it.median > it.limit,
        "tone": it.tone,
    }


def _events(template: str, *, automatic: bool) -> ResponseReturnValue:
    form = ReportForm(request.args)
    wanted = form.wanted()
    found = page_of(
        queries.list_events(wanted, automatic=automatic),
        NEWEST,
        size=ROWS,
        after=request.args.get("after"),
    )
    narrowing = _narrowing()
    export = ".consequences_export" if automatic else ".late_export"
    return page(
        template,
        form=form,
        wanted=wanted,
        narrowed=bool(wanted.office) + bool(wanted.kind),
        found=found,
        rows=event_lines(found.items, current_actor()),
        exports=[
            (format.upper(), url_for(export, format=format) + narrowing) for format in FORMATS
        ],
        report_url=url_for(".report") + narrowing,
    )


def _exported(name: str, format: str, *, automatic: bool) -> ResponseReturnValue:
    form = ReportForm(request.args)
    query = NEWEST.sorted(queries.list_events(form.wanted(), automatic=automatic))
    events = queries.some(query.limit(MOST_EXPORTED))
    rows: list[EventLine] = event_lines(events, current_actor())
    return stream(name, EVENT_COLUMNS, rows, format, filters=form.described())

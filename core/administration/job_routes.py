"""Pages of scheduled work: what runs when, what became of it, and what to do where it does not."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from core import clock
from core.access import holding, page_for
from core.accounts import Role, current_actor
from core.administration.job_words import said_outcome, said_result, said_schedule, said_time
from core.administration.routes import READERS
from core.errors import NotFound
from core.exports import Column, Kind, rows_of, stream
from core.i18n import _, _l
from core.jobs import declared, queries
from core.jobs.declaration import Job
from core.jobs.models import JobRun
from core.messages.queries import depths
from core.paging import Order, page_of
from core.ui import page

bp = Blueprint("jobs", __name__, url_prefix="/jobs")

readers = holding(*READERS)

LATEST = Order((JobRun.slot, JobRun.job))
ROWS = 50

COLUMNS = (
    Column(_l("Work"), lambda run: _called(run.job), width=50),
    Column(_l("Short name"), "job", width=30),
    Column(_l("Due at"), "slot", Kind.MOMENT),
    Column(_l("Begun at"), "claimed_at", Kind.MOMENT),
    Column(_l("Outcome"), lambda run: said_outcome(run)[0]),
    Column(_l("Result"), said_result, width=40),
    Column(_l("Attempts"), "attempts", Kind.NUMBER),
    Column(_l("Error"), "error", width=60),
)


@bp.get("")
@page_for(readers)
def job_list() -> ResponseReturnValue:
    last, sought = queries.last_runs(), request.args.get("q", "").strip()[:100]
    rows = [_row(job, last.get(job.name)) for job in declared.values()]
    words = sought.lower()
    seen_at = queries.runners_seen_at()
    return page(
        "administration/job_list.html",
        rows=[it for it in rows if words in f"{it['does']}\n{it['name']}".lower()],
        sought=sought,
        seen_at=seen_at,
        silent=seen_at is not None and seen_at < clock.now() - queries.SILENT_AFTER,
        in_vain=queries.count_in_vain(),
        dead=depths()["dead"] if current_actor().holds(Role.ADMINISTRATOR) else 0,
    )


@bp.get("/runs")
@page_for(readers)
def run_list() -> ResponseReturnValue:
    name, in_vain = _asked()
    found = page_of(
        queries.list_runs(name, in_vain=in_vain),
        LATEST,
        size=ROWS,
        after=request.args.get("after"),
    )
    return page(
        "administration/run_list.html",
        found=found,
        rows=[_run(it) for it in found.items],
        job=_row(declared[name], None) if name else None,
        name=name,
        in_vain=in_vain,
        jobs=[(it.name, _called(it.name)) for it in declared.values()],
    )


@bp.get("/runs.<format>")
@page_for(readers)
def run_export(format: str) -> Response:
    name, in_vain = _asked()
    rows = rows_of(LATEST.sorted(queries.list_runs(name, in_vain=in_vain)))
    return stream(_("Runs of scheduled work"), COLUMNS, rows, format)


def _asked() -> tuple[str | None, bool]:
    """Return of which job runs are asked for, and whether only those in vain. Raises NotFound."""
    name = request.args.get("job") or None
    if name is not None and name not in declared:
        raise NotFound(_("There is no such scheduled work."))
    return name, "in_vain" in request.args


def _called(name: str) -> str:
    return str(declared[name].does).rstrip(".。") if name in declared else name


def _row(job: Job, run: JobRun | None) -> dict[str, Any]:
    return {
        "name": job.name,
        "does": _called(job.name) or job.name,
        "url": url_for(".run_list", job=job.name),
        "when": said_schedule(job.schedule),
        "next": job.schedule.following(clock.now()),
        "last": _run(run) if run else None,
    }


def _run(run: JobRun) -> dict[str, Any]:
    outcome, tone = said_outcome(run)
    length = run.finished_at - run.claimed_at if run.finished_at else None
    return {
        "does": _called(run.job),
        "url": url_for(".run_list", job=run.job) if run.job in declared else "",
        "slot": run.slot,
        "begun": run.claimed_at,
        "outcome": outcome,
        "tone": tone,
        "took": said_time(length) if length is not None else "",
        "result": said_result(run),
        "attempts": run.attempts,
        "error": run.error,
    }
